package dev.ashlar.core.hash;

/** Writes words as lower-case hex digits without making strings. */
final class Hex {
  private static final byte[] DIGITS = {
    '0', '1', '2', '3', '4', '5', '6', '7', '8', '9', 'a', 'b', 'c', 'd', 'e', 'f'
  };

  private Hex() {}

  /** Writes 16 digits, the highest first. */
  static void writeWord(long word, byte[] target, int offset) {
    for (int i = 15; i >= 0; i--) {
      target[offset + i] = DIGITS[(int) word & 15];
      word >>>= 4;
    }
  }
}
