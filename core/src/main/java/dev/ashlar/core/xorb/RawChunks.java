package dev.ashlar.core.xorb;

import java.nio.ByteBuffer;
import java.util.function.Consumer;

/**
 * The uncompressed bytes of stored chunks, which may stand outside of the heap. An instance serves
 * one thread at a time.
 */
public final class RawChunks {
  private static final byte[] NONE = {};

  private final ChunkCodec codec = ChunkCodec.ofStored();
  private byte[] raw = NONE;
  private byte[] stored = new byte[ChunkHeader.BYTES];

  /**
   * Shows the stored chunk that is exactly {@code chunk}, and returns its uncompressed length. What
   * the viewer sees stands there no longer than the call lasts; it is no copy where the chunk is
   * stored as it is. Faults are {@code Malformed} problems whose offset counts from the chunk's
   * header.
   */
  public int show(ByteBuffer chunk, Consumer<ByteBuffer> viewer) {
    int plain = plainBytes(chunk);
    if (plain > 0) {
      viewer.accept(chunk.slice(chunk.position() + ChunkHeader.BYTES, plain));
      return plain;
    }
    if (raw.length == 0) {
      raw = new byte[XorbLimits.CHUNK_RAW_BYTES_MAX];
    }
    int bytes = decode(chunk, raw, 0);
    viewer.accept(ByteBuffer.wrap(raw, 0, bytes));
    return bytes;
  }

  /** The same, for bytes that are to stand in the target, from {@code offset} on. */
  public int copy(ByteBuffer chunk, byte[] target, int offset) {
    int plain = plainBytes(chunk);
    if (plain > 0) {
      chunk.get(chunk.position() + ChunkHeader.BYTES, target, offset, plain);
      return plain;
    }
    return decode(chunk, target, offset);
  }

  /** The length of a chunk that is stored as it is; zero for others, sound or not. */
  private int plainBytes(ByteBuffer chunk) {
    int length = chunk.remaining();
    if (length <= ChunkHeader.BYTES) {
      return 0;
    }
    chunk.get(chunk.position(), stored, 0, ChunkHeader.BYTES);
    var header = ChunkHeader.read(stored, 0, 0);
    boolean isPlain = header.compression() == Compression.NONE && header.storedBytes() == length;
    return isPlain ? header.rawBytes() : 0;
  }

  private int decode(ByteBuffer chunk, byte[] target, int offset) {
    int length = chunk.remaining();
    if (stored.length < length) {
      stored = new byte[Math.max(length, ChunkCodec.STORED_BYTES_MAX)];
    }
    chunk.get(chunk.position(), stored, 0, length);
    return codec.decode(stored, 0, length, target, offset);
  }
}
