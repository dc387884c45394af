package dev.ashlar.hub.tree;

import java.io.IOException;
import org.eclipse.jgit.diff.DiffEntry;
import org.eclipse.jgit.diff.DiffEntry.ChangeType;
import org.eclipse.jgit.diff.RawText;
import org.eclipse.jgit.lib.Constants;
import org.eclipse.jgit.lib.FileMode;
import org.eclipse.jgit.lib.ObjectId;
import org.eclipse.jgit.lib.ObjectReader;

/**
 * Writes changes as clients parse them: {@code T} or {@code B} for text or binary, the new size, a
 * tab, and Git's raw diff line with full ids, as {@code git diff --raw} documents it.
 */
final class RawDiffLines {
  private static final int SAMPLE_BYTES = 8_000;

  private final ObjectReader reader;
  private final long repoId;
  private final BlobShapes shapes;

  RawDiffLines(ObjectReader reader, long repoId, BlobShapes shapes) {
    this.reader = reader;
    this.repoId = repoId;
    this.shapes = shapes;
  }

  String of(DiffEntry change) throws IOException {
    var type = change.getChangeType();
    boolean isGone = type == ChangeType.DELETE;
    var before = change.getOldId().toObjectId();
    var after = change.getNewId().toObjectId();
    boolean isFile =
        (isGone ? change.getOldMode() : change.getNewMode()).getObjectType() == Constants.OBJ_BLOB;
    var seen = isGone ? before : after;
    return "%s %d\t:%s %s %s... %s... %s\t%s%s\n"
        .formatted(
            isFile && isBinary(seen) ? "B" : "T",
            isGone || !isFile ? 0 : shapes.of(reader, repoId, after).fileBytes(),
            mode(change.getOldMode()),
            mode(change.getNewMode()),
            before.name(),
            after.name(),
            status(change),
            isGone || hasTwoPaths(type) ? change.getOldPath() : change.getNewPath(),
            hasTwoPaths(type) ? "\t" + change.getNewPath() : "");
  }

  private boolean isBinary(ObjectId blob) throws IOException {
    if (shapes.of(reader, repoId, blob).pointer().isPresent()) {
      return true;
    }
    try (var in = reader.open(blob, Constants.OBJ_BLOB).openStream()) {
      return RawText.isBinary(in.readNBytes(SAMPLE_BYTES));
    }
  }

  private static String status(DiffEntry change) {
    var type = change.getChangeType();
    var letter = type.name().substring(0, 1);
    return hasTwoPaths(type) ? "%s%03d".formatted(letter, change.getScore()) : letter;
  }

  private static boolean hasTwoPaths(ChangeType type) {
    return type == ChangeType.RENAME || type == ChangeType.COPY;
  }

  private static String mode(FileMode mode) {
    return "%06o".formatted(mode.getBits());
  }
}
