package dev.ashlar.core.hash;

import java.lang.invoke.MethodHandles;
import java.lang.invoke.VarHandle;
import java.nio.ByteOrder;

/** Writes words as lower-case hex digits without making strings, eight digits at a time. */
final class Hex {
  private static final VarHandle TEXT =
      MethodHandles.byteArrayViewVarHandle(long[].class, ByteOrder.BIG_ENDIAN);
  private static final long EACH_BYTE = 0x0101010101010101L;

  private Hex() {}

  /** Writes 16 digits, the highest first. */
  static void writeWord(long word, byte[] target, int offset) {
    TEXT.set(target, offset, digits(word >>> 32));
    TEXT.set(target, offset + 8, digits(word & 0xFFFFFFFFL));
  }

  /** The digits of 32 bits, the highest in the highest byte. */
  private static long digits(long bits) {
    long each = (bits << 16 | bits) & 0x0000FFFF0000FFFFL;
    each = (each << 8 | each) & 0x00FF00FF00FF00FFL;
    each = (each << 4 | each) & 0x0F0F0F0F0F0F0F0FL;
    long letters = (each + 6 * EACH_BYTE) >>> 4 & EACH_BYTE;
    return each + '0' * EACH_BYTE + letters * ('a' - 10 - '0');
  }
}
