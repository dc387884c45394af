package dev.ashlar.core.xorb;

/**
 * Puts bytes 0, 4, 8 … first, then 1, 5, 9 … and so on, so that the like bytes of 32-bit numbers
 * stand together. With {@code n = 4 q + r} bytes, the first {@code r} groups have {@code q + 1}.
 */
final class ByteGrouping4 {
  private ByteGrouping4() {}

  /** Regroups {@code length} bytes. */
  static void split(byte[] raw, int offset, int length, byte[] grouped, int groupedOffset) {
    int at = groupedOffset;
    for (int lane = 0; lane < 4; lane++) {
      for (int i = lane; i < length; i += 4) {
        grouped[at++] = raw[offset + i];
      }
    }
  }

  /** Undoes {@link #split}. */
  static void join(byte[] grouped, int groupedOffset, int length, byte[] raw, int offset) {
    int at = groupedOffset;
    for (int lane = 0; lane < 4; lane++) {
      for (int i = lane; i < length; i += 4) {
        raw[offset + i] = grouped[at++];
      }
    }
  }
}
