package dev.ashlar.hub.smart;

import dev.ashlar.hub.smart.ReceivedObjects.Blob;
import dev.ashlar.hub.tree.BlobShapes;
import dev.ashlar.hub.tree.LfsPointer;
import java.io.IOException;
import java.util.Map;
import org.eclipse.jgit.errors.MissingObjectException;
import org.eclipse.jgit.lib.Constants;
import org.eclipse.jgit.lib.FileMode;
import org.eclipse.jgit.lib.ObjectId;
import org.eclipse.jgit.lib.ObjectReader;

/** The rules for the files of a push: their bytes are here, and large ones are not plain blobs. */
final class PushedBlobs {
  private final long repoId;
  private final ObjectReader reader;
  private final ReceivedObjects received;
  private final BlobShapes shapes;
  private final long lfsBytesMin;

  PushedBlobs(
      long repoId,
      ObjectReader reader,
      ReceivedObjects received,
      BlobShapes shapes,
      long lfsBytesMin) {
    this.repoId = repoId;
    this.reader = reader;
    this.received = received;
    this.shapes = shapes;
    this.lfsBytesMin = lfsBytesMin;
  }

  /** Checks the file at a path, and adds the pointer that it is. */
  void check(
      String path, FileMode mode, ObjectId id, Map<LfsPointer, String> pointers, Findings findings)
      throws IOException {
    var blob = blob(id);
    if (blob.bytes() > lfsBytesMin) {
      findings.add(
          path
              + " ("
              + id.name()
              + ") has "
              + blob.bytes()
              + " bytes; files above "
              + lfsBytesMin
              + " belong to Git LFS or Xet: git lfs migrate import --include=\""
              + path
              + "\"");
    } else if (!FileMode.SYMLINK.equals(mode)) {
      blob.pointer().ifPresent(pointer -> pointers.putIfAbsent(pointer, path));
    }
  }

  private Blob blob(ObjectId id) throws IOException {
    var came = received.blob(id);
    if (came.isPresent()) {
      return came.get();
    }
    if (!reader.has(id, Constants.OBJ_BLOB)) {
      throw new MissingObjectException(id, Constants.OBJ_BLOB);
    }
    var shape = shapes.of(reader, repoId, id);
    return new Blob(shape.bytes(), shape.pointer());
  }
}
