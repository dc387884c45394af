package dev.ashlar.casserver.xet;

import java.lang.invoke.MethodHandles;
import java.lang.invoke.VarHandle;
import java.nio.ByteOrder;

/** Writes numbers that are not negative as decimal digits without making strings, two at a time. */
final class Decimal {
  /** More digits no number has. */
  static final int DIGITS_MAX = 19;

  private static final VarHandle PAIR =
      MethodHandles.byteArrayViewVarHandle(short[].class, ByteOrder.BIG_ENDIAN);
  private static final short[] PAIRS = pairs();

  private Decimal() {}

  private static short[] pairs() {
    var pairs = new short[100];
    for (int i = 0; i < pairs.length; i++) {
      pairs[i] = (short) (('0' + i / 10) << 8 | ('0' + i % 10));
    }
    return pairs;
  }

  /** Writes the number at {@code offset} and returns where it ends. */
  static int write(long number, byte[] target, int offset) {
    if (number < 0) {
      throw new IllegalArgumentException(number + " is negative");
    }
    int end = offset + digits(number);
    int at = end;
    long left = number;
    while (left >= 10) {
      long next = left / 100;
      at -= 2;
      PAIR.set(target, at, PAIRS[(int) (left - next * 100)]);
      left = next;
    }
    if (at > offset) {
      target[offset] = (byte) ('0' + left);
    }
    return end;
  }

  private static int digits(long number) {
    int digits = 1;
    long next = 10;
    while (number >= next && digits < DIGITS_MAX) {
      next *= 10;
      digits++;
    }
    return digits;
  }
}
