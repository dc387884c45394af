package dev.ashlar.chunker;

import java.util.Arrays;

/**
 * Finds the places where the content asks for a cut.
 *
 * <p>The rolling hash shifts left by one bit a byte and adds the byte's word, so that after 64
 * bytes it depends on those 64 bytes alone. Whether a place is one for a cut therefore does not
 * depend on where the chunk began, and a scan may start anywhere if it first takes in the 63 bytes
 * before. On average one place in 65,536 has the top 16 bits zero.
 *
 * <p>So the block is scanned in four quarters at once: each byte's addition waits for the one
 * before it, but those of different strips do not wait for each other. The loop over all is a
 * method of its own without stores and with constant distances, and is left at each find, which is
 * rare.
 */
final class GearScan {
  /** The bytes that decide about a place: the last of them is where a chunk may end. */
  static final int WINDOW_BYTES = 64;

  /** Where the bytes to be scanned begin in {@link #bytes}; those before are only taken in. */
  static final int START = WINDOW_BYTES;

  /** So many bytes are scanned at most. */
  static final int BLOCK_BYTES = 64 << 10;

  private static final int STRIP_BYTES = BLOCK_BYTES / 4;
  private static final int END = START + BLOCK_BYTES;
  private static final long[] GEAR = GearTable.words();
  private static final long MATCH_BELOW = 1L << 48;

  private final byte[] bytes = new byte[END];

  /** A bit for each place of {@link #bytes}. */
  private final long[] found = new long[END / Long.SIZE];

  private int end = START;
  private long first;
  private long second;
  private long third;
  private long fourth;

  /** The block: bytes to be scanned belong at {@link #START}. */
  byte[] bytes() {
    return bytes;
  }

  /** Keeps the end of the last block as what stands before the next one. */
  void next() {
    System.arraycopy(bytes, end - WINDOW_BYTES, bytes, 0, WINDOW_BYTES);
  }

  /** Finds all places of {@code bytes[START..to)}. */
  void scan(int to) {
    end = to;
    Arrays.fill(found, 0);
    first = taken(START);
    if (to < END) {
      single(to);
      return;
    }
    second = taken(START + STRIP_BYTES);
    third = taken(START + 2 * STRIP_BYTES);
    fourth = taken(START + 3 * STRIP_BYTES);
    for (int i = run(0); i < STRIP_BYTES; i = run(i + 1)) {
      if (isMatch(first)) {
        mark(START + i);
      }
      if (isMatch(second)) {
        mark(START + STRIP_BYTES + i);
      }
      if (isMatch(third)) {
        mark(START + 2 * STRIP_BYTES + i);
      }
      if (isMatch(fourth)) {
        mark(START + 3 * STRIP_BYTES + i);
      }
    }
  }

  /** The hash of the 63 bytes before a place. */
  private long taken(int place) {
    long hash = 0;
    for (int i = place - (WINDOW_BYTES - 1); i < place; i++) {
      hash = (hash << 1) + GEAR[bytes[i] & 0xFF];
    }
    return hash;
  }

  /** Goes on in all strips until one of them has a match, and tells where; or to their ends. */
  private int run(int from) {
    var b = bytes;
    long one = first;
    long two = second;
    long three = third;
    long four = fourth;
    int i = from;
    for (; i < STRIP_BYTES; i++) {
      one = (one << 1) + GEAR[b[START + i] & 0xFF];
      two = (two << 1) + GEAR[b[START + STRIP_BYTES + i] & 0xFF];
      three = (three << 1) + GEAR[b[START + 2 * STRIP_BYTES + i] & 0xFF];
      four = (four << 1) + GEAR[b[START + 3 * STRIP_BYTES + i] & 0xFF];
      if (isMatch(one) || isMatch(two) || isMatch(three) || isMatch(four)) {
        break;
      }
    }
    first = one;
    second = two;
    third = three;
    fourth = four;
    return i;
  }

  private void single(int to) {
    long hash = first;
    for (int i = START; i < to; i++) {
      hash = (hash << 1) + GEAR[bytes[i] & 0xFF];
      if (isMatch(hash)) {
        mark(i);
      }
    }
  }

  private static boolean isMatch(long hash) {
    return Long.compareUnsigned(hash, MATCH_BELOW) < 0;
  }

  private void mark(int place) {
    found[place >> 6] |= 1L << place;
  }

  /** The first place in {@code [from, to)} where a chunk may end with this byte, or -1. */
  int find(int from, int to) {
    if (from >= to) {
      return -1;
    }
    int word = from >> 6;
    long bits = found[word] & -1L << from;
    while (bits == 0) {
      if (++word << 6 >= to) {
        return -1;
      }
      bits = found[word];
    }
    int place = (word << 6) + Long.numberOfTrailingZeros(bits);
    return place < to ? place : -1;
  }
}
