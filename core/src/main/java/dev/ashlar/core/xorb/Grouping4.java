package dev.ashlar.core.xorb;

/** A way to regroup bytes as {@link ByteGrouping4} says; any number of threads may use it. */
interface Grouping4 {
  /** What the log, the metrics and {@code doctor} call it. */
  String name();

  /** Regroups {@code length} bytes. */
  void split(byte[] raw, int offset, int length, byte[] grouped, int groupedOffset);

  /** Undoes {@link #split}. */
  void join(byte[] grouped, int groupedOffset, int length, byte[] raw, int offset);

  /** Where the bytes of a lane begin: of {@code 4 q + r} bytes the first r lanes have one more. */
  static int lane(int lane, int length) {
    return lane * (length / 4) + Math.min(lane, length % 4);
  }
}
