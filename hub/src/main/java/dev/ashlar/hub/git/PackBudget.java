package dev.ashlar.hub.git;

import java.time.Duration;
import org.eclipse.jgit.lib.Constants;

/**
 * What one pushed pack may cost: objects, memory, time. A few bytes of a pack can stand for very
 * many, so what it says of itself is counted before it is unpacked.
 */
final class PackBudget {
  private static final long OBJECTS_MAX = 1_000_000;

  /** An object takes some 300 bytes until the push is done, and there are several pushes. */
  private static final long HEAP_BYTES_PER_OBJECT = 4_096;

  private static final long TREE_BYTES_MAX = 32L << 20;
  private static final long NOTE_BYTES_MAX = 4L << 20;
  private static final long WHOLE_BYTES_MAX = 16L << 30;
  private static final int CHAIN_MAX = 1_000;
  private static final long CHAIN_BYTES_MAX = 2L << 30;
  private static final Duration TIME_MAX = Duration.ofMinutes(10);

  private final long objectsMax;
  private final long deltaBytesMax;
  private final long heldBytesMax;
  private final long startNanos = System.nanoTime();
  private long wholeBytes;
  private long heldBytes;

  private PackBudget(long objectsMax, long deltaBytesMax, long heldBytesMax) {
    this.objectsMax = objectsMax;
    this.deltaBytesMax = deltaBytesMax;
    this.heldBytesMax = heldBytesMax;
  }

  /** A budget for a heap of this size. */
  static PackBudget of(long heapBytes) {
    return new PackBudget(
        Math.min(OBJECTS_MAX, heapBytes / HEAP_BYTES_PER_OBJECT),
        Math.min(64L << 20, heapBytes / 32),
        Math.min(256L << 20, heapBytes / 16));
  }

  /** The longest object that may be made of a delta: base, delta and result are in memory. */
  long deltaBytesMax() {
    return deltaBytesMax;
  }

  /** The pack declares so many objects. */
  void objects(long count) throws RefusedPackException {
    if (count > objectsMax) {
      throw new RefusedPackException(
          "a push has at most " + objectsMax + " objects, this one has " + count);
    }
  }

  /** An object comes whole; all but blobs are read into memory. */
  void whole(int type, long bytes) throws RefusedPackException {
    long max =
        switch (type) {
          case Constants.OBJ_BLOB -> WHOLE_BYTES_MAX;
          case Constants.OBJ_TREE -> TREE_BYTES_MAX;
          default -> NOTE_BYTES_MAX;
        };
    if (bytes < 0 || bytes > max) {
      throw new RefusedPackException(
          "a " + Constants.typeString(type) + " of " + bytes + " bytes is too large for Git");
    }
    unpacked(bytes);
  }

  /** An object comes as a delta of so many bytes. */
  void delta(long bytes) throws RefusedPackException {
    if (bytes < 0 || bytes > deltaBytesMax) {
      throw tooLargeForDelta(bytes);
    }
    unpacked(bytes);
  }

  /** An object of this size is about to be the base of deltas. */
  void base(long bytes) throws RefusedPackException {
    if (bytes > deltaBytesMax) {
      throw tooLargeForDelta(bytes);
    }
  }

  /** A delta became an object. */
  void resolved(int depth, long chainBytes, long bytes) throws RefusedPackException {
    if (depth > CHAIN_MAX || chainBytes > CHAIN_BYTES_MAX) {
      throw new RefusedPackException(
          "a chain of deltas is too long (" + depth + " deltas, " + chainBytes + " bytes)");
    }
    if (heldBytes + bytes > heldBytesMax) {
      throw new RefusedPackException(
          "the deltas of large files branch too often; push with -c core.bigFileThreshold=1m");
    }
    unpacked(bytes);
  }

  /** An object stays in memory until its last delta is resolved. */
  void hold(long bytes) {
    heldBytes += bytes;
  }

  /** An object is let go. */
  void release(long bytes) {
    heldBytes -= bytes;
  }

  private void unpacked(long bytes) throws RefusedPackException {
    wholeBytes += bytes;
    if (wholeBytes > WHOLE_BYTES_MAX) {
      throw new RefusedPackException("the pack unpacks to more than " + WHOLE_BYTES_MAX + " bytes");
    }
    if (System.nanoTime() - startNanos > TIME_MAX.toNanos()) {
      throw new RefusedPackException(
          "the pack was not unpacked within " + TIME_MAX.toMinutes() + " minutes");
    }
  }

  private RefusedPackException tooLargeForDelta(long bytes) {
    return new RefusedPackException(
        "an object of "
            + bytes
            + " bytes takes part in a delta, the limit is "
            + deltaBytesMax
            + " bytes: keep such files in Git LFS");
  }
}
