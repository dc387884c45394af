package dev.ashlar.core.xorb;

/**
 * Puts bytes 0, 4, 8 … first, then 1, 5, 9 … and so on, so that the like bytes of 32-bit numbers
 * stand together. With {@code n = 4 q + r} bytes, the first {@code r} groups have {@code q + 1}.
 */
public final class ByteGrouping4 {
  private static volatile Grouping4 inUse = new PlainGrouping4();

  private ByteGrouping4() {}

  /** From now on this way is used. */
  static void use(Grouping4 grouping) {
    inUse = grouping;
  }

  /** The name of the way in use. */
  static String inUse() {
    return inUse.name();
  }

  /** Regroups {@code length} bytes. */
  public static void split(byte[] raw, int offset, int length, byte[] grouped, int groupedOffset) {
    inUse.split(raw, offset, length, grouped, groupedOffset);
  }

  /** Undoes {@link #split}. */
  public static void join(byte[] grouped, int groupedOffset, int length, byte[] raw, int offset) {
    inUse.join(grouped, groupedOffset, length, raw, offset);
  }
}
