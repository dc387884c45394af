package dev.ashlar.core.xorb;

/**
 * Shows the uncompressed bytes of stored chunks. Those of a chunk that is stored as it is are not
 * copied. An instance serves one thread at a time.
 */
public final class RawChunks {
  private final ChunkCodec codec = ChunkCodec.ofStored();
  private final byte[] raw = new byte[XorbLimits.CHUNK_RAW_BYTES_MAX];

  /** Sees the bytes of one chunk, which stand there no longer than the call lasts. */
  @FunctionalInterface
  public interface Viewer {
    /** The chunk is {@code bytes[offset..offset+length)}. */
    void view(byte[] bytes, int offset, int length);
  }

  /**
   * Shows the stored chunk of exactly {@code length} bytes and returns the length of the chunk.
   * Faults are {@code Malformed} problems whose offset counts from the chunk's header.
   */
  public int show(byte[] stored, int offset, int length, Viewer viewer) {
    if (length > ChunkHeader.BYTES) {
      var header = ChunkHeader.read(stored, offset, 0);
      if (header.compression() == Compression.NONE && header.storedBytes() == length) {
        viewer.view(stored, offset + ChunkHeader.BYTES, header.rawBytes());
        return header.rawBytes();
      }
    }
    int bytes = codec.decode(stored, offset, length, raw, 0);
    viewer.view(raw, 0, bytes);
    return bytes;
  }
}
