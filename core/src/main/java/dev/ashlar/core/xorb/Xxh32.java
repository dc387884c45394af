package dev.ashlar.core.xorb;

import java.lang.invoke.MethodHandles;
import java.lang.invoke.VarHandle;
import java.nio.ByteOrder;

/** XXH32 with seed 0, the checksum of LZ4 frames. Source: Collet, xxHash specification. */
final class Xxh32 {
  private static final int P1 = 0x9E3779B1;
  private static final int P2 = 0x85EBCA77;
  private static final int P3 = 0xC2B2AE3D;
  private static final int P4 = 0x27D4EB2F;
  private static final int P5 = 0x165667B1;

  private static final VarHandle INT =
      MethodHandles.byteArrayViewVarHandle(int[].class, ByteOrder.LITTLE_ENDIAN);

  private Xxh32() {}

  /** The checksum of {@code length} bytes. */
  static int of(byte[] bytes, int offset, int length) {
    int at = offset;
    int end = offset + length;
    int hash = P5;
    if (length >= 16) {
      int a = 0x24234428; // P1 + P2, modulo 2^32
      int b = P2;
      int c = 0;
      int d = -P1;
      for (; at <= end - 16; at += 16) {
        a = lane(a, (int) INT.get(bytes, at));
        b = lane(b, (int) INT.get(bytes, at + 4));
        c = lane(c, (int) INT.get(bytes, at + 8));
        d = lane(d, (int) INT.get(bytes, at + 12));
      }
      hash =
          Integer.rotateLeft(a, 1)
              + Integer.rotateLeft(b, 7)
              + Integer.rotateLeft(c, 12)
              + Integer.rotateLeft(d, 18);
    }
    hash += length;
    for (; at <= end - 4; at += 4) {
      hash = Integer.rotateLeft(hash + (int) INT.get(bytes, at) * P3, 17) * P4;
    }
    for (; at < end; at++) {
      hash = Integer.rotateLeft(hash + (bytes[at] & 0xFF) * P5, 11) * P1;
    }
    hash = (hash ^ hash >>> 15) * P2;
    hash = (hash ^ hash >>> 13) * P3;
    return hash ^ hash >>> 16;
  }

  private static int lane(int sum, int word) {
    return Integer.rotateLeft(sum + word * P2, 13) * P1;
  }
}
