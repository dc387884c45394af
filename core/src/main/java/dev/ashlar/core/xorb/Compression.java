package dev.ashlar.core.xorb;

/** How a chunk's payload was made from its bytes; the code is the header's scheme byte. */
public enum Compression {
  /** The payload is the chunk. */
  NONE(0),
  /** An LZ4 frame. */
  LZ4(1),
  /** The bytes regrouped by {@link ByteGrouping4}, then an LZ4 frame. */
  BG4_LZ4(2);

  private final int code;

  Compression(int code) {
    this.code = code;
  }

  /** The scheme byte. */
  public int code() {
    return code;
  }

  /** The scheme of a header byte at {@code offset} of a body. */
  static Compression of(int code, long offset) {
    return switch (code) {
      case 0 -> NONE;
      case 1 -> LZ4;
      case 2 -> BG4_LZ4;
      default -> throw Fault.at(offset, "compression scheme " + code + " does not exist");
    };
  }
}
