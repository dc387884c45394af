package dev.ashlar.core.xorb;

/** What the protocol allows a xorb at most. */
public final class XorbLimits {
  /** Chunks of a xorb. */
  public static final int CHUNKS_MAX = 8192;

  /** Uncompressed bytes of a xorb. */
  public static final int RAW_BYTES_MAX = 64 << 20;

  /** Uncompressed bytes of a chunk. */
  public static final int CHUNK_RAW_BYTES_MAX = 128 << 10;

  /** Payload bytes of a stored chunk, its header not counted. */
  public static final int CHUNK_PAYLOAD_BYTES_MAX = 2 * CHUNK_RAW_BYTES_MAX;

  /** Bytes of a body without footer: all chunks incompressible, and their headers. */
  public static final int BODY_BYTES_MAX = RAW_BYTES_MAX + CHUNKS_MAX * ChunkHeader.BYTES;

  /** Bytes of a standard footer. */
  public static final int FOOTER_BYTES_MAX = XorbFooter.standardBytes(CHUNKS_MAX);

  /** Bytes of an upload: a body and the footer that some writers append. */
  public static final int UPLOAD_BYTES_MAX = BODY_BYTES_MAX + FOOTER_BYTES_MAX;

  private XorbLimits() {}
}
