package dev.ashlar.core.xorb;

import java.lang.invoke.MethodHandles;
import java.lang.invoke.VarHandle;
import java.nio.ByteOrder;

/**
 * Decodes one LZ4 block, checking every bound.
 *
 * <p>A block is a row of sequences: a token (literal count, match length minus 4; 15 means that
 * further bytes are added), the literals, a distance of 16 bits. The last sequence has literals
 * only, and the block ends right behind them.
 *
 * <p>This decoder is stricter than common native ones: a distance of zero and a block that ends
 * with a match are refused, because the protocol's own clients refuse them. Whatever an upload may
 * contain, every client must be able to read it back. It does not ask for the encoder's end rules
 * (five last literals, last match twelve bytes before the end), which a known client does not keep.
 */
final class Lz4Block {
  private static final int MATCH_MIN = 4;
  private static final int MORE = 15;
  private static final int WORD = Long.BYTES;
  private static final int LONG_MATCH = 8 * WORD;

  /** Room behind a sequence without long counts, so that it is copied in whole words. */
  private static final int IN_MARGIN = 1 + 2 * WORD + 2;

  private static final int OUT_MARGIN = 2 * WORD + 3 * WORD;

  private static final VarHandle SHORT =
      MethodHandles.byteArrayViewVarHandle(short[].class, ByteOrder.LITTLE_ENDIAN);
  private static final VarHandle LONG =
      MethodHandles.byteArrayViewVarHandle(long[].class, ByteOrder.LITTLE_ENDIAN);

  private Lz4Block() {}

  /** As {@link BlockDecoder} says. */
  static int decode(
      byte[] source,
      int from,
      int end,
      byte[] target,
      int history,
      int out,
      int outEnd,
      long origin) {
    int in = from;
    int inFast = end - IN_MARGIN;
    int outFast = outEnd - OUT_MARGIN;
    while (true) {
      if (in >= end) {
        throw Fault.at(origin + in, "the LZ4 block ends without last literals");
      }
      int token = source[in] & 0xFF;
      int literals = token >>> 4;
      if (in <= inFast && out <= outFast && literals < MORE && (token & 15) < MORE) {
        // Most sequences: at most 14 literals and 18 matched bytes, copied without counting. What
        // is too much lies within the margins, and the next sequence writes over it.
        LONG.set(target, out, (long) LONG.get(source, in + 1));
        LONG.set(target, out + WORD, (long) LONG.get(source, in + 1 + WORD));
        int distance = (short) SHORT.get(source, in + 1 + literals) & 0xFFFF;
        int at = out + literals;
        if (distance >= WORD && distance <= at - history) {
          LONG.set(target, at, (long) LONG.get(target, at - distance));
          LONG.set(target, at + WORD, (long) LONG.get(target, at + WORD - distance));
          LONG.set(target, at + 2 * WORD, (long) LONG.get(target, at + 2 * WORD - distance));
          out = at + MATCH_MIN + (token & 15);
          in += 3 + literals;
          continue;
        }
      }
      in++;
      if (literals == MORE) {
        int more;
        do {
          more = byteAt(source, in++, end, origin);
          literals += more;
        } while (more == 255);
      }
      if (literals > end - in) {
        throw Fault.at(origin + in, "the LZ4 block ends within literals");
      }
      if (literals > outEnd - out) {
        throw Fault.at(origin + in, "the LZ4 block holds more than the chunk's bytes");
      }
      copyLiterals(source, in, target, out, literals, outEnd);
      in += literals;
      out += literals;
      if (in == end) {
        return out;
      }
      int distance = byteAt(source, in, end, origin) | byteAt(source, in + 1, end, origin) << 8;
      if (distance == 0 || distance > out - history) {
        throw Fault.at(origin + in, "an LZ4 match starts " + distance + " bytes back");
      }
      in += 2;
      int length = token & 15;
      if (length == MORE) {
        int more;
        do {
          more = byteAt(source, in++, end, origin);
          length += more;
        } while (more == 255);
      }
      length += MATCH_MIN;
      if (length > outEnd - out) {
        throw Fault.at(origin + in, "the LZ4 block holds more than the chunk's bytes");
      }
      copyMatch(target, out, distance, length, outEnd);
      out += length;
    }
  }

  private static int byteAt(byte[] source, int at, int end, long origin) {
    if (at >= end) {
      throw Fault.at(origin + at, "the LZ4 block ends within a sequence");
    }
    return source[at] & 0xFF;
  }

  private static void copyLiterals(
      byte[] source, int in, byte[] target, int out, int length, int outEnd) {
    if (length <= 2 * WORD && in + 2 * WORD <= source.length && out + 2 * WORD <= outEnd) {
      LONG.set(target, out, (long) LONG.get(source, in));
      LONG.set(target, out + WORD, (long) LONG.get(source, in + WORD));
    } else {
      System.arraycopy(source, in, target, out, length);
    }
  }

  /** Copies bytes that may overlap their own copy: a distance below the length repeats them. */
  private static void copyMatch(byte[] target, int out, int distance, int length, int outEnd) {
    if (length > LONG_MATCH) {
      copyLongMatch(target, out, distance, length);
      return;
    }
    int end = out + length;
    if (end > outEnd - WORD) {
      for (int i = out; i < end; i++) {
        target[i] = target[i - distance];
      }
      return;
    }
    int at = out;
    int back = distance;
    if (distance < WORD) {
      // A multiple of the distance repeats the same bytes, and at 8 or more words do not overlap.
      back = distance * ((WORD - 1) / distance + 1);
      int wordsFrom = Math.min(end, out + back - distance);
      for (; at < wordsFrom; at++) {
        target[at] = target[at - distance];
      }
    }
    for (; at < end; at += WORD) {
      LONG.set(target, at, (long) LONG.get(target, at - back));
    }
  }

  /** Doubles what repeats until it is long enough. */
  private static void copyLongMatch(byte[] target, int out, int distance, int length) {
    int done = Math.min(distance, length);
    System.arraycopy(target, out - distance, target, out, done);
    while (done < length) {
      int more = Math.min(done, length - done);
      System.arraycopy(target, out, target, out + done, more);
      done += more;
    }
  }
}
