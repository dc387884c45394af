package dev.ashlar.hub.discussion;

import static java.nio.charset.StandardCharsets.UTF_8;

import dev.ashlar.hub.tree.LfsPointer;
import java.io.ByteArrayOutputStream;
import java.io.IOException;
import java.util.List;
import java.util.Optional;
import org.eclipse.jgit.diff.RawText;
import org.eclipse.jgit.diff.RawTextComparator;
import org.eclipse.jgit.lib.Constants;
import org.eclipse.jgit.lib.ObjectId;
import org.eclipse.jgit.lib.ObjectReader;
import org.eclipse.jgit.merge.ContentMergeStrategy;
import org.eclipse.jgit.merge.MergeAlgorithm;
import org.eclipse.jgit.merge.MergeFormatter;

/**
 * Merges a text that both sides changed. Pointers of large files never are texts here: half of one
 * and half of another would name bytes that nobody has. The server itself adds lines to {@code
 * .gitattributes} on either side, so there both sides' lines are kept.
 */
final class LineMerge {
  private static final int TEXT_BYTES_MAX = 1 << 20;

  /** Texts can be made that take the square of their lines in time. */
  private static final int LINES_MAX = 20_000;

  private static final int ALL_LINES_MAX = 400_000;
  private static final long ALL_BYTES_MAX = 64 << 20;

  private final ObjectReader reader;
  private int lines;
  private long bytes;

  LineMerge(ObjectReader reader) {
    this.reader = reader;
  }

  /** The merged text; empty when it cannot be. The zero id stands for a text that is not there. */
  Optional<byte[]> merge(String path, ObjectId base, ObjectId ours, ObjectId theirs)
      throws IOException {
    boolean isUnion = isAttributes(path);
    if (base.equals(ObjectId.zeroId()) && !isUnion) {
      return Optional.empty();
    }
    var texts = new RawText[3];
    var ids = List.of(base, ours, theirs);
    for (int i = 0; i < texts.length; i++) {
      var text = text(ids.get(i));
      if (text.isEmpty()) {
        return Optional.empty();
      }
      texts[i] = text.get();
    }
    var algorithm = new MergeAlgorithm(PullDiff.linear());
    if (isUnion) {
      algorithm.setContentMergeStrategy(ContentMergeStrategy.UNION);
    }
    var merged = algorithm.merge(RawTextComparator.DEFAULT, texts[0], texts[1], texts[2]);
    if (merged.containsConflicts()) {
      return Optional.empty();
    }
    var out = new ByteArrayOutputStream();
    new MergeFormatter().formatMerge(out, merged, List.of("base", "ours", "theirs"), UTF_8);
    return Optional.of(out.toByteArray()).filter(text -> LfsPointer.parse(text).isEmpty());
  }

  private static boolean isAttributes(String path) {
    return path.equals(Constants.DOT_GIT_ATTRIBUTES)
        || path.endsWith("/" + Constants.DOT_GIT_ATTRIBUTES);
  }

  private Optional<RawText> text(ObjectId blob) throws IOException {
    if (blob.equals(ObjectId.zeroId())) {
      return Optional.of(RawText.EMPTY_TEXT);
    }
    var loader = reader.open(blob, Constants.OBJ_BLOB);
    if (loader.getSize() > TEXT_BYTES_MAX || bytes > ALL_BYTES_MAX) {
      return Optional.empty();
    }
    var content = loader.getCachedBytes();
    bytes += content.length;
    if (RawText.isBinary(content, content.length, true) || LfsPointer.parse(content).isPresent()) {
      return Optional.empty();
    }
    var text = new RawText(content);
    lines += text.size();
    return text.size() > LINES_MAX || lines > ALL_LINES_MAX ? Optional.empty() : Optional.of(text);
  }
}
