package dev.ashlar.hub.tree;

import com.github.benmanes.caffeine.cache.Cache;
import com.github.benmanes.caffeine.cache.Caffeine;
import java.io.IOException;
import java.util.Optional;
import org.eclipse.jgit.lib.Constants;
import org.eclipse.jgit.lib.ObjectId;
import org.eclipse.jgit.lib.ObjectReader;

/** Remembers the size of blobs and which of them are LFS pointers: a blob never changes. */
public final class BlobShapes {
  /** A blob's own size, and the pointer that it is. */
  public record BlobShape(long bytes, Optional<LfsPointer> pointer) {
    /** The size of the file that people see. */
    public long fileBytes() {
      return pointer.map(LfsPointer::bytes).orElse(bytes);
    }
  }

  /** Repositories do not share entries, so that nobody can plant one for another. */
  private record Key(long repoId, ObjectId blob) {}

  private static final int BLOBS_MAX = 200_000;

  private final Cache<Key, BlobShape> shapes = Caffeine.newBuilder().maximumSize(BLOBS_MAX).build();

  /** The shape of a blob of this repository. */
  public BlobShape of(ObjectReader reader, long repoId, ObjectId blob) throws IOException {
    var key = new Key(repoId, blob);
    var known = shapes.getIfPresent(key);
    if (known == null) {
      known = read(reader, blob);
      shapes.put(key, known);
    }
    return known;
  }

  private static BlobShape read(ObjectReader reader, ObjectId blob) throws IOException {
    var loader = reader.open(blob, Constants.OBJ_BLOB);
    var pointer =
        loader.getSize() <= LfsPointer.TEXT_BYTES_MAX
            ? LfsPointer.parse(loader.getCachedBytes())
            : Optional.<LfsPointer>empty();
    return new BlobShape(loader.getSize(), pointer);
  }
}
