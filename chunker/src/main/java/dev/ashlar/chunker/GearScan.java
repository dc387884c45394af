package dev.ashlar.chunker;

/**
 * Finds the places where the content asks for a cut.
 *
 * <p>The rolling hash shifts left by one bit a byte and adds the byte's word, so that after 64
 * bytes it depends on those 64 bytes alone. Whether a place is one for a cut therefore does not
 * depend on where the chunk began, and a scan may start anywhere if it first takes in the 63 bytes
 * before. On average one place in 65,536 has the top 16 bits zero.
 */
final class GearScan {
  /** The bytes that decide about a place: the last of them is where a chunk may end. */
  static final int WINDOW_BYTES = 64;

  private static final long[] GEAR = GearTable.words();
  private static final long MATCH_BELOW = 1L << 48;

  private GearScan() {}

  /**
   * The end (exclusive) of the first window that asks for a cut and whose last byte lies in {@code
   * [from, to)}, or -1. At least 63 bytes lie before {@code from}.
   */
  static int firstEnd(byte[] bytes, int from, int to) {
    long hash = 0;
    for (int i = from - (WINDOW_BYTES - 1); i < from; i++) {
      hash = (hash << 1) + GEAR[bytes[i] & 0xFF];
    }
    for (int i = from; i < to; i++) {
      hash = (hash << 1) + GEAR[bytes[i] & 0xFF];
      if (Long.compareUnsigned(hash, MATCH_BELOW) < 0) {
        return i + 1;
      }
    }
    return -1;
  }
}
