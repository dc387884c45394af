package dev.ashlar.core.xorb;

import java.nio.ByteBuffer;
import java.nio.ByteOrder;
import java.util.ArrayList;
import java.util.Arrays;
import java.util.List;

/** Where the sequences of a frame's one LZ4 block lie: a second, simpler reading of the format. */
record Lz4Sequences(List<Sequence> list, List<Integer> owners, int end) {
  static final Lz4Sequences NONE = new Lz4Sequences(List.of(), List.of(), 0);

  private static final int MORE = 15;

  /** Where a sequence begins in block and target, and where its literals end there. */
  record Sequence(int in, int out, int literalsEnd, int literalsOut) {}

  /** The block whose length stands at {@code at}; the frame ends with the bytes. */
  static Lz4Sequences of(byte[] stored, int at, int rawBytes) {
    int length = ByteBuffer.wrap(stored).order(ByteOrder.LITTLE_ENDIAN).getInt(at);
    int in = at + 4;
    int end = in + length;
    if (length <= 0 || end + 4 != stored.length) {
      throw new AssertionError("the frame has other blocks than one compressed");
    }
    var list = new ArrayList<Sequence>();
    var owners = new Integer[stored.length];
    Arrays.fill(owners, -1);
    int out = 0;
    while (in < end) {
      int start = in;
      int startOut = out;
      int token = stored[in++] & 0xFF;
      int literals = token >>> 4;
      for (int more = literals == MORE ? 255 : 0; more == 255; literals += more) {
        more = stored[in++] & 0xFF;
      }
      in += literals;
      out += literals;
      list.add(new Sequence(start, startOut, in, out));
      if (in < end) {
        in += 2;
        int match = token & 15;
        for (int more = match == MORE ? 255 : 0; more == 255; match += more) {
          more = stored[in++] & 0xFF;
        }
        out += match + 4;
      }
      Arrays.fill(owners, start, in, list.size() - 1);
    }
    if (in != end || out != rawBytes) {
      throw new AssertionError("the block was read wrongly");
    }
    return new Lz4Sequences(list, Arrays.asList(owners), end);
  }

  /** The number of the sequence that holds this byte, or -1. */
  int at(int place) {
    return place < owners.size() ? owners.get(place) : -1;
  }

  int in(int sequence) {
    return list.get(sequence).in();
  }

  int out(int sequence) {
    return list.get(sequence).out();
  }

  int literalsEnd(int sequence) {
    return list.get(sequence).literalsEnd();
  }

  int literalsOut(int sequence) {
    return list.get(sequence).literalsOut();
  }

  /** Where the byte goes if it is a literal of a sequence whose literal count needs more bytes. */
  int literalAt(int sequence, int place) {
    var found = list.get(sequence);
    int literals = found.literalsOut() - found.out();
    int number = place - (found.literalsEnd() - literals);
    return literals >= MORE && number >= 0 && number < literals ? found.out() + number : -1;
  }

  /** The first later sequence whose literals end so many bytes behind this sequence, or -1. */
  int literalsBehind(int sequence, int bytes) {
    for (int i = sequence + 1; i < list.size(); i++) {
      if (list.get(i).literalsEnd() - list.get(sequence + 1).in() >= bytes) {
        return i;
      }
    }
    return -1;
  }
}
