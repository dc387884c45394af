package dev.ashlar.core.hash;

/** What a thread needs to hash with vectors; the chaining values grow with the longest input. */
final class VectorScratch {
  private static final int CV_WORDS = 8;
  private static final int BLOCK_WORDS = ScalarBlake3.BLOCK_BYTES / Integer.BYTES;

  /** As many leaves as there are lanes, for the last ones of an input. */
  final byte[] leaves;

  /** A block of each lane, word by word. */
  final int[] message;

  /**
   * The state of each lane, word by word: the chaining value, the counters, and between rounds the
   * rest.
   */
  final int[] lanes;

  /** Chaining values one after the other. */
  int[] cvs = new int[0];

  /** One block and one state for what the lanes do not do. */
  final int[] block = new int[BLOCK_WORDS];

  final int[] state = new int[BLOCK_WORDS];

  VectorScratch(int lanes) {
    this.leaves = new byte[lanes * ScalarBlake3.LEAF_BYTES];
    this.message = new int[lanes * BLOCK_WORDS];
    this.lanes = new int[lanes * (BLOCK_WORDS + 1)];
  }

  void ensureLeaves(int leaves) {
    if (cvs.length < leaves * CV_WORDS) {
      cvs = new int[2 * leaves * CV_WORDS];
    }
  }
}
