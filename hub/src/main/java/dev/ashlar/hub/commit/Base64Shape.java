package dev.ashlar.hub.commit;

/** Watches text go by and knows whether it is base64, and how many bytes it stands for. */
final class Base64Shape {
  private static final int SYMBOL = 1;
  private static final int PADDING = 2;
  private static final byte[] CLASSES = new byte[256];

  static {
    for (char c = 'A'; c <= 'Z'; c++) {
      CLASSES[c] = SYMBOL;
      CLASSES[c - 'A' + 'a'] = SYMBOL;
    }
    for (char c = '0'; c <= '9'; c++) {
      CLASSES[c] = SYMBOL;
    }
    CLASSES['+'] = SYMBOL;
    CLASSES['/'] = SYMBOL;
    CLASSES['='] = PADDING;
  }

  private long symbols;
  private int padding;
  private boolean isBroken;

  void feed(byte[] text, int offset, int length) {
    for (int i = offset; i < offset + length; i++) {
      switch (CLASSES[text[i] & 0xff]) {
        case SYMBOL -> {
          isBroken |= padding > 0;
          symbols++;
        }
        case PADDING -> padding++;
        default -> isBroken = true;
      }
    }
  }

  /** Whether the text so far is complete base64; padding may be absent but not wrong. */
  boolean isValid() {
    boolean isPadded = padding == 0 || (padding <= 2 && (symbols + padding) % 4 == 0);
    return !isBroken && isPadded && symbols % 4 != 1;
  }

  /** The number of bytes that the text stands for. */
  long decodedBytes() {
    return symbols / 4 * 3 + Math.max(0, symbols % 4 - 1);
  }
}
