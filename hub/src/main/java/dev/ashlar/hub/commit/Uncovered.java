package dev.ashlar.hub.commit;

import static java.nio.charset.StandardCharsets.UTF_8;

import dev.ashlar.hub.git.AttributesOfTree;
import dev.ashlar.hub.tree.LfsPointer;
import dev.ashlar.hub.tree.RepoPath;
import java.io.IOException;
import java.util.Set;
import org.eclipse.jgit.lib.Constants;
import org.eclipse.jgit.lib.FileMode;
import org.eclipse.jgit.lib.ObjectId;
import org.eclipse.jgit.lib.ObjectInserter;

/**
 * Large files that no attribute covers: Git would check out their bare pointers. The root's {@code
 * .gitattributes} gets a line for each, behind everything that stands there, byte for byte.
 */
final class Uncovered {
  private static final RepoPath ATTRIBUTES = new RepoPath(Constants.DOT_GIT_ATTRIBUTES);

  /** Longer files count as absent, here as everywhere: adding lines would help nobody. */
  private static final int BYTES_MAX = 1 << 20;

  private Uncovered() {}

  /** The tree of the draft with the lines that it needs. */
  static ObjectId cover(
      DraftTree draft, ObjectId tree, Set<RepoPath> large, ObjectInserter inserter)
      throws IOException {
    try (var reader = inserter.newReader()) {
      var attributes = AttributesOfTree.of(reader, tree);
      var lines = new StringBuilder();
      for (var path : large) {
        if (!attributes.isLfs(path.text())) {
          lines.append(AttributesOfTree.lfsLine(path.text()));
        }
      }
      if (lines.isEmpty()) {
        return tree;
      }
      var present = draft.file(ATTRIBUTES.text());
      var old = new byte[0];
      if (present.isPresent()) {
        var blob = reader.open(present.get(), Constants.OBJ_BLOB);
        if (!draft.isPlain(ATTRIBUTES.text()) || blob.getSize() > BYTES_MAX) {
          return tree;
        }
        old = blob.getBytes();
      }
      if (LfsPointer.parse(old).isPresent()) {
        return tree;
      }
      var all = concat(old, lines.toString().getBytes(UTF_8));
      draft.put(ATTRIBUTES, FileMode.REGULAR_FILE, inserter.insert(Constants.OBJ_BLOB, all));
      return draft.write(inserter);
    }
  }

  private static byte[] concat(byte[] text, byte[] lines) {
    int gap = text.length == 0 || text[text.length - 1] == '\n' ? 0 : 1;
    var all = new byte[text.length + gap + lines.length];
    System.arraycopy(text, 0, all, 0, text.length);
    all[text.length] = '\n';
    System.arraycopy(lines, 0, all, text.length + gap, lines.length);
    return all;
  }
}
