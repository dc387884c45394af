package dev.ashlar.core.xorb;

import io.airlift.compress.v3.lz4.Lz4Compressor;
import java.lang.invoke.MethodHandles;
import java.lang.invoke.VarHandle;
import java.nio.ByteOrder;

/**
 * Writes a chunk as an LZ4 frame of one block, with the frame header of the reference client: no
 * checksums, no content size, blocks of 64 KiB for chunks up to that length, else of 256 KiB.
 *
 * <p>An instance holds scratch space and serves one thread at a time.
 */
final class Lz4FrameWriter {
  private static final byte[] HEADER_64_KIB = {4, 0x22, 0x4D, 0x18, 0x60, 0x40, (byte) 0x82};
  private static final byte[] HEADER_256_KIB = {4, 0x22, 0x4D, 0x18, 0x60, 0x50, (byte) 0xFB};
  private static final int SMALL_BLOCK_BYTES_MAX = 64 << 10;
  private static final int BLOCK_AT = HEADER_64_KIB.length + Integer.BYTES;
  private static final int AROUND_BYTES = BLOCK_AT + Integer.BYTES;

  private static final VarHandle INT =
      MethodHandles.byteArrayViewVarHandle(int[].class, ByteOrder.LITTLE_ENDIAN);

  private final Lz4Compressor compressor = Lz4Compressor.create();
  private byte[] frame = new byte[0];

  /** Makes {@link #frame} of at most {@link XorbLimits#CHUNK_RAW_BYTES_MAX} bytes. */
  int write(byte[] raw, int offset, int length) {
    int room = AROUND_BYTES + compressor.maxCompressedLength(length);
    if (frame.length < room) {
      frame = new byte[room];
    }
    var header = length <= SMALL_BLOCK_BYTES_MAX ? HEADER_64_KIB : HEADER_256_KIB;
    System.arraycopy(header, 0, frame, 0, header.length);
    int blockBytes = compressor.compress(raw, offset, length, frame, BLOCK_AT, room - AROUND_BYTES);
    INT.set(frame, header.length, blockBytes);
    INT.set(frame, BLOCK_AT + blockBytes, 0);
    return AROUND_BYTES + blockBytes;
  }

  /** The scratch space: what {@link #write} made last begins at 0. */
  byte[] frame() {
    return frame;
  }
}
