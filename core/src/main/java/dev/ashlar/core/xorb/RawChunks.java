package dev.ashlar.core.xorb;

import java.nio.ByteBuffer;
import java.util.function.Consumer;

/**
 * Shows the uncompressed bytes of stored chunks, which may stand outside of the heap. Those of a
 * chunk that is stored as it is are not copied. An instance serves one thread at a time.
 */
public final class RawChunks {
  private final ChunkCodec codec = ChunkCodec.ofStored();
  private final byte[] raw = new byte[XorbLimits.CHUNK_RAW_BYTES_MAX];
  private byte[] stored = new byte[ChunkHeader.BYTES];

  /**
   * Shows the stored chunk that is exactly {@code chunk}, and returns its uncompressed length. What
   * the viewer sees stands there no longer than the call lasts. Faults are {@code Malformed}
   * problems whose offset counts from the chunk's header.
   */
  public int show(ByteBuffer chunk, Consumer<ByteBuffer> viewer) {
    int length = chunk.remaining();
    int start = chunk.position();
    if (length > ChunkHeader.BYTES) {
      chunk.get(start, stored, 0, ChunkHeader.BYTES);
      var header = ChunkHeader.read(stored, 0, 0);
      if (header.compression() == Compression.NONE && header.storedBytes() == length) {
        viewer.accept(chunk.slice(start + ChunkHeader.BYTES, header.rawBytes()));
        return header.rawBytes();
      }
    }
    if (stored.length < length) {
      stored = new byte[Math.max(length, ChunkCodec.STORED_BYTES_MAX)];
    }
    chunk.get(start, stored, 0, length);
    int bytes = codec.decode(stored, 0, length, raw, 0);
    viewer.accept(ByteBuffer.wrap(raw, 0, bytes));
    return bytes;
  }
}
