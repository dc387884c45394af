package dev.ashlar.core.xorb;

/**
 * Finds where the chunks of a body end, from their headers alone, and holds their sums to a xorb's
 * limits.
 */
final class ChunkFrames {
  private int chunkCount;
  private int bodyBytes;
  private int rawBytes;

  /** The number of chunks that were found whole. */
  int chunkCount() {
    return chunkCount;
  }

  /** Where the last of them ends in the body. */
  int bodyBytes() {
    return bodyBytes;
  }

  /**
   * The length of the next stored chunk, if {@code bytes[at..end)} has all of it; 0 when more is
   * needed to tell, or to have it.
   */
  int next(byte[] bytes, int at, int end) {
    if (end - at < ChunkHeader.BYTES) {
      return 0;
    }
    var header = ChunkHeader.read(bytes, at, bodyBytes);
    requireFit(header);
    int storedBytes = header.storedBytes();
    if (end - at < storedBytes) {
      return 0;
    }
    chunkCount++;
    bodyBytes += storedBytes;
    rawBytes += header.rawBytes();
    return storedBytes;
  }

  private void requireFit(ChunkHeader header) {
    if (chunkCount == XorbLimits.CHUNKS_MAX) {
      throw Fault.at(bodyBytes, "a xorb has at most " + XorbLimits.CHUNKS_MAX + " chunks");
    }
    if (header.rawBytes() > XorbLimits.RAW_BYTES_MAX - rawBytes) {
      throw Fault.at(
          bodyBytes + 5L, "a xorb has at most " + XorbLimits.RAW_BYTES_MAX + " uncompressed bytes");
    }
    if (header.storedBytes() > XorbLimits.BODY_BYTES_MAX - bodyBytes) {
      throw Fault.at(bodyBytes + 1L, "a body has at most " + XorbLimits.BODY_BYTES_MAX + " bytes");
    }
  }
}
