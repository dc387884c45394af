package dev.ashlar.chunker;

/**
 * Watches how many chunks the last terms of a file had.
 *
 * <p>Short matches in old xorbs save bytes once and cost a read each time the file is fetched. When
 * the last 128 terms have fewer than four chunks on average, matches shorter than eight chunks are
 * no longer worth it, until the average has come back to eight.
 */
final class Fragmentation {
  /** The shortest match that is used while the file is fragmented. */
  static final int MATCH_CHUNKS_MIN = 8;

  private static final int TERMS = 128;
  private static final int BEGINS_BELOW = 4;

  private final int[] lengths = new int[TERMS];
  private int seen;
  private long sum;
  private boolean high;

  /** A term of the file is complete. */
  void ended(int chunks) {
    int slot = seen % TERMS;
    sum += chunks - lengths[slot];
    lengths[slot] = chunks;
    seen = seen == 2 * TERMS - 1 ? TERMS : seen + 1;
    int limit = high ? MATCH_CHUNKS_MIN : BEGINS_BELOW;
    high = seen >= TERMS && sum < (long) limit * TERMS;
  }

  boolean isHigh() {
    return high;
  }
}
