package dev.ashlar.core.hash;

/**
 * The compression function of BLAKE3 on several blocks at once, one in each lane.
 *
 * <p>A state is an array of rows, a word of each lane a row: word {@code w} of lane {@code l}
 * stands at {@code base + w * lanes() + l}. Rows 0 to 7 are the chaining values, which each call
 * replaces; a caller sets these and the rows named here.
 */
interface LaneKernel {
  /** The row of the lanes' counters; their upper halves are zero. */
  int COUNTERS = 8;

  /** The row of the blocks' lengths in bytes; the eight before it are the kernel's own. */
  int LENGTHS = 17;

  /** The row of the blocks' flags. */
  int FLAGS = 18;

  /** The first of 16 rows of message words, which are the kernel's own. */
  int MESSAGE = 19;

  /** All rows. */
  int ROWS = 35;

  /** A short name for logs and metrics, such as {@code vector-256}. */
  String name();

  /** How many blocks are worked on at once: 4, 8 or 16. */
  int lanes();

  /**
   * Takes whole leaves of 1,024 bytes, one behind the other from {@code bytes[at]} on, a leaf a
   * lane. Lengths and flags are set here.
   */
  void leaves(byte[] bytes, int at, int[] state, int base);

  /** Takes a block of 64 bytes a lane; they stand 1,024 bytes apart from {@code bytes[at]} on. */
  void block(byte[] bytes, int at, int[] state, int base);

  /** Takes pairs of chaining values, one behind the other from {@code values[at]} on. */
  void pairs(int[] values, int at, int[] state, int base);
}
