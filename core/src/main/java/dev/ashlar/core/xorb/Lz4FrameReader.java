package dev.ashlar.core.xorb;

import java.lang.invoke.MethodHandles;
import java.lang.invoke.VarHandle;
import java.nio.ByteOrder;

/**
 * Decodes a payload that is exactly one LZ4 frame into a place of known length.
 *
 * <pre>
 * 4     magic
 * 1     flags: version (2 bits, 01), independent blocks, block checksums, content size,
 *       content checksum, reserved, dictionary id
 * 1     largest block: 4 to 7 in bits 4 to 6 for 64 KiB, 256 KiB, 1 MiB, 4 MiB
 * 0|8   content size
 * 1     second byte of XXH32 over the descriptor, magic excluded
 *       blocks: u32 length (top bit: stored as it is), bytes, 0|4 XXH32 of these bytes
 * 4     zero
 * 0|4   XXH32 of the content
 * </pre>
 *
 * <p>All frames the format allows are read, but for those that need a dictionary. A block that
 * yields nothing is refused, as the protocol's reference reader takes it for the end of the frame.
 */
final class Lz4FrameReader {
  private static final int MAGIC = 0x184D2204;
  private static final int DESCRIPTOR_AT = 4;
  private static final int VERSION_MASK = 0xC0;
  private static final int VERSION = 0x40;
  private static final int INDEPENDENT = 0x20;
  private static final int BLOCK_CHECKSUM = 0x10;
  private static final int CONTENT_SIZE = 0x08;
  private static final int CONTENT_CHECKSUM = 0x04;
  private static final int RESERVED = 0x02;
  private static final int DICTIONARY = 0x01;
  private static final int BLOCK_RESERVED = 0x8F;
  private static final int STORED = 0x80000000;

  private static final VarHandle INT =
      MethodHandles.byteArrayViewVarHandle(int[].class, ByteOrder.LITTLE_ENDIAN);
  private static final VarHandle LONG =
      MethodHandles.byteArrayViewVarHandle(long[].class, ByteOrder.LITTLE_ENDIAN);

  private static final byte[] NOTHING = {};

  private final BlockDecoder decoder;
  private byte[] source = NOTHING;
  private int end;
  private long origin;
  private int in;

  /** May be used for one frame after the other, by one thread at a time. */
  Lz4FrameReader(BlockDecoder decoder) {
    this.decoder = decoder;
  }

  /**
   * Decodes {@code source[from..end)}, which must be one frame and nothing else, so that it fills
   * {@code target[out..outEnd)} exactly.
   *
   * @param origin position of {@code source[0]} in the body, for the problem's offset
   */
  void decode(byte[] source, int from, int end, byte[] target, int out, int outEnd, long origin) {
    this.source = source;
    this.in = from;
    this.end = end;
    this.origin = origin;
    try {
      decode(target, out, outEnd);
    } finally {
      this.source = NOTHING;
    }
  }

  /** The same, for a single frame. */
  static void decode(
      BlockDecoder decoder,
      byte[] source,
      int from,
      int end,
      byte[] target,
      int out,
      int outEnd,
      long origin) {
    new Lz4FrameReader(decoder).decode(source, from, end, target, out, outEnd, origin);
  }

  private void decode(byte[] target, int out, int outEnd) {
    int start = in;
    need(7);
    if ((int) INT.get(source, start) != MAGIC) {
      throw fault(start, "the payload is no LZ4 frame");
    }
    int flags = source[start + DESCRIPTOR_AT] & 0xFF;
    int blockBytesMax = blockBytesMax(flags, start + DESCRIPTOR_AT);
    in = start + DESCRIPTOR_AT + 2;
    if ((flags & CONTENT_SIZE) != 0) {
      need(Long.BYTES + 1);
      if ((long) LONG.get(source, in) != outEnd - out) {
        throw fault(in, "the LZ4 frame announces another length than the chunk header");
      }
      in += Long.BYTES;
    }
    int checksum = Xxh32.of(source, start + DESCRIPTOR_AT, in - start - DESCRIPTOR_AT);
    if ((byte) (checksum >>> 8) != source[in]) {
      throw fault(in, "the checksum of the LZ4 frame header is wrong");
    }
    in++;

    int at = blocks(flags, blockBytesMax, target, out, outEnd);

    if (at != outEnd) {
      throw fault(in, "the LZ4 frame holds fewer bytes than the chunk");
    }
    if ((flags & CONTENT_CHECKSUM) != 0) {
      need(Integer.BYTES);
      if ((int) INT.get(source, in) != Xxh32.of(target, out, outEnd - out)) {
        throw fault(in, "the checksum of the LZ4 frame's content is wrong");
      }
      in += Integer.BYTES;
    }
    if (in != end) {
      throw fault(in, "bytes follow the LZ4 frame");
    }
  }

  /** Checks both descriptor bytes. */
  private int blockBytesMax(int flags, int at) {
    if ((flags & VERSION_MASK) != VERSION) {
      throw fault(at, "the LZ4 frame has an unknown version");
    }
    if ((flags & RESERVED) != 0) {
      throw fault(at, "a reserved bit of the LZ4 frame is set");
    }
    if ((flags & DICTIONARY) != 0) {
      throw fault(at, "the LZ4 frame needs a dictionary");
    }
    int block = source[at + 1] & 0xFF;
    int size = block >>> 4 & 7;
    if ((block & BLOCK_RESERVED) != 0 || size < 4) {
      throw fault(at + 1, "the LZ4 frame has an unknown block size");
    }
    return 1 << (8 + 2 * size);
  }

  private int blocks(int flags, int blockBytesMax, byte[] target, int start, int outEnd) {
    boolean linked = (flags & INDEPENDENT) == 0;
    int out = start;
    while (true) {
      need(Integer.BYTES);
      int word = (int) INT.get(source, in);
      if (word == 0) {
        in += Integer.BYTES;
        return out;
      }
      int bytes = word & ~STORED;
      if (bytes > blockBytesMax) {
        throw fault(in, "an LZ4 block of " + bytes + " bytes is larger than its frame allows");
      }
      in += Integer.BYTES;
      need(bytes);
      int from = in;
      int before = out;
      int outMax = (int) Math.min(outEnd, (long) out + blockBytesMax);
      if (word < 0) {
        if (bytes > outMax - out) {
          throw fault(in, "the LZ4 block holds more than the chunk's bytes");
        }
        System.arraycopy(source, in, target, out, bytes);
        out += bytes;
      } else {
        int history = linked ? start : out;
        out = decoder.decode(source, in, in + bytes, target, history, out, outMax, origin);
      }
      if (out == before) {
        throw fault(from - Integer.BYTES, "an LZ4 block holds nothing");
      }
      in += bytes;
      if ((flags & BLOCK_CHECKSUM) != 0) {
        need(Integer.BYTES);
        if ((int) INT.get(source, in) != Xxh32.of(source, from, bytes)) {
          throw fault(in, "the checksum of an LZ4 block is wrong");
        }
        in += Integer.BYTES;
      }
    }
  }

  private void need(int bytes) {
    if (bytes > end - in) {
      throw fault(end, "the payload ends within its LZ4 frame");
    }
  }

  private RuntimeException fault(int at, String reason) {
    return Fault.at(origin + at, reason);
  }
}
