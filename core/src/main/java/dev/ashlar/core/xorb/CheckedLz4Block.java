package dev.ashlar.core.xorb;

import java.lang.invoke.MethodHandles;
import java.lang.invoke.VarHandle;
import java.nio.ByteOrder;

/**
 * The C library of LZ4, for blocks from outside: what it lets pass and {@link Lz4Block} would not
 * is looked for afterwards.
 *
 * <p>That is a distance of zero alone, and such a match of at least four bytes becomes zeros. So
 * the decoded bytes are looked through for zeros in a row, many at a time, and only where there are
 * some the block is walked through for its distances. {@link CodecKernels} tries at the start
 * whether the library keeps to that; {@link Lz4Block} says what is wrong, and where.
 */
final class CheckedLz4Block implements BlockDecoder {
  private static final int MORE = 15;
  private static final int WORD = Long.BYTES;
  private static final long LANE_LOWS = 0x0001_0001_0001_0001L;
  private static final long LANE_HIGHS = 0x8000_8000_8000_8000L;

  private static final VarHandle SHORT =
      MethodHandles.byteArrayViewVarHandle(short[].class, ByteOrder.LITTLE_ENDIAN);
  private static final VarHandle LONG =
      MethodHandles.byteArrayViewVarHandle(long[].class, ByteOrder.LITTLE_ENDIAN);

  private final BlockDecoder library;

  CheckedLz4Block(BlockDecoder library) {
    this.library = library;
  }

  @Override
  public int decode(
      byte[] source,
      int from,
      int end,
      byte[] target,
      int history,
      int out,
      int outEnd,
      long origin) {
    int decoded = library.decode(source, from, end, target, history, out, outEnd, origin);
    if (mayHoldFourZeros(target, out, decoded) && hasDistanceZero(source, from, end)) {
      return Lz4Block.decode(source, from, end, target, history, out, outEnd, origin);
    }
    return decoded;
  }

  /**
   * False only where no four bytes in a row are zero. Of four, the first or the second is at an
   * even place of the words looked at, with two more behind it: a lane of 16 bits that is zero in
   * the word and in the one that begins a byte later.
   */
  static boolean mayHoldFourZeros(byte[] bytes, int from, int end) {
    int last = end - WORD - 1;
    if (last < from) {
      return true;
    }
    long found = zeroLanes(bytes, last);
    for (int at = from; at <= last; at += WORD) {
      found |= zeroLanes(bytes, at);
    }
    return (found & LANE_HIGHS) != 0;
  }

  private static long zeroLanes(byte[] bytes, int at) {
    long both = (long) LONG.get(bytes, at) | (long) LONG.get(bytes, at + 1);
    return (both - LANE_LOWS) & ~both;
  }

  /** Of a block that the library has let in, so that only its last sequence has no distance. */
  private static boolean hasDistanceZero(byte[] source, int from, int end) {
    int in = from;
    while (true) {
      int token = source[in++] & 0xFF;
      int literals = token >>> 4;
      if (literals == MORE) {
        int more;
        do {
          more = source[in++] & 0xFF;
          literals += more;
        } while (more == 255);
      }
      in += literals;
      if (in >= end) {
        return false;
      }
      if ((short) SHORT.get(source, in) == 0) {
        return true;
      }
      in += Short.BYTES;
      if ((token & MORE) == MORE) {
        while (source[in] == -1) {
          in++;
        }
        in++;
      }
    }
  }
}
