package dev.ashlar.core.xorb;

import java.lang.invoke.MethodHandles;
import java.lang.invoke.VarHandle;
import java.nio.ByteOrder;

/** Portable Java: four bytes at a time. */
final class PlainGrouping4 implements Grouping4 {
  static final String NAME = "scalar";

  private static final VarHandle INT =
      MethodHandles.byteArrayViewVarHandle(int[].class, ByteOrder.LITTLE_ENDIAN);

  @Override
  public String name() {
    return NAME;
  }

  @Override
  public void split(byte[] raw, int offset, int length, byte[] grouped, int groupedOffset) {
    split(raw, offset, length, grouped, groupedOffset, 0);
  }

  @Override
  public void join(byte[] grouped, int groupedOffset, int length, byte[] raw, int offset) {
    join(grouped, groupedOffset, length, raw, offset, 0);
  }

  /** The groups of four from {@code first} on, and what is left behind the last one. */
  static void split(byte[] raw, int offset, int length, byte[] grouped, int at, int first) {
    int lane0 = at;
    int lane1 = at + Grouping4.lane(1, length);
    int lane2 = at + Grouping4.lane(2, length);
    int lane3 = at + Grouping4.lane(3, length);
    int groups = length / 4;
    for (int i = first; i < groups; i++) {
      int four = (int) INT.get(raw, offset + 4 * i);
      grouped[lane0 + i] = (byte) four;
      grouped[lane1 + i] = (byte) (four >> 8);
      grouped[lane2 + i] = (byte) (four >> 16);
      grouped[lane3 + i] = (byte) (four >> 24);
    }
    for (int lane = 0; lane < length % 4; lane++) {
      grouped[at + Grouping4.lane(lane, length) + groups] = raw[offset + 4 * groups + lane];
    }
  }

  /** The same backwards. */
  static void join(byte[] grouped, int at, int length, byte[] raw, int offset, int first) {
    int lane0 = at;
    int lane1 = at + Grouping4.lane(1, length);
    int lane2 = at + Grouping4.lane(2, length);
    int lane3 = at + Grouping4.lane(3, length);
    int groups = length / 4;
    for (int i = first; i < groups; i++) {
      int four =
          (grouped[lane0 + i] & 0xFF)
              | ((grouped[lane1 + i] & 0xFF) << 8)
              | ((grouped[lane2 + i] & 0xFF) << 16)
              | (grouped[lane3 + i] << 24);
      INT.set(raw, offset + 4 * i, four);
    }
    for (int lane = 0; lane < length % 4; lane++) {
      raw[offset + 4 * groups + lane] = grouped[at + Grouping4.lane(lane, length) + groups];
    }
  }
}
