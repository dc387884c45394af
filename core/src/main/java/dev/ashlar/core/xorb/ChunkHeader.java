package dev.ashlar.core.xorb;

/**
 * The 8 bytes in front of a chunk's payload.
 *
 * <pre>
 * 0  1  version, 0
 * 1  3  payload bytes, little-endian
 * 4  1  compression scheme
 * 5  3  uncompressed bytes, little-endian
 * </pre>
 */
public record ChunkHeader(Compression compression, int payloadBytes, int rawBytes) {
  /** The length of a header. */
  public static final int BYTES = 8;

  public ChunkHeader {
    if (rawBytes < 1 || rawBytes > XorbLimits.CHUNK_RAW_BYTES_MAX) {
      throw new IllegalArgumentException("a chunk of " + rawBytes + " bytes");
    }
    if (payloadBytes < 1 || payloadBytes > XorbLimits.CHUNK_PAYLOAD_BYTES_MAX) {
      throw new IllegalArgumentException("a payload of " + payloadBytes + " bytes");
    }
  }

  /** Reads the header at {@code offset}; {@code position} is where that lies in the body. */
  static ChunkHeader read(byte[] bytes, int offset, long position) {
    int version = bytes[offset] & 0xFF;
    if (version != 0) {
      throw Fault.at(position, "chunk header version " + version + " is unknown");
    }
    int payloadBytes = u24(bytes, offset + 1);
    var compression = Compression.of(bytes[offset + 4] & 0xFF, position + 4);
    int rawBytes = u24(bytes, offset + 5);
    if (payloadBytes == 0 || payloadBytes > XorbLimits.CHUNK_PAYLOAD_BYTES_MAX) {
      throw Fault.at(position + 1, "a payload of " + payloadBytes + " bytes is not allowed");
    }
    if (rawBytes == 0 || rawBytes > XorbLimits.CHUNK_RAW_BYTES_MAX) {
      throw Fault.at(position + 5, "a chunk of " + rawBytes + " bytes is not allowed");
    }
    if (compression == Compression.NONE && payloadBytes != rawBytes) {
      throw Fault.at(position + 5, "an uncompressed chunk must be as long as its payload");
    }
    return new ChunkHeader(compression, payloadBytes, rawBytes);
  }

  /** Writes the 8 bytes at {@code offset}. */
  void write(byte[] target, int offset) {
    target[offset] = 0;
    putU24(payloadBytes, target, offset + 1);
    target[offset + 4] = (byte) compression.code();
    putU24(rawBytes, target, offset + 5);
  }

  /** Header and payload. */
  public int storedBytes() {
    return BYTES + payloadBytes;
  }

  private static int u24(byte[] bytes, int offset) {
    return (bytes[offset] & 0xFF)
        | (bytes[offset + 1] & 0xFF) << 8
        | (bytes[offset + 2] & 0xFF) << 16;
  }

  private static void putU24(int value, byte[] target, int offset) {
    target[offset] = (byte) value;
    target[offset + 1] = (byte) (value >>> 8);
    target[offset + 2] = (byte) (value >>> 16);
  }
}
