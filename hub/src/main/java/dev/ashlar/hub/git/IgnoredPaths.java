package dev.ashlar.hub.git;

import static java.nio.charset.StandardCharsets.UTF_8;

import java.io.IOException;
import java.io.InputStream;
import org.eclipse.jgit.ignore.IgnoreNode;
import org.eclipse.jgit.lib.AnyObjectId;
import org.eclipse.jgit.lib.Constants;
import org.eclipse.jgit.lib.ObjectReader;

/**
 * Which paths the {@code .gitignore} files of a tree leave out: the nearest folder wins, and in a
 * file the last line that matches; below an ignored folder nothing comes back. One caller at a
 * time; the reader stays the caller's.
 */
public final class IgnoredPaths {
  private final RuleFiles<IgnoreNode> files;

  private IgnoredPaths(RuleFiles<IgnoreNode> files) {
    this.files = files;
  }

  /** The rules of a tree; {@link org.eclipse.jgit.lib.ObjectId#zeroId()} has none. */
  public static IgnoredPaths of(ObjectReader reader, AnyObjectId tree) {
    return new IgnoredPaths(
        new RuleFiles<>(reader, tree, Constants.DOT_GIT_IGNORE, IgnoredPaths::parse));
  }

  /** The same with this text as the root's {@code .gitignore}. */
  public static IgnoredPaths of(ObjectReader reader, AnyObjectId tree, String rootText)
      throws IOException {
    var ignored = of(reader, tree);
    ignored.files.putRoot(rootText.getBytes(UTF_8));
    return ignored;
  }

  /** Whether the file at the path, or a folder above it, is ignored. */
  public boolean isIgnored(String path) throws IOException {
    for (var slash = path.indexOf('/'); slash >= 0; slash = path.indexOf('/', slash + 1)) {
      if (matches(path.substring(0, slash), true)) {
        return true;
      }
    }
    return matches(path, false);
  }

  private boolean matches(String path, boolean isFolder) throws IOException {
    for (var folder = RuleFiles.folderOf(path); ; folder = RuleFiles.folderOf(folder)) {
      var rules = files.in(folder);
      if (rules.isPresent()) {
        var decided = rules.get().checkIgnored(RuleFiles.relative(path, folder), isFolder);
        if (decided != null) {
          return decided;
        }
      }
      if (folder.isEmpty()) {
        return false;
      }
    }
  }

  private static IgnoreNode parse(InputStream bytes) throws IOException {
    var node = new IgnoreNode();
    node.parse(bytes);
    return node;
  }
}
