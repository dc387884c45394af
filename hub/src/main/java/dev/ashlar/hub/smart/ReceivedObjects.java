package dev.ashlar.hub.smart;

import dev.ashlar.hub.tree.LfsPointer;
import java.util.Arrays;
import java.util.Optional;
import org.eclipse.jgit.lib.AnyObjectId;
import org.eclipse.jgit.lib.BlobObjectChecker;
import org.eclipse.jgit.lib.ObjectChecker;
import org.eclipse.jgit.lib.ObjectIdOwnerMap;
import org.jspecify.annotations.Nullable;

/**
 * Checks every object of a pack while it is unpacked, as strictly as {@code git fsck}, and
 * remembers of each blob what the rules of a push ask for: its size, and the LFS pointer that it
 * is. So no blob is read twice.
 */
final class ReceivedObjects extends ObjectChecker {
  private final ObjectIdOwnerMap<Kept> blobs = new ObjectIdOwnerMap<>();

  /** What a blob that came with the pack is. */
  record Blob(long bytes, Optional<LfsPointer> pointer) {}

  /** A blob as it is remembered: there may be very many. */
  private static final class Kept extends ObjectIdOwnerMap.Entry {
    private static final long serialVersionUID = 1;

    private final long bytes;
    private final transient @Nullable LfsPointer pointer;

    private Kept(AnyObjectId id, long bytes, @Nullable LfsPointer pointer) {
      super(id);
      this.bytes = bytes;
      this.pointer = pointer;
    }
  }

  /** The blob, if it came with the pack. */
  Optional<Blob> blob(AnyObjectId id) {
    var kept = blobs.get(id);
    return kept == null
        ? Optional.empty()
        : Optional.of(new Blob(kept.bytes, Optional.ofNullable(kept.pointer)));
  }

  @Override
  public BlobObjectChecker newBlobObjectChecker() {
    return new Reading();
  }

  /** Looks at one blob; no more of it than a pointer can have is kept. */
  private final class Reading implements BlobObjectChecker {
    private byte[] head = {};
    private long bytes;

    @Override
    public void update(byte[] source, int offset, int length) {
      int kept = head.length;
      if (kept == bytes && kept <= LfsPointer.TEXT_BYTES_MAX) {
        int more = Math.min(length, LfsPointer.TEXT_BYTES_MAX + 1 - kept);
        head = Arrays.copyOf(head, kept + more);
        System.arraycopy(source, offset, head, kept, more);
      }
      bytes += length;
    }

    @Override
    public void endBlob(AnyObjectId id) {
      var pointer =
          bytes <= LfsPointer.TEXT_BYTES_MAX
              ? LfsPointer.parse(head)
              : Optional.<LfsPointer>empty();
      blobs.addIfAbsent(new Kept(id, bytes, pointer.orElse(null)));
    }
  }
}
