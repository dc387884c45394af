package dev.ashlar.core.hash;

/** What a node of a tree is hashed of: a line {@code hash : bytes} for each child. */
final class NodeText {
  private static final int WORD_DIGITS = 16;
  private static final int SIZE_DIGITS_MAX = 20;

  /** The longest line: four words, a separator, a size and the line's end. */
  static final int LINE_BYTES_MAX = 4 * WORD_DIGITS + 3 + SIZE_DIGITS_MAX + 1;

  private NodeText() {}

  /** Writes the line of a child at {@code at} and returns where it ends. */
  static int line(long w0, long w1, long w2, long w3, long bytes, byte[] text, int at) {
    Hex.writeWord(w0, text, at);
    Hex.writeWord(w1, text, at + WORD_DIGITS);
    Hex.writeWord(w2, text, at + 2 * WORD_DIGITS);
    Hex.writeWord(w3, text, at + 3 * WORD_DIGITS);
    int separator = at + 4 * WORD_DIGITS;
    text[separator] = ' ';
    text[separator + 1] = ':';
    text[separator + 2] = ' ';
    int end = decimal(bytes, text, separator + 3);
    text[end] = '\n';
    return end + 1;
  }

  private static int decimal(long value, byte[] text, int at) {
    int end = at + 1;
    for (long rest = value; rest > 9; rest /= 10) {
      end++;
    }
    long rest = value;
    for (int i = end - 1; i >= at; i--) {
      text[i] = (byte) ('0' + rest % 10);
      rest /= 10;
    }
    return end;
  }
}
