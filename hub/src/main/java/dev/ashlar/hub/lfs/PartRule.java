package dev.ashlar.hub.lfs;

/**
 * When objects come in parts, and in how many.
 *
 * @param bytesMin a batch with an object above this size comes in parts
 * @param partBytes the usual size of a part
 */
public record PartRule(long bytesMin, long partBytes) {
  /** The signed addresses of one object, and of one batch: an answer stays below some MB. */
  private static final int PARTS_MAX = 1_000;

  private static final int PARTS_OF_BATCH_MAX = 20_000;
  private static final long STEP_BYTES = 1 << 20;

  /**
   * The size of the parts of an object in a batch of so many: for objects of the same size always
   * the same, as long as the batch is no giant, so that a later batch finds the parts of a former.
   */
  long partBytes(long objectBytes, int objects) {
    int partsMax = Math.clamp(PARTS_OF_BATCH_MAX / Math.max(1, objects), 1, PARTS_MAX);
    long needed = Math.ceilDiv(Math.ceilDiv(objectBytes, partsMax), STEP_BYTES) * STEP_BYTES;
    return Math.max(partBytes, needed);
  }
}
