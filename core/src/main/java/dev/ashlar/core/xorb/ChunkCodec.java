package dev.ashlar.core.xorb;

import java.util.Objects;
import org.jspecify.annotations.Nullable;

/**
 * Turns a chunk into its stored form, header and payload, and back.
 *
 * <p>An instance holds scratch space of some hundred KiB and serves one thread at a time.
 */
public final class ChunkCodec {
  /** The longest stored form that {@link #encode} makes. */
  public static final int STORED_BYTES_MAX = ChunkHeader.BYTES + XorbLimits.CHUNK_RAW_BYTES_MAX;

  private final Lz4FrameReader reader;
  private @Nullable Lz4FrameWriter writer;
  private byte[] grouped = new byte[0];

  /** For chunks from outside: what a client would refuse to decode is refused. */
  public ChunkCodec() {
    this(
        (source, from, end, target, history, out, outEnd, origin) ->
            CodecKernels.fromOutside()
                .decode(source, from, end, target, history, out, outEnd, origin));
  }

  private ChunkCodec(BlockDecoder blocks) {
    this.reader = new Lz4FrameReader(blocks);
  }

  /** For chunks that were checked before they were stored: faster, where the machine allows. */
  public static ChunkCodec ofStored() {
    return new ChunkCodec(
        (source, from, end, target, history, out, outEnd, origin) ->
            CodecKernels.forStored()
                .decode(source, from, end, target, history, out, outEnd, origin));
  }

  /**
   * Writes header and payload at {@code targetOffset} and returns their length. A payload that
   * compression does not make shorter is stored as it is.
   */
  public int encode(
      byte[] raw, int offset, int length, Compression wanted, byte[] target, int targetOffset) {
    Objects.checkFromIndexSize(offset, length, raw.length);
    Objects.checkFromIndexSize(targetOffset, ChunkHeader.BYTES + length, target.length);
    var source = raw;
    int from = offset;
    int payload = targetOffset + ChunkHeader.BYTES;
    if (wanted == Compression.BG4_LZ4) {
      source = grouped(length);
      from = 0;
      ByteGrouping4.split(raw, offset, length, source, 0);
    }
    if (wanted != Compression.NONE) {
      var frames = writer();
      int bytes = frames.write(source, from, length);
      if (bytes < length) {
        new ChunkHeader(wanted, bytes, length).write(target, targetOffset);
        System.arraycopy(frames.frame(), 0, target, payload, bytes);
        return ChunkHeader.BYTES + bytes;
      }
    }
    new ChunkHeader(Compression.NONE, length, length).write(target, targetOffset);
    System.arraycopy(raw, offset, target, payload, length);
    return ChunkHeader.BYTES + length;
  }

  /**
   * Makes the stored form of a chunk that stays as it is, without moving it: it stands in {@code
   * framed} behind room for the header. Returns the length of both.
   */
  public static int frame(byte[] framed, int length) {
    Objects.checkFromIndexSize(ChunkHeader.BYTES, length, framed.length);
    new ChunkHeader(Compression.NONE, length, length).write(framed, 0);
    return ChunkHeader.BYTES + length;
  }

  /**
   * Decodes the stored chunk of exactly {@code length} bytes to {@code targetOffset} and returns
   * the length of the chunk. Faults are {@code Malformed} problems whose offset counts from the
   * chunk's header. The target needs room for the header's length, at most {@link
   * XorbLimits#CHUNK_RAW_BYTES_MAX}.
   */
  public int decode(byte[] stored, int offset, int length, byte[] target, int targetOffset) {
    Objects.checkFromIndexSize(offset, length, stored.length);
    if (length < ChunkHeader.BYTES) {
      throw Fault.at(length, "the chunk header is cut short");
    }
    var header = ChunkHeader.read(stored, offset, 0);
    if (header.storedBytes() != length) {
      throw Fault.at(1, "the chunk has " + length + " bytes, but its header tells another length");
    }
    int rawBytes = header.rawBytes();
    int payload = offset + ChunkHeader.BYTES;
    decode(
        header.compression(),
        stored,
        payload,
        offset + length,
        target,
        targetOffset,
        rawBytes,
        -offset);
    return rawBytes;
  }

  /**
   * Decodes the payload {@code stored[from..end)} of a chunk of {@code rawBytes}.
   *
   * @param origin the body position of {@code stored[0]}
   */
  void decode(
      Compression compression,
      byte[] stored,
      int from,
      int end,
      byte[] target,
      int targetOffset,
      int rawBytes,
      long origin) {
    Objects.checkFromIndexSize(targetOffset, rawBytes, target.length);
    switch (compression) {
      case NONE -> System.arraycopy(stored, from, target, targetOffset, rawBytes);
      case LZ4 ->
          reader.decode(stored, from, end, target, targetOffset, targetOffset + rawBytes, origin);
      case BG4_LZ4 -> {
        var lanes = grouped(rawBytes);
        reader.decode(stored, from, end, lanes, 0, rawBytes, origin);
        ByteGrouping4.join(lanes, 0, rawBytes, target, targetOffset);
      }
    }
  }

  private Lz4FrameWriter writer() {
    if (writer == null) {
      writer = new Lz4FrameWriter();
    }
    return writer;
  }

  private byte[] grouped(int length) {
    if (grouped.length < length) {
      grouped = new byte[length];
    }
    return grouped;
  }
}
