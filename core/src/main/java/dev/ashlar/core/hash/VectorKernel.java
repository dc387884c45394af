package dev.ashlar.core.hash;

import java.lang.invoke.MethodHandles;
import java.util.Arrays;
import jdk.incubator.vector.ByteVector;
import jdk.incubator.vector.IntVector;
import jdk.incubator.vector.VectorOperators;
import jdk.incubator.vector.VectorShape;
import jdk.incubator.vector.VectorSpecies;

/**
 * The compression of BLAKE3 with the Vector API: each lane of a vector works on a leaf, or a
 * parent, of its own.
 *
 * <p>The only class of this package that touches the incubating module. {@link VectorWidths}
 * defines it once for each width of vectors, as a hidden class whose data is the number of bits, so
 * that the width is a constant to the compiler; loaded as an ordinary class it does not work.
 *
 * <p>It is straight-line code: four methods of at most two rounds each, which hand the state on in
 * an array. Loops over rounds or blocks with vectors in flight are compiled well in some starts of
 * the virtual machine and never in others; all seven rounds in one method are too large for the
 * compiler's first tier. Message words are read from memory where they are used, so that only the
 * 16 words of the state need registers.
 */
final class VectorKernel implements LaneKernel {
  private static final VectorSpecies<Integer> LANES = species();
  private static final VectorSpecies<Byte> BYTES = LANES.withLanes(byte.class);
  private static final int N = LANES.length();
  private static final int BLOCK_WORDS = ScalarBlake3.BLOCK_BYTES / Integer.BYTES;
  private static final int BLOCKS = ScalarBlake3.LEAF_BYTES / ScalarBlake3.BLOCK_BYTES;

  /** Of two rows one behind the other, the first halves merged, and the second halves. */
  private static final int[] LOW = merged(0);

  private static final int[] HIGH = merged(N / 2);

  private static VectorSpecies<Integer> species() {
    try {
      var bits = MethodHandles.classData(MethodHandles.lookup(), "_", Integer.class);
      return VectorSpecies.of(int.class, VectorShape.forBitSize(bits));
    } catch (IllegalAccessException e) {
      throw new IllegalStateException(e);
    }
  }

  /** The bits of the widest vectors that the processor has, whatever this class uses. */
  static int widest() {
    return VectorShape.preferredShape().vectorBitSize();
  }

  private static int[] merged(int first) {
    var places = new int[N];
    for (int i = 0; i < N; i++) {
      places[i] = first + i / 2 + (i % 2) * N;
    }
    return places;
  }

  @Override
  public String name() {
    return "vector-" + LANES.vectorBitSize();
  }

  @Override
  public int lanes() {
    return N;
  }

  @Override
  public void leaves(byte[] bytes, int at, int[] state, int base) {
    int flags = base + FLAGS * N;
    Arrays.fill(state, base + LENGTHS * N, flags, ScalarBlake3.BLOCK_BYTES);
    Arrays.fill(state, flags, flags + N, ScalarBlake3.KEYED | ScalarBlake3.CHUNK_START);
    for (int block = 0; block < BLOCKS; block++) {
      if (block == 1) {
        Arrays.fill(state, flags, flags + N, ScalarBlake3.KEYED);
      } else if (block == BLOCKS - 1) {
        Arrays.fill(state, flags, flags + N, ScalarBlake3.KEYED | ScalarBlake3.CHUNK_END);
      }
      block(bytes, at + block * ScalarBlake3.BLOCK_BYTES, state, base);
    }
  }

  @Override
  public void block(byte[] bytes, int at, int[] state, int base) {
    loadBlocks(bytes, at, state, base + MESSAGE * N);
    compress(state, base);
  }

  @Override
  public void pairs(int[] values, int at, int[] state, int base) {
    loadPairs(values, at, state, base + MESSAGE * N);
    compress(state, base);
  }

  /**
   * Takes the words of a block of each of N leaves: a transposition. Merging the first half of the
   * rows with the second, element by element, moves one bit of a row's number into the element's;
   * as many merges as that number has bits transpose a square.
   */
  private static void loadBlocks(byte[] bytes, int from, int[] to, int place) {
    if (N == 16) {
      transpose16(bytes, from, ScalarBlake3.LEAF_BYTES, to, place);
    } else if (N == 8) {
      int second = from + Integer.BYTES * N;
      transpose8(bytes, from, ScalarBlake3.LEAF_BYTES, to, place);
      transpose8(bytes, second, ScalarBlake3.LEAF_BYTES, to, place + N * N);
    } else {
      for (int part = 0; part < BLOCK_WORDS; part += N) {
        int at = from + Integer.BYTES * part;
        transpose4(bytes, at, ScalarBlake3.LEAF_BYTES, to, place + part * N);
      }
    }
  }

  /** The same of N pairs of chaining values. */
  private static void loadPairs(int[] values, int from, int[] to, int place) {
    if (N == 16) {
      transpose16(values, from, BLOCK_WORDS, to, place);
    } else if (N == 8) {
      transpose8(values, from, BLOCK_WORDS, to, place);
      transpose8(values, from + N, BLOCK_WORDS, to, place + N * N);
    } else {
      for (int part = 0; part < BLOCK_WORDS; part += N) {
        transpose4(values, from + part, BLOCK_WORDS, to, place + part * N);
      }
    }
  }

  private static void transpose16(byte[] from, int at, int stride, int[] to, int place) {
    var low = IntVector.fromArray(LANES, LOW, 0);
    var high = IntVector.fromArray(LANES, HIGH, 0);
    var a0 = ByteVector.fromArray(BYTES, from, at + 0 * stride).reinterpretAsInts();
    var a1 = ByteVector.fromArray(BYTES, from, at + 1 * stride).reinterpretAsInts();
    var a2 = ByteVector.fromArray(BYTES, from, at + 2 * stride).reinterpretAsInts();
    var a3 = ByteVector.fromArray(BYTES, from, at + 3 * stride).reinterpretAsInts();
    var a4 = ByteVector.fromArray(BYTES, from, at + 4 * stride).reinterpretAsInts();
    var a5 = ByteVector.fromArray(BYTES, from, at + 5 * stride).reinterpretAsInts();
    var a6 = ByteVector.fromArray(BYTES, from, at + 6 * stride).reinterpretAsInts();
    var a7 = ByteVector.fromArray(BYTES, from, at + 7 * stride).reinterpretAsInts();
    var a8 = ByteVector.fromArray(BYTES, from, at + 8 * stride).reinterpretAsInts();
    var a9 = ByteVector.fromArray(BYTES, from, at + 9 * stride).reinterpretAsInts();
    var a10 = ByteVector.fromArray(BYTES, from, at + 10 * stride).reinterpretAsInts();
    var a11 = ByteVector.fromArray(BYTES, from, at + 11 * stride).reinterpretAsInts();
    var a12 = ByteVector.fromArray(BYTES, from, at + 12 * stride).reinterpretAsInts();
    var a13 = ByteVector.fromArray(BYTES, from, at + 13 * stride).reinterpretAsInts();
    var a14 = ByteVector.fromArray(BYTES, from, at + 14 * stride).reinterpretAsInts();
    var a15 = ByteVector.fromArray(BYTES, from, at + 15 * stride).reinterpretAsInts();
    var b0 = low.selectFrom(a0, a8);
    var b1 = high.selectFrom(a0, a8);
    var b2 = low.selectFrom(a1, a9);
    var b3 = high.selectFrom(a1, a9);
    var b4 = low.selectFrom(a2, a10);
    var b5 = high.selectFrom(a2, a10);
    var b6 = low.selectFrom(a3, a11);
    var b7 = high.selectFrom(a3, a11);
    var b8 = low.selectFrom(a4, a12);
    var b9 = high.selectFrom(a4, a12);
    var b10 = low.selectFrom(a5, a13);
    var b11 = high.selectFrom(a5, a13);
    var b12 = low.selectFrom(a6, a14);
    var b13 = high.selectFrom(a6, a14);
    var b14 = low.selectFrom(a7, a15);
    var b15 = high.selectFrom(a7, a15);
    var c0 = low.selectFrom(b0, b8);
    var c1 = high.selectFrom(b0, b8);
    var c2 = low.selectFrom(b1, b9);
    var c3 = high.selectFrom(b1, b9);
    var c4 = low.selectFrom(b2, b10);
    var c5 = high.selectFrom(b2, b10);
    var c6 = low.selectFrom(b3, b11);
    var c7 = high.selectFrom(b3, b11);
    var c8 = low.selectFrom(b4, b12);
    var c9 = high.selectFrom(b4, b12);
    var c10 = low.selectFrom(b5, b13);
    var c11 = high.selectFrom(b5, b13);
    var c12 = low.selectFrom(b6, b14);
    var c13 = high.selectFrom(b6, b14);
    var c14 = low.selectFrom(b7, b15);
    var c15 = high.selectFrom(b7, b15);
    var d0 = low.selectFrom(c0, c8);
    var d1 = high.selectFrom(c0, c8);
    var d2 = low.selectFrom(c1, c9);
    var d3 = high.selectFrom(c1, c9);
    var d4 = low.selectFrom(c2, c10);
    var d5 = high.selectFrom(c2, c10);
    var d6 = low.selectFrom(c3, c11);
    var d7 = high.selectFrom(c3, c11);
    var d8 = low.selectFrom(c4, c12);
    var d9 = high.selectFrom(c4, c12);
    var d10 = low.selectFrom(c5, c13);
    var d11 = high.selectFrom(c5, c13);
    var d12 = low.selectFrom(c6, c14);
    var d13 = high.selectFrom(c6, c14);
    var d14 = low.selectFrom(c7, c15);
    var d15 = high.selectFrom(c7, c15);
    var e0 = low.selectFrom(d0, d8);
    var e1 = high.selectFrom(d0, d8);
    var e2 = low.selectFrom(d1, d9);
    var e3 = high.selectFrom(d1, d9);
    var e4 = low.selectFrom(d2, d10);
    var e5 = high.selectFrom(d2, d10);
    var e6 = low.selectFrom(d3, d11);
    var e7 = high.selectFrom(d3, d11);
    var e8 = low.selectFrom(d4, d12);
    var e9 = high.selectFrom(d4, d12);
    var e10 = low.selectFrom(d5, d13);
    var e11 = high.selectFrom(d5, d13);
    var e12 = low.selectFrom(d6, d14);
    var e13 = high.selectFrom(d6, d14);
    var e14 = low.selectFrom(d7, d15);
    var e15 = high.selectFrom(d7, d15);
    e0.intoArray(to, place + 0 * N);
    e1.intoArray(to, place + 1 * N);
    e2.intoArray(to, place + 2 * N);
    e3.intoArray(to, place + 3 * N);
    e4.intoArray(to, place + 4 * N);
    e5.intoArray(to, place + 5 * N);
    e6.intoArray(to, place + 6 * N);
    e7.intoArray(to, place + 7 * N);
    e8.intoArray(to, place + 8 * N);
    e9.intoArray(to, place + 9 * N);
    e10.intoArray(to, place + 10 * N);
    e11.intoArray(to, place + 11 * N);
    e12.intoArray(to, place + 12 * N);
    e13.intoArray(to, place + 13 * N);
    e14.intoArray(to, place + 14 * N);
    e15.intoArray(to, place + 15 * N);
  }

  private static void transpose16(int[] from, int at, int stride, int[] to, int place) {
    var low = IntVector.fromArray(LANES, LOW, 0);
    var high = IntVector.fromArray(LANES, HIGH, 0);
    var a0 = IntVector.fromArray(LANES, from, at + 0 * stride);
    var a1 = IntVector.fromArray(LANES, from, at + 1 * stride);
    var a2 = IntVector.fromArray(LANES, from, at + 2 * stride);
    var a3 = IntVector.fromArray(LANES, from, at + 3 * stride);
    var a4 = IntVector.fromArray(LANES, from, at + 4 * stride);
    var a5 = IntVector.fromArray(LANES, from, at + 5 * stride);
    var a6 = IntVector.fromArray(LANES, from, at + 6 * stride);
    var a7 = IntVector.fromArray(LANES, from, at + 7 * stride);
    var a8 = IntVector.fromArray(LANES, from, at + 8 * stride);
    var a9 = IntVector.fromArray(LANES, from, at + 9 * stride);
    var a10 = IntVector.fromArray(LANES, from, at + 10 * stride);
    var a11 = IntVector.fromArray(LANES, from, at + 11 * stride);
    var a12 = IntVector.fromArray(LANES, from, at + 12 * stride);
    var a13 = IntVector.fromArray(LANES, from, at + 13 * stride);
    var a14 = IntVector.fromArray(LANES, from, at + 14 * stride);
    var a15 = IntVector.fromArray(LANES, from, at + 15 * stride);
    var b0 = low.selectFrom(a0, a8);
    var b1 = high.selectFrom(a0, a8);
    var b2 = low.selectFrom(a1, a9);
    var b3 = high.selectFrom(a1, a9);
    var b4 = low.selectFrom(a2, a10);
    var b5 = high.selectFrom(a2, a10);
    var b6 = low.selectFrom(a3, a11);
    var b7 = high.selectFrom(a3, a11);
    var b8 = low.selectFrom(a4, a12);
    var b9 = high.selectFrom(a4, a12);
    var b10 = low.selectFrom(a5, a13);
    var b11 = high.selectFrom(a5, a13);
    var b12 = low.selectFrom(a6, a14);
    var b13 = high.selectFrom(a6, a14);
    var b14 = low.selectFrom(a7, a15);
    var b15 = high.selectFrom(a7, a15);
    var c0 = low.selectFrom(b0, b8);
    var c1 = high.selectFrom(b0, b8);
    var c2 = low.selectFrom(b1, b9);
    var c3 = high.selectFrom(b1, b9);
    var c4 = low.selectFrom(b2, b10);
    var c5 = high.selectFrom(b2, b10);
    var c6 = low.selectFrom(b3, b11);
    var c7 = high.selectFrom(b3, b11);
    var c8 = low.selectFrom(b4, b12);
    var c9 = high.selectFrom(b4, b12);
    var c10 = low.selectFrom(b5, b13);
    var c11 = high.selectFrom(b5, b13);
    var c12 = low.selectFrom(b6, b14);
    var c13 = high.selectFrom(b6, b14);
    var c14 = low.selectFrom(b7, b15);
    var c15 = high.selectFrom(b7, b15);
    var d0 = low.selectFrom(c0, c8);
    var d1 = high.selectFrom(c0, c8);
    var d2 = low.selectFrom(c1, c9);
    var d3 = high.selectFrom(c1, c9);
    var d4 = low.selectFrom(c2, c10);
    var d5 = high.selectFrom(c2, c10);
    var d6 = low.selectFrom(c3, c11);
    var d7 = high.selectFrom(c3, c11);
    var d8 = low.selectFrom(c4, c12);
    var d9 = high.selectFrom(c4, c12);
    var d10 = low.selectFrom(c5, c13);
    var d11 = high.selectFrom(c5, c13);
    var d12 = low.selectFrom(c6, c14);
    var d13 = high.selectFrom(c6, c14);
    var d14 = low.selectFrom(c7, c15);
    var d15 = high.selectFrom(c7, c15);
    var e0 = low.selectFrom(d0, d8);
    var e1 = high.selectFrom(d0, d8);
    var e2 = low.selectFrom(d1, d9);
    var e3 = high.selectFrom(d1, d9);
    var e4 = low.selectFrom(d2, d10);
    var e5 = high.selectFrom(d2, d10);
    var e6 = low.selectFrom(d3, d11);
    var e7 = high.selectFrom(d3, d11);
    var e8 = low.selectFrom(d4, d12);
    var e9 = high.selectFrom(d4, d12);
    var e10 = low.selectFrom(d5, d13);
    var e11 = high.selectFrom(d5, d13);
    var e12 = low.selectFrom(d6, d14);
    var e13 = high.selectFrom(d6, d14);
    var e14 = low.selectFrom(d7, d15);
    var e15 = high.selectFrom(d7, d15);
    e0.intoArray(to, place + 0 * N);
    e1.intoArray(to, place + 1 * N);
    e2.intoArray(to, place + 2 * N);
    e3.intoArray(to, place + 3 * N);
    e4.intoArray(to, place + 4 * N);
    e5.intoArray(to, place + 5 * N);
    e6.intoArray(to, place + 6 * N);
    e7.intoArray(to, place + 7 * N);
    e8.intoArray(to, place + 8 * N);
    e9.intoArray(to, place + 9 * N);
    e10.intoArray(to, place + 10 * N);
    e11.intoArray(to, place + 11 * N);
    e12.intoArray(to, place + 12 * N);
    e13.intoArray(to, place + 13 * N);
    e14.intoArray(to, place + 14 * N);
    e15.intoArray(to, place + 15 * N);
  }

  private static void transpose8(byte[] from, int at, int stride, int[] to, int place) {
    var low = IntVector.fromArray(LANES, LOW, 0);
    var high = IntVector.fromArray(LANES, HIGH, 0);
    var a0 = ByteVector.fromArray(BYTES, from, at + 0 * stride).reinterpretAsInts();
    var a1 = ByteVector.fromArray(BYTES, from, at + 1 * stride).reinterpretAsInts();
    var a2 = ByteVector.fromArray(BYTES, from, at + 2 * stride).reinterpretAsInts();
    var a3 = ByteVector.fromArray(BYTES, from, at + 3 * stride).reinterpretAsInts();
    var a4 = ByteVector.fromArray(BYTES, from, at + 4 * stride).reinterpretAsInts();
    var a5 = ByteVector.fromArray(BYTES, from, at + 5 * stride).reinterpretAsInts();
    var a6 = ByteVector.fromArray(BYTES, from, at + 6 * stride).reinterpretAsInts();
    var a7 = ByteVector.fromArray(BYTES, from, at + 7 * stride).reinterpretAsInts();
    var b0 = low.selectFrom(a0, a4);
    var b1 = high.selectFrom(a0, a4);
    var b2 = low.selectFrom(a1, a5);
    var b3 = high.selectFrom(a1, a5);
    var b4 = low.selectFrom(a2, a6);
    var b5 = high.selectFrom(a2, a6);
    var b6 = low.selectFrom(a3, a7);
    var b7 = high.selectFrom(a3, a7);
    var c0 = low.selectFrom(b0, b4);
    var c1 = high.selectFrom(b0, b4);
    var c2 = low.selectFrom(b1, b5);
    var c3 = high.selectFrom(b1, b5);
    var c4 = low.selectFrom(b2, b6);
    var c5 = high.selectFrom(b2, b6);
    var c6 = low.selectFrom(b3, b7);
    var c7 = high.selectFrom(b3, b7);
    var d0 = low.selectFrom(c0, c4);
    var d1 = high.selectFrom(c0, c4);
    var d2 = low.selectFrom(c1, c5);
    var d3 = high.selectFrom(c1, c5);
    var d4 = low.selectFrom(c2, c6);
    var d5 = high.selectFrom(c2, c6);
    var d6 = low.selectFrom(c3, c7);
    var d7 = high.selectFrom(c3, c7);
    d0.intoArray(to, place + 0 * N);
    d1.intoArray(to, place + 1 * N);
    d2.intoArray(to, place + 2 * N);
    d3.intoArray(to, place + 3 * N);
    d4.intoArray(to, place + 4 * N);
    d5.intoArray(to, place + 5 * N);
    d6.intoArray(to, place + 6 * N);
    d7.intoArray(to, place + 7 * N);
  }

  private static void transpose8(int[] from, int at, int stride, int[] to, int place) {
    var low = IntVector.fromArray(LANES, LOW, 0);
    var high = IntVector.fromArray(LANES, HIGH, 0);
    var a0 = IntVector.fromArray(LANES, from, at + 0 * stride);
    var a1 = IntVector.fromArray(LANES, from, at + 1 * stride);
    var a2 = IntVector.fromArray(LANES, from, at + 2 * stride);
    var a3 = IntVector.fromArray(LANES, from, at + 3 * stride);
    var a4 = IntVector.fromArray(LANES, from, at + 4 * stride);
    var a5 = IntVector.fromArray(LANES, from, at + 5 * stride);
    var a6 = IntVector.fromArray(LANES, from, at + 6 * stride);
    var a7 = IntVector.fromArray(LANES, from, at + 7 * stride);
    var b0 = low.selectFrom(a0, a4);
    var b1 = high.selectFrom(a0, a4);
    var b2 = low.selectFrom(a1, a5);
    var b3 = high.selectFrom(a1, a5);
    var b4 = low.selectFrom(a2, a6);
    var b5 = high.selectFrom(a2, a6);
    var b6 = low.selectFrom(a3, a7);
    var b7 = high.selectFrom(a3, a7);
    var c0 = low.selectFrom(b0, b4);
    var c1 = high.selectFrom(b0, b4);
    var c2 = low.selectFrom(b1, b5);
    var c3 = high.selectFrom(b1, b5);
    var c4 = low.selectFrom(b2, b6);
    var c5 = high.selectFrom(b2, b6);
    var c6 = low.selectFrom(b3, b7);
    var c7 = high.selectFrom(b3, b7);
    var d0 = low.selectFrom(c0, c4);
    var d1 = high.selectFrom(c0, c4);
    var d2 = low.selectFrom(c1, c5);
    var d3 = high.selectFrom(c1, c5);
    var d4 = low.selectFrom(c2, c6);
    var d5 = high.selectFrom(c2, c6);
    var d6 = low.selectFrom(c3, c7);
    var d7 = high.selectFrom(c3, c7);
    d0.intoArray(to, place + 0 * N);
    d1.intoArray(to, place + 1 * N);
    d2.intoArray(to, place + 2 * N);
    d3.intoArray(to, place + 3 * N);
    d4.intoArray(to, place + 4 * N);
    d5.intoArray(to, place + 5 * N);
    d6.intoArray(to, place + 6 * N);
    d7.intoArray(to, place + 7 * N);
  }

  private static void transpose4(byte[] from, int at, int stride, int[] to, int place) {
    var low = IntVector.fromArray(LANES, LOW, 0);
    var high = IntVector.fromArray(LANES, HIGH, 0);
    var a0 = ByteVector.fromArray(BYTES, from, at + 0 * stride).reinterpretAsInts();
    var a1 = ByteVector.fromArray(BYTES, from, at + 1 * stride).reinterpretAsInts();
    var a2 = ByteVector.fromArray(BYTES, from, at + 2 * stride).reinterpretAsInts();
    var a3 = ByteVector.fromArray(BYTES, from, at + 3 * stride).reinterpretAsInts();
    var b0 = low.selectFrom(a0, a2);
    var b1 = high.selectFrom(a0, a2);
    var b2 = low.selectFrom(a1, a3);
    var b3 = high.selectFrom(a1, a3);
    var c0 = low.selectFrom(b0, b2);
    var c1 = high.selectFrom(b0, b2);
    var c2 = low.selectFrom(b1, b3);
    var c3 = high.selectFrom(b1, b3);
    c0.intoArray(to, place + 0 * N);
    c1.intoArray(to, place + 1 * N);
    c2.intoArray(to, place + 2 * N);
    c3.intoArray(to, place + 3 * N);
  }

  private static void transpose4(int[] from, int at, int stride, int[] to, int place) {
    var low = IntVector.fromArray(LANES, LOW, 0);
    var high = IntVector.fromArray(LANES, HIGH, 0);
    var a0 = IntVector.fromArray(LANES, from, at + 0 * stride);
    var a1 = IntVector.fromArray(LANES, from, at + 1 * stride);
    var a2 = IntVector.fromArray(LANES, from, at + 2 * stride);
    var a3 = IntVector.fromArray(LANES, from, at + 3 * stride);
    var b0 = low.selectFrom(a0, a2);
    var b1 = high.selectFrom(a0, a2);
    var b2 = low.selectFrom(a1, a3);
    var b3 = high.selectFrom(a1, a3);
    var c0 = low.selectFrom(b0, b2);
    var c1 = high.selectFrom(b0, b2);
    var c2 = low.selectFrom(b1, b3);
    var c3 = high.selectFrom(b1, b3);
    c0.intoArray(to, place + 0 * N);
    c1.intoArray(to, place + 1 * N);
    c2.intoArray(to, place + 2 * N);
    c3.intoArray(to, place + 3 * N);
  }

  private static void compress(int[] s, int o) {
    rounds1And2(s, o);
    rounds3And4(s, o);
    rounds5And6(s, o);
    round7(s, o);
  }

  private static void rounds1And2(int[] s, int o) {
    var v0 = IntVector.fromArray(LANES, s, o + 0 * N);
    var v1 = IntVector.fromArray(LANES, s, o + 1 * N);
    var v2 = IntVector.fromArray(LANES, s, o + 2 * N);
    var v3 = IntVector.fromArray(LANES, s, o + 3 * N);
    var v4 = IntVector.fromArray(LANES, s, o + 4 * N);
    var v5 = IntVector.fromArray(LANES, s, o + 5 * N);
    var v6 = IntVector.fromArray(LANES, s, o + 6 * N);
    var v7 = IntVector.fromArray(LANES, s, o + 7 * N);
    var v8 = IntVector.broadcast(LANES, ScalarBlake3.IV0);
    var v9 = IntVector.broadcast(LANES, ScalarBlake3.IV1);
    var v10 = IntVector.broadcast(LANES, ScalarBlake3.IV2);
    var v11 = IntVector.broadcast(LANES, ScalarBlake3.IV3);
    var v12 = IntVector.fromArray(LANES, s, o + COUNTERS * N);
    var v13 = IntVector.zero(LANES);
    var v14 = IntVector.fromArray(LANES, s, o + LENGTHS * N);
    var v15 = IntVector.fromArray(LANES, s, o + FLAGS * N);
    // round 1
    v0 = v0.add(IntVector.fromArray(LANES, s, o + (MESSAGE + 0) * N)).add(v4);
    v12 = v12.lanewise(VectorOperators.XOR, v0).lanewise(VectorOperators.ROR, 16);
    v8 = v8.add(v12);
    v4 = v4.lanewise(VectorOperators.XOR, v8).lanewise(VectorOperators.ROR, 12);
    v0 = v0.add(IntVector.fromArray(LANES, s, o + (MESSAGE + 1) * N)).add(v4);
    v12 = v12.lanewise(VectorOperators.XOR, v0).lanewise(VectorOperators.ROR, 8);
    v8 = v8.add(v12);
    v4 = v4.lanewise(VectorOperators.XOR, v8).lanewise(VectorOperators.ROR, 7);
    v1 = v1.add(IntVector.fromArray(LANES, s, o + (MESSAGE + 2) * N)).add(v5);
    v13 = v13.lanewise(VectorOperators.XOR, v1).lanewise(VectorOperators.ROR, 16);
    v9 = v9.add(v13);
    v5 = v5.lanewise(VectorOperators.XOR, v9).lanewise(VectorOperators.ROR, 12);
    v1 = v1.add(IntVector.fromArray(LANES, s, o + (MESSAGE + 3) * N)).add(v5);
    v13 = v13.lanewise(VectorOperators.XOR, v1).lanewise(VectorOperators.ROR, 8);
    v9 = v9.add(v13);
    v5 = v5.lanewise(VectorOperators.XOR, v9).lanewise(VectorOperators.ROR, 7);
    v2 = v2.add(IntVector.fromArray(LANES, s, o + (MESSAGE + 4) * N)).add(v6);
    v14 = v14.lanewise(VectorOperators.XOR, v2).lanewise(VectorOperators.ROR, 16);
    v10 = v10.add(v14);
    v6 = v6.lanewise(VectorOperators.XOR, v10).lanewise(VectorOperators.ROR, 12);
    v2 = v2.add(IntVector.fromArray(LANES, s, o + (MESSAGE + 5) * N)).add(v6);
    v14 = v14.lanewise(VectorOperators.XOR, v2).lanewise(VectorOperators.ROR, 8);
    v10 = v10.add(v14);
    v6 = v6.lanewise(VectorOperators.XOR, v10).lanewise(VectorOperators.ROR, 7);
    v3 = v3.add(IntVector.fromArray(LANES, s, o + (MESSAGE + 6) * N)).add(v7);
    v15 = v15.lanewise(VectorOperators.XOR, v3).lanewise(VectorOperators.ROR, 16);
    v11 = v11.add(v15);
    v7 = v7.lanewise(VectorOperators.XOR, v11).lanewise(VectorOperators.ROR, 12);
    v3 = v3.add(IntVector.fromArray(LANES, s, o + (MESSAGE + 7) * N)).add(v7);
    v15 = v15.lanewise(VectorOperators.XOR, v3).lanewise(VectorOperators.ROR, 8);
    v11 = v11.add(v15);
    v7 = v7.lanewise(VectorOperators.XOR, v11).lanewise(VectorOperators.ROR, 7);
    v0 = v0.add(IntVector.fromArray(LANES, s, o + (MESSAGE + 8) * N)).add(v5);
    v15 = v15.lanewise(VectorOperators.XOR, v0).lanewise(VectorOperators.ROR, 16);
    v10 = v10.add(v15);
    v5 = v5.lanewise(VectorOperators.XOR, v10).lanewise(VectorOperators.ROR, 12);
    v0 = v0.add(IntVector.fromArray(LANES, s, o + (MESSAGE + 9) * N)).add(v5);
    v15 = v15.lanewise(VectorOperators.XOR, v0).lanewise(VectorOperators.ROR, 8);
    v10 = v10.add(v15);
    v5 = v5.lanewise(VectorOperators.XOR, v10).lanewise(VectorOperators.ROR, 7);
    v1 = v1.add(IntVector.fromArray(LANES, s, o + (MESSAGE + 10) * N)).add(v6);
    v12 = v12.lanewise(VectorOperators.XOR, v1).lanewise(VectorOperators.ROR, 16);
    v11 = v11.add(v12);
    v6 = v6.lanewise(VectorOperators.XOR, v11).lanewise(VectorOperators.ROR, 12);
    v1 = v1.add(IntVector.fromArray(LANES, s, o + (MESSAGE + 11) * N)).add(v6);
    v12 = v12.lanewise(VectorOperators.XOR, v1).lanewise(VectorOperators.ROR, 8);
    v11 = v11.add(v12);
    v6 = v6.lanewise(VectorOperators.XOR, v11).lanewise(VectorOperators.ROR, 7);
    v2 = v2.add(IntVector.fromArray(LANES, s, o + (MESSAGE + 12) * N)).add(v7);
    v13 = v13.lanewise(VectorOperators.XOR, v2).lanewise(VectorOperators.ROR, 16);
    v8 = v8.add(v13);
    v7 = v7.lanewise(VectorOperators.XOR, v8).lanewise(VectorOperators.ROR, 12);
    v2 = v2.add(IntVector.fromArray(LANES, s, o + (MESSAGE + 13) * N)).add(v7);
    v13 = v13.lanewise(VectorOperators.XOR, v2).lanewise(VectorOperators.ROR, 8);
    v8 = v8.add(v13);
    v7 = v7.lanewise(VectorOperators.XOR, v8).lanewise(VectorOperators.ROR, 7);
    v3 = v3.add(IntVector.fromArray(LANES, s, o + (MESSAGE + 14) * N)).add(v4);
    v14 = v14.lanewise(VectorOperators.XOR, v3).lanewise(VectorOperators.ROR, 16);
    v9 = v9.add(v14);
    v4 = v4.lanewise(VectorOperators.XOR, v9).lanewise(VectorOperators.ROR, 12);
    v3 = v3.add(IntVector.fromArray(LANES, s, o + (MESSAGE + 15) * N)).add(v4);
    v14 = v14.lanewise(VectorOperators.XOR, v3).lanewise(VectorOperators.ROR, 8);
    v9 = v9.add(v14);
    v4 = v4.lanewise(VectorOperators.XOR, v9).lanewise(VectorOperators.ROR, 7);
    // round 2
    v0 = v0.add(IntVector.fromArray(LANES, s, o + (MESSAGE + 2) * N)).add(v4);
    v12 = v12.lanewise(VectorOperators.XOR, v0).lanewise(VectorOperators.ROR, 16);
    v8 = v8.add(v12);
    v4 = v4.lanewise(VectorOperators.XOR, v8).lanewise(VectorOperators.ROR, 12);
    v0 = v0.add(IntVector.fromArray(LANES, s, o + (MESSAGE + 6) * N)).add(v4);
    v12 = v12.lanewise(VectorOperators.XOR, v0).lanewise(VectorOperators.ROR, 8);
    v8 = v8.add(v12);
    v4 = v4.lanewise(VectorOperators.XOR, v8).lanewise(VectorOperators.ROR, 7);
    v1 = v1.add(IntVector.fromArray(LANES, s, o + (MESSAGE + 3) * N)).add(v5);
    v13 = v13.lanewise(VectorOperators.XOR, v1).lanewise(VectorOperators.ROR, 16);
    v9 = v9.add(v13);
    v5 = v5.lanewise(VectorOperators.XOR, v9).lanewise(VectorOperators.ROR, 12);
    v1 = v1.add(IntVector.fromArray(LANES, s, o + (MESSAGE + 10) * N)).add(v5);
    v13 = v13.lanewise(VectorOperators.XOR, v1).lanewise(VectorOperators.ROR, 8);
    v9 = v9.add(v13);
    v5 = v5.lanewise(VectorOperators.XOR, v9).lanewise(VectorOperators.ROR, 7);
    v2 = v2.add(IntVector.fromArray(LANES, s, o + (MESSAGE + 7) * N)).add(v6);
    v14 = v14.lanewise(VectorOperators.XOR, v2).lanewise(VectorOperators.ROR, 16);
    v10 = v10.add(v14);
    v6 = v6.lanewise(VectorOperators.XOR, v10).lanewise(VectorOperators.ROR, 12);
    v2 = v2.add(IntVector.fromArray(LANES, s, o + (MESSAGE + 0) * N)).add(v6);
    v14 = v14.lanewise(VectorOperators.XOR, v2).lanewise(VectorOperators.ROR, 8);
    v10 = v10.add(v14);
    v6 = v6.lanewise(VectorOperators.XOR, v10).lanewise(VectorOperators.ROR, 7);
    v3 = v3.add(IntVector.fromArray(LANES, s, o + (MESSAGE + 4) * N)).add(v7);
    v15 = v15.lanewise(VectorOperators.XOR, v3).lanewise(VectorOperators.ROR, 16);
    v11 = v11.add(v15);
    v7 = v7.lanewise(VectorOperators.XOR, v11).lanewise(VectorOperators.ROR, 12);
    v3 = v3.add(IntVector.fromArray(LANES, s, o + (MESSAGE + 13) * N)).add(v7);
    v15 = v15.lanewise(VectorOperators.XOR, v3).lanewise(VectorOperators.ROR, 8);
    v11 = v11.add(v15);
    v7 = v7.lanewise(VectorOperators.XOR, v11).lanewise(VectorOperators.ROR, 7);
    v0 = v0.add(IntVector.fromArray(LANES, s, o + (MESSAGE + 1) * N)).add(v5);
    v15 = v15.lanewise(VectorOperators.XOR, v0).lanewise(VectorOperators.ROR, 16);
    v10 = v10.add(v15);
    v5 = v5.lanewise(VectorOperators.XOR, v10).lanewise(VectorOperators.ROR, 12);
    v0 = v0.add(IntVector.fromArray(LANES, s, o + (MESSAGE + 11) * N)).add(v5);
    v15 = v15.lanewise(VectorOperators.XOR, v0).lanewise(VectorOperators.ROR, 8);
    v10 = v10.add(v15);
    v5 = v5.lanewise(VectorOperators.XOR, v10).lanewise(VectorOperators.ROR, 7);
    v1 = v1.add(IntVector.fromArray(LANES, s, o + (MESSAGE + 12) * N)).add(v6);
    v12 = v12.lanewise(VectorOperators.XOR, v1).lanewise(VectorOperators.ROR, 16);
    v11 = v11.add(v12);
    v6 = v6.lanewise(VectorOperators.XOR, v11).lanewise(VectorOperators.ROR, 12);
    v1 = v1.add(IntVector.fromArray(LANES, s, o + (MESSAGE + 5) * N)).add(v6);
    v12 = v12.lanewise(VectorOperators.XOR, v1).lanewise(VectorOperators.ROR, 8);
    v11 = v11.add(v12);
    v6 = v6.lanewise(VectorOperators.XOR, v11).lanewise(VectorOperators.ROR, 7);
    v2 = v2.add(IntVector.fromArray(LANES, s, o + (MESSAGE + 9) * N)).add(v7);
    v13 = v13.lanewise(VectorOperators.XOR, v2).lanewise(VectorOperators.ROR, 16);
    v8 = v8.add(v13);
    v7 = v7.lanewise(VectorOperators.XOR, v8).lanewise(VectorOperators.ROR, 12);
    v2 = v2.add(IntVector.fromArray(LANES, s, o + (MESSAGE + 14) * N)).add(v7);
    v13 = v13.lanewise(VectorOperators.XOR, v2).lanewise(VectorOperators.ROR, 8);
    v8 = v8.add(v13);
    v7 = v7.lanewise(VectorOperators.XOR, v8).lanewise(VectorOperators.ROR, 7);
    v3 = v3.add(IntVector.fromArray(LANES, s, o + (MESSAGE + 15) * N)).add(v4);
    v14 = v14.lanewise(VectorOperators.XOR, v3).lanewise(VectorOperators.ROR, 16);
    v9 = v9.add(v14);
    v4 = v4.lanewise(VectorOperators.XOR, v9).lanewise(VectorOperators.ROR, 12);
    v3 = v3.add(IntVector.fromArray(LANES, s, o + (MESSAGE + 8) * N)).add(v4);
    v14 = v14.lanewise(VectorOperators.XOR, v3).lanewise(VectorOperators.ROR, 8);
    v9 = v9.add(v14);
    v4 = v4.lanewise(VectorOperators.XOR, v9).lanewise(VectorOperators.ROR, 7);
    v0.intoArray(s, o + 0 * N);
    v1.intoArray(s, o + 1 * N);
    v2.intoArray(s, o + 2 * N);
    v3.intoArray(s, o + 3 * N);
    v4.intoArray(s, o + 4 * N);
    v5.intoArray(s, o + 5 * N);
    v6.intoArray(s, o + 6 * N);
    v7.intoArray(s, o + 7 * N);
    v8.intoArray(s, o + 9 * N);
    v9.intoArray(s, o + 10 * N);
    v10.intoArray(s, o + 11 * N);
    v11.intoArray(s, o + 12 * N);
    v12.intoArray(s, o + 13 * N);
    v13.intoArray(s, o + 14 * N);
    v14.intoArray(s, o + 15 * N);
    v15.intoArray(s, o + 16 * N);
  }

  private static void rounds3And4(int[] s, int o) {
    var v0 = IntVector.fromArray(LANES, s, o + 0 * N);
    var v1 = IntVector.fromArray(LANES, s, o + 1 * N);
    var v2 = IntVector.fromArray(LANES, s, o + 2 * N);
    var v3 = IntVector.fromArray(LANES, s, o + 3 * N);
    var v4 = IntVector.fromArray(LANES, s, o + 4 * N);
    var v5 = IntVector.fromArray(LANES, s, o + 5 * N);
    var v6 = IntVector.fromArray(LANES, s, o + 6 * N);
    var v7 = IntVector.fromArray(LANES, s, o + 7 * N);
    var v8 = IntVector.fromArray(LANES, s, o + 9 * N);
    var v9 = IntVector.fromArray(LANES, s, o + 10 * N);
    var v10 = IntVector.fromArray(LANES, s, o + 11 * N);
    var v11 = IntVector.fromArray(LANES, s, o + 12 * N);
    var v12 = IntVector.fromArray(LANES, s, o + 13 * N);
    var v13 = IntVector.fromArray(LANES, s, o + 14 * N);
    var v14 = IntVector.fromArray(LANES, s, o + 15 * N);
    var v15 = IntVector.fromArray(LANES, s, o + 16 * N);
    // round 3
    v0 = v0.add(IntVector.fromArray(LANES, s, o + (MESSAGE + 3) * N)).add(v4);
    v12 = v12.lanewise(VectorOperators.XOR, v0).lanewise(VectorOperators.ROR, 16);
    v8 = v8.add(v12);
    v4 = v4.lanewise(VectorOperators.XOR, v8).lanewise(VectorOperators.ROR, 12);
    v0 = v0.add(IntVector.fromArray(LANES, s, o + (MESSAGE + 4) * N)).add(v4);
    v12 = v12.lanewise(VectorOperators.XOR, v0).lanewise(VectorOperators.ROR, 8);
    v8 = v8.add(v12);
    v4 = v4.lanewise(VectorOperators.XOR, v8).lanewise(VectorOperators.ROR, 7);
    v1 = v1.add(IntVector.fromArray(LANES, s, o + (MESSAGE + 10) * N)).add(v5);
    v13 = v13.lanewise(VectorOperators.XOR, v1).lanewise(VectorOperators.ROR, 16);
    v9 = v9.add(v13);
    v5 = v5.lanewise(VectorOperators.XOR, v9).lanewise(VectorOperators.ROR, 12);
    v1 = v1.add(IntVector.fromArray(LANES, s, o + (MESSAGE + 12) * N)).add(v5);
    v13 = v13.lanewise(VectorOperators.XOR, v1).lanewise(VectorOperators.ROR, 8);
    v9 = v9.add(v13);
    v5 = v5.lanewise(VectorOperators.XOR, v9).lanewise(VectorOperators.ROR, 7);
    v2 = v2.add(IntVector.fromArray(LANES, s, o + (MESSAGE + 13) * N)).add(v6);
    v14 = v14.lanewise(VectorOperators.XOR, v2).lanewise(VectorOperators.ROR, 16);
    v10 = v10.add(v14);
    v6 = v6.lanewise(VectorOperators.XOR, v10).lanewise(VectorOperators.ROR, 12);
    v2 = v2.add(IntVector.fromArray(LANES, s, o + (MESSAGE + 2) * N)).add(v6);
    v14 = v14.lanewise(VectorOperators.XOR, v2).lanewise(VectorOperators.ROR, 8);
    v10 = v10.add(v14);
    v6 = v6.lanewise(VectorOperators.XOR, v10).lanewise(VectorOperators.ROR, 7);
    v3 = v3.add(IntVector.fromArray(LANES, s, o + (MESSAGE + 7) * N)).add(v7);
    v15 = v15.lanewise(VectorOperators.XOR, v3).lanewise(VectorOperators.ROR, 16);
    v11 = v11.add(v15);
    v7 = v7.lanewise(VectorOperators.XOR, v11).lanewise(VectorOperators.ROR, 12);
    v3 = v3.add(IntVector.fromArray(LANES, s, o + (MESSAGE + 14) * N)).add(v7);
    v15 = v15.lanewise(VectorOperators.XOR, v3).lanewise(VectorOperators.ROR, 8);
    v11 = v11.add(v15);
    v7 = v7.lanewise(VectorOperators.XOR, v11).lanewise(VectorOperators.ROR, 7);
    v0 = v0.add(IntVector.fromArray(LANES, s, o + (MESSAGE + 6) * N)).add(v5);
    v15 = v15.lanewise(VectorOperators.XOR, v0).lanewise(VectorOperators.ROR, 16);
    v10 = v10.add(v15);
    v5 = v5.lanewise(VectorOperators.XOR, v10).lanewise(VectorOperators.ROR, 12);
    v0 = v0.add(IntVector.fromArray(LANES, s, o + (MESSAGE + 5) * N)).add(v5);
    v15 = v15.lanewise(VectorOperators.XOR, v0).lanewise(VectorOperators.ROR, 8);
    v10 = v10.add(v15);
    v5 = v5.lanewise(VectorOperators.XOR, v10).lanewise(VectorOperators.ROR, 7);
    v1 = v1.add(IntVector.fromArray(LANES, s, o + (MESSAGE + 9) * N)).add(v6);
    v12 = v12.lanewise(VectorOperators.XOR, v1).lanewise(VectorOperators.ROR, 16);
    v11 = v11.add(v12);
    v6 = v6.lanewise(VectorOperators.XOR, v11).lanewise(VectorOperators.ROR, 12);
    v1 = v1.add(IntVector.fromArray(LANES, s, o + (MESSAGE + 0) * N)).add(v6);
    v12 = v12.lanewise(VectorOperators.XOR, v1).lanewise(VectorOperators.ROR, 8);
    v11 = v11.add(v12);
    v6 = v6.lanewise(VectorOperators.XOR, v11).lanewise(VectorOperators.ROR, 7);
    v2 = v2.add(IntVector.fromArray(LANES, s, o + (MESSAGE + 11) * N)).add(v7);
    v13 = v13.lanewise(VectorOperators.XOR, v2).lanewise(VectorOperators.ROR, 16);
    v8 = v8.add(v13);
    v7 = v7.lanewise(VectorOperators.XOR, v8).lanewise(VectorOperators.ROR, 12);
    v2 = v2.add(IntVector.fromArray(LANES, s, o + (MESSAGE + 15) * N)).add(v7);
    v13 = v13.lanewise(VectorOperators.XOR, v2).lanewise(VectorOperators.ROR, 8);
    v8 = v8.add(v13);
    v7 = v7.lanewise(VectorOperators.XOR, v8).lanewise(VectorOperators.ROR, 7);
    v3 = v3.add(IntVector.fromArray(LANES, s, o + (MESSAGE + 8) * N)).add(v4);
    v14 = v14.lanewise(VectorOperators.XOR, v3).lanewise(VectorOperators.ROR, 16);
    v9 = v9.add(v14);
    v4 = v4.lanewise(VectorOperators.XOR, v9).lanewise(VectorOperators.ROR, 12);
    v3 = v3.add(IntVector.fromArray(LANES, s, o + (MESSAGE + 1) * N)).add(v4);
    v14 = v14.lanewise(VectorOperators.XOR, v3).lanewise(VectorOperators.ROR, 8);
    v9 = v9.add(v14);
    v4 = v4.lanewise(VectorOperators.XOR, v9).lanewise(VectorOperators.ROR, 7);
    // round 4
    v0 = v0.add(IntVector.fromArray(LANES, s, o + (MESSAGE + 10) * N)).add(v4);
    v12 = v12.lanewise(VectorOperators.XOR, v0).lanewise(VectorOperators.ROR, 16);
    v8 = v8.add(v12);
    v4 = v4.lanewise(VectorOperators.XOR, v8).lanewise(VectorOperators.ROR, 12);
    v0 = v0.add(IntVector.fromArray(LANES, s, o + (MESSAGE + 7) * N)).add(v4);
    v12 = v12.lanewise(VectorOperators.XOR, v0).lanewise(VectorOperators.ROR, 8);
    v8 = v8.add(v12);
    v4 = v4.lanewise(VectorOperators.XOR, v8).lanewise(VectorOperators.ROR, 7);
    v1 = v1.add(IntVector.fromArray(LANES, s, o + (MESSAGE + 12) * N)).add(v5);
    v13 = v13.lanewise(VectorOperators.XOR, v1).lanewise(VectorOperators.ROR, 16);
    v9 = v9.add(v13);
    v5 = v5.lanewise(VectorOperators.XOR, v9).lanewise(VectorOperators.ROR, 12);
    v1 = v1.add(IntVector.fromArray(LANES, s, o + (MESSAGE + 9) * N)).add(v5);
    v13 = v13.lanewise(VectorOperators.XOR, v1).lanewise(VectorOperators.ROR, 8);
    v9 = v9.add(v13);
    v5 = v5.lanewise(VectorOperators.XOR, v9).lanewise(VectorOperators.ROR, 7);
    v2 = v2.add(IntVector.fromArray(LANES, s, o + (MESSAGE + 14) * N)).add(v6);
    v14 = v14.lanewise(VectorOperators.XOR, v2).lanewise(VectorOperators.ROR, 16);
    v10 = v10.add(v14);
    v6 = v6.lanewise(VectorOperators.XOR, v10).lanewise(VectorOperators.ROR, 12);
    v2 = v2.add(IntVector.fromArray(LANES, s, o + (MESSAGE + 3) * N)).add(v6);
    v14 = v14.lanewise(VectorOperators.XOR, v2).lanewise(VectorOperators.ROR, 8);
    v10 = v10.add(v14);
    v6 = v6.lanewise(VectorOperators.XOR, v10).lanewise(VectorOperators.ROR, 7);
    v3 = v3.add(IntVector.fromArray(LANES, s, o + (MESSAGE + 13) * N)).add(v7);
    v15 = v15.lanewise(VectorOperators.XOR, v3).lanewise(VectorOperators.ROR, 16);
    v11 = v11.add(v15);
    v7 = v7.lanewise(VectorOperators.XOR, v11).lanewise(VectorOperators.ROR, 12);
    v3 = v3.add(IntVector.fromArray(LANES, s, o + (MESSAGE + 15) * N)).add(v7);
    v15 = v15.lanewise(VectorOperators.XOR, v3).lanewise(VectorOperators.ROR, 8);
    v11 = v11.add(v15);
    v7 = v7.lanewise(VectorOperators.XOR, v11).lanewise(VectorOperators.ROR, 7);
    v0 = v0.add(IntVector.fromArray(LANES, s, o + (MESSAGE + 4) * N)).add(v5);
    v15 = v15.lanewise(VectorOperators.XOR, v0).lanewise(VectorOperators.ROR, 16);
    v10 = v10.add(v15);
    v5 = v5.lanewise(VectorOperators.XOR, v10).lanewise(VectorOperators.ROR, 12);
    v0 = v0.add(IntVector.fromArray(LANES, s, o + (MESSAGE + 0) * N)).add(v5);
    v15 = v15.lanewise(VectorOperators.XOR, v0).lanewise(VectorOperators.ROR, 8);
    v10 = v10.add(v15);
    v5 = v5.lanewise(VectorOperators.XOR, v10).lanewise(VectorOperators.ROR, 7);
    v1 = v1.add(IntVector.fromArray(LANES, s, o + (MESSAGE + 11) * N)).add(v6);
    v12 = v12.lanewise(VectorOperators.XOR, v1).lanewise(VectorOperators.ROR, 16);
    v11 = v11.add(v12);
    v6 = v6.lanewise(VectorOperators.XOR, v11).lanewise(VectorOperators.ROR, 12);
    v1 = v1.add(IntVector.fromArray(LANES, s, o + (MESSAGE + 2) * N)).add(v6);
    v12 = v12.lanewise(VectorOperators.XOR, v1).lanewise(VectorOperators.ROR, 8);
    v11 = v11.add(v12);
    v6 = v6.lanewise(VectorOperators.XOR, v11).lanewise(VectorOperators.ROR, 7);
    v2 = v2.add(IntVector.fromArray(LANES, s, o + (MESSAGE + 5) * N)).add(v7);
    v13 = v13.lanewise(VectorOperators.XOR, v2).lanewise(VectorOperators.ROR, 16);
    v8 = v8.add(v13);
    v7 = v7.lanewise(VectorOperators.XOR, v8).lanewise(VectorOperators.ROR, 12);
    v2 = v2.add(IntVector.fromArray(LANES, s, o + (MESSAGE + 8) * N)).add(v7);
    v13 = v13.lanewise(VectorOperators.XOR, v2).lanewise(VectorOperators.ROR, 8);
    v8 = v8.add(v13);
    v7 = v7.lanewise(VectorOperators.XOR, v8).lanewise(VectorOperators.ROR, 7);
    v3 = v3.add(IntVector.fromArray(LANES, s, o + (MESSAGE + 1) * N)).add(v4);
    v14 = v14.lanewise(VectorOperators.XOR, v3).lanewise(VectorOperators.ROR, 16);
    v9 = v9.add(v14);
    v4 = v4.lanewise(VectorOperators.XOR, v9).lanewise(VectorOperators.ROR, 12);
    v3 = v3.add(IntVector.fromArray(LANES, s, o + (MESSAGE + 6) * N)).add(v4);
    v14 = v14.lanewise(VectorOperators.XOR, v3).lanewise(VectorOperators.ROR, 8);
    v9 = v9.add(v14);
    v4 = v4.lanewise(VectorOperators.XOR, v9).lanewise(VectorOperators.ROR, 7);
    v0.intoArray(s, o + 0 * N);
    v1.intoArray(s, o + 1 * N);
    v2.intoArray(s, o + 2 * N);
    v3.intoArray(s, o + 3 * N);
    v4.intoArray(s, o + 4 * N);
    v5.intoArray(s, o + 5 * N);
    v6.intoArray(s, o + 6 * N);
    v7.intoArray(s, o + 7 * N);
    v8.intoArray(s, o + 9 * N);
    v9.intoArray(s, o + 10 * N);
    v10.intoArray(s, o + 11 * N);
    v11.intoArray(s, o + 12 * N);
    v12.intoArray(s, o + 13 * N);
    v13.intoArray(s, o + 14 * N);
    v14.intoArray(s, o + 15 * N);
    v15.intoArray(s, o + 16 * N);
  }

  private static void rounds5And6(int[] s, int o) {
    var v0 = IntVector.fromArray(LANES, s, o + 0 * N);
    var v1 = IntVector.fromArray(LANES, s, o + 1 * N);
    var v2 = IntVector.fromArray(LANES, s, o + 2 * N);
    var v3 = IntVector.fromArray(LANES, s, o + 3 * N);
    var v4 = IntVector.fromArray(LANES, s, o + 4 * N);
    var v5 = IntVector.fromArray(LANES, s, o + 5 * N);
    var v6 = IntVector.fromArray(LANES, s, o + 6 * N);
    var v7 = IntVector.fromArray(LANES, s, o + 7 * N);
    var v8 = IntVector.fromArray(LANES, s, o + 9 * N);
    var v9 = IntVector.fromArray(LANES, s, o + 10 * N);
    var v10 = IntVector.fromArray(LANES, s, o + 11 * N);
    var v11 = IntVector.fromArray(LANES, s, o + 12 * N);
    var v12 = IntVector.fromArray(LANES, s, o + 13 * N);
    var v13 = IntVector.fromArray(LANES, s, o + 14 * N);
    var v14 = IntVector.fromArray(LANES, s, o + 15 * N);
    var v15 = IntVector.fromArray(LANES, s, o + 16 * N);
    // round 5
    v0 = v0.add(IntVector.fromArray(LANES, s, o + (MESSAGE + 12) * N)).add(v4);
    v12 = v12.lanewise(VectorOperators.XOR, v0).lanewise(VectorOperators.ROR, 16);
    v8 = v8.add(v12);
    v4 = v4.lanewise(VectorOperators.XOR, v8).lanewise(VectorOperators.ROR, 12);
    v0 = v0.add(IntVector.fromArray(LANES, s, o + (MESSAGE + 13) * N)).add(v4);
    v12 = v12.lanewise(VectorOperators.XOR, v0).lanewise(VectorOperators.ROR, 8);
    v8 = v8.add(v12);
    v4 = v4.lanewise(VectorOperators.XOR, v8).lanewise(VectorOperators.ROR, 7);
    v1 = v1.add(IntVector.fromArray(LANES, s, o + (MESSAGE + 9) * N)).add(v5);
    v13 = v13.lanewise(VectorOperators.XOR, v1).lanewise(VectorOperators.ROR, 16);
    v9 = v9.add(v13);
    v5 = v5.lanewise(VectorOperators.XOR, v9).lanewise(VectorOperators.ROR, 12);
    v1 = v1.add(IntVector.fromArray(LANES, s, o + (MESSAGE + 11) * N)).add(v5);
    v13 = v13.lanewise(VectorOperators.XOR, v1).lanewise(VectorOperators.ROR, 8);
    v9 = v9.add(v13);
    v5 = v5.lanewise(VectorOperators.XOR, v9).lanewise(VectorOperators.ROR, 7);
    v2 = v2.add(IntVector.fromArray(LANES, s, o + (MESSAGE + 15) * N)).add(v6);
    v14 = v14.lanewise(VectorOperators.XOR, v2).lanewise(VectorOperators.ROR, 16);
    v10 = v10.add(v14);
    v6 = v6.lanewise(VectorOperators.XOR, v10).lanewise(VectorOperators.ROR, 12);
    v2 = v2.add(IntVector.fromArray(LANES, s, o + (MESSAGE + 10) * N)).add(v6);
    v14 = v14.lanewise(VectorOperators.XOR, v2).lanewise(VectorOperators.ROR, 8);
    v10 = v10.add(v14);
    v6 = v6.lanewise(VectorOperators.XOR, v10).lanewise(VectorOperators.ROR, 7);
    v3 = v3.add(IntVector.fromArray(LANES, s, o + (MESSAGE + 14) * N)).add(v7);
    v15 = v15.lanewise(VectorOperators.XOR, v3).lanewise(VectorOperators.ROR, 16);
    v11 = v11.add(v15);
    v7 = v7.lanewise(VectorOperators.XOR, v11).lanewise(VectorOperators.ROR, 12);
    v3 = v3.add(IntVector.fromArray(LANES, s, o + (MESSAGE + 8) * N)).add(v7);
    v15 = v15.lanewise(VectorOperators.XOR, v3).lanewise(VectorOperators.ROR, 8);
    v11 = v11.add(v15);
    v7 = v7.lanewise(VectorOperators.XOR, v11).lanewise(VectorOperators.ROR, 7);
    v0 = v0.add(IntVector.fromArray(LANES, s, o + (MESSAGE + 7) * N)).add(v5);
    v15 = v15.lanewise(VectorOperators.XOR, v0).lanewise(VectorOperators.ROR, 16);
    v10 = v10.add(v15);
    v5 = v5.lanewise(VectorOperators.XOR, v10).lanewise(VectorOperators.ROR, 12);
    v0 = v0.add(IntVector.fromArray(LANES, s, o + (MESSAGE + 2) * N)).add(v5);
    v15 = v15.lanewise(VectorOperators.XOR, v0).lanewise(VectorOperators.ROR, 8);
    v10 = v10.add(v15);
    v5 = v5.lanewise(VectorOperators.XOR, v10).lanewise(VectorOperators.ROR, 7);
    v1 = v1.add(IntVector.fromArray(LANES, s, o + (MESSAGE + 5) * N)).add(v6);
    v12 = v12.lanewise(VectorOperators.XOR, v1).lanewise(VectorOperators.ROR, 16);
    v11 = v11.add(v12);
    v6 = v6.lanewise(VectorOperators.XOR, v11).lanewise(VectorOperators.ROR, 12);
    v1 = v1.add(IntVector.fromArray(LANES, s, o + (MESSAGE + 3) * N)).add(v6);
    v12 = v12.lanewise(VectorOperators.XOR, v1).lanewise(VectorOperators.ROR, 8);
    v11 = v11.add(v12);
    v6 = v6.lanewise(VectorOperators.XOR, v11).lanewise(VectorOperators.ROR, 7);
    v2 = v2.add(IntVector.fromArray(LANES, s, o + (MESSAGE + 0) * N)).add(v7);
    v13 = v13.lanewise(VectorOperators.XOR, v2).lanewise(VectorOperators.ROR, 16);
    v8 = v8.add(v13);
    v7 = v7.lanewise(VectorOperators.XOR, v8).lanewise(VectorOperators.ROR, 12);
    v2 = v2.add(IntVector.fromArray(LANES, s, o + (MESSAGE + 1) * N)).add(v7);
    v13 = v13.lanewise(VectorOperators.XOR, v2).lanewise(VectorOperators.ROR, 8);
    v8 = v8.add(v13);
    v7 = v7.lanewise(VectorOperators.XOR, v8).lanewise(VectorOperators.ROR, 7);
    v3 = v3.add(IntVector.fromArray(LANES, s, o + (MESSAGE + 6) * N)).add(v4);
    v14 = v14.lanewise(VectorOperators.XOR, v3).lanewise(VectorOperators.ROR, 16);
    v9 = v9.add(v14);
    v4 = v4.lanewise(VectorOperators.XOR, v9).lanewise(VectorOperators.ROR, 12);
    v3 = v3.add(IntVector.fromArray(LANES, s, o + (MESSAGE + 4) * N)).add(v4);
    v14 = v14.lanewise(VectorOperators.XOR, v3).lanewise(VectorOperators.ROR, 8);
    v9 = v9.add(v14);
    v4 = v4.lanewise(VectorOperators.XOR, v9).lanewise(VectorOperators.ROR, 7);
    // round 6
    v0 = v0.add(IntVector.fromArray(LANES, s, o + (MESSAGE + 9) * N)).add(v4);
    v12 = v12.lanewise(VectorOperators.XOR, v0).lanewise(VectorOperators.ROR, 16);
    v8 = v8.add(v12);
    v4 = v4.lanewise(VectorOperators.XOR, v8).lanewise(VectorOperators.ROR, 12);
    v0 = v0.add(IntVector.fromArray(LANES, s, o + (MESSAGE + 14) * N)).add(v4);
    v12 = v12.lanewise(VectorOperators.XOR, v0).lanewise(VectorOperators.ROR, 8);
    v8 = v8.add(v12);
    v4 = v4.lanewise(VectorOperators.XOR, v8).lanewise(VectorOperators.ROR, 7);
    v1 = v1.add(IntVector.fromArray(LANES, s, o + (MESSAGE + 11) * N)).add(v5);
    v13 = v13.lanewise(VectorOperators.XOR, v1).lanewise(VectorOperators.ROR, 16);
    v9 = v9.add(v13);
    v5 = v5.lanewise(VectorOperators.XOR, v9).lanewise(VectorOperators.ROR, 12);
    v1 = v1.add(IntVector.fromArray(LANES, s, o + (MESSAGE + 5) * N)).add(v5);
    v13 = v13.lanewise(VectorOperators.XOR, v1).lanewise(VectorOperators.ROR, 8);
    v9 = v9.add(v13);
    v5 = v5.lanewise(VectorOperators.XOR, v9).lanewise(VectorOperators.ROR, 7);
    v2 = v2.add(IntVector.fromArray(LANES, s, o + (MESSAGE + 8) * N)).add(v6);
    v14 = v14.lanewise(VectorOperators.XOR, v2).lanewise(VectorOperators.ROR, 16);
    v10 = v10.add(v14);
    v6 = v6.lanewise(VectorOperators.XOR, v10).lanewise(VectorOperators.ROR, 12);
    v2 = v2.add(IntVector.fromArray(LANES, s, o + (MESSAGE + 12) * N)).add(v6);
    v14 = v14.lanewise(VectorOperators.XOR, v2).lanewise(VectorOperators.ROR, 8);
    v10 = v10.add(v14);
    v6 = v6.lanewise(VectorOperators.XOR, v10).lanewise(VectorOperators.ROR, 7);
    v3 = v3.add(IntVector.fromArray(LANES, s, o + (MESSAGE + 15) * N)).add(v7);
    v15 = v15.lanewise(VectorOperators.XOR, v3).lanewise(VectorOperators.ROR, 16);
    v11 = v11.add(v15);
    v7 = v7.lanewise(VectorOperators.XOR, v11).lanewise(VectorOperators.ROR, 12);
    v3 = v3.add(IntVector.fromArray(LANES, s, o + (MESSAGE + 1) * N)).add(v7);
    v15 = v15.lanewise(VectorOperators.XOR, v3).lanewise(VectorOperators.ROR, 8);
    v11 = v11.add(v15);
    v7 = v7.lanewise(VectorOperators.XOR, v11).lanewise(VectorOperators.ROR, 7);
    v0 = v0.add(IntVector.fromArray(LANES, s, o + (MESSAGE + 13) * N)).add(v5);
    v15 = v15.lanewise(VectorOperators.XOR, v0).lanewise(VectorOperators.ROR, 16);
    v10 = v10.add(v15);
    v5 = v5.lanewise(VectorOperators.XOR, v10).lanewise(VectorOperators.ROR, 12);
    v0 = v0.add(IntVector.fromArray(LANES, s, o + (MESSAGE + 3) * N)).add(v5);
    v15 = v15.lanewise(VectorOperators.XOR, v0).lanewise(VectorOperators.ROR, 8);
    v10 = v10.add(v15);
    v5 = v5.lanewise(VectorOperators.XOR, v10).lanewise(VectorOperators.ROR, 7);
    v1 = v1.add(IntVector.fromArray(LANES, s, o + (MESSAGE + 0) * N)).add(v6);
    v12 = v12.lanewise(VectorOperators.XOR, v1).lanewise(VectorOperators.ROR, 16);
    v11 = v11.add(v12);
    v6 = v6.lanewise(VectorOperators.XOR, v11).lanewise(VectorOperators.ROR, 12);
    v1 = v1.add(IntVector.fromArray(LANES, s, o + (MESSAGE + 10) * N)).add(v6);
    v12 = v12.lanewise(VectorOperators.XOR, v1).lanewise(VectorOperators.ROR, 8);
    v11 = v11.add(v12);
    v6 = v6.lanewise(VectorOperators.XOR, v11).lanewise(VectorOperators.ROR, 7);
    v2 = v2.add(IntVector.fromArray(LANES, s, o + (MESSAGE + 2) * N)).add(v7);
    v13 = v13.lanewise(VectorOperators.XOR, v2).lanewise(VectorOperators.ROR, 16);
    v8 = v8.add(v13);
    v7 = v7.lanewise(VectorOperators.XOR, v8).lanewise(VectorOperators.ROR, 12);
    v2 = v2.add(IntVector.fromArray(LANES, s, o + (MESSAGE + 6) * N)).add(v7);
    v13 = v13.lanewise(VectorOperators.XOR, v2).lanewise(VectorOperators.ROR, 8);
    v8 = v8.add(v13);
    v7 = v7.lanewise(VectorOperators.XOR, v8).lanewise(VectorOperators.ROR, 7);
    v3 = v3.add(IntVector.fromArray(LANES, s, o + (MESSAGE + 4) * N)).add(v4);
    v14 = v14.lanewise(VectorOperators.XOR, v3).lanewise(VectorOperators.ROR, 16);
    v9 = v9.add(v14);
    v4 = v4.lanewise(VectorOperators.XOR, v9).lanewise(VectorOperators.ROR, 12);
    v3 = v3.add(IntVector.fromArray(LANES, s, o + (MESSAGE + 7) * N)).add(v4);
    v14 = v14.lanewise(VectorOperators.XOR, v3).lanewise(VectorOperators.ROR, 8);
    v9 = v9.add(v14);
    v4 = v4.lanewise(VectorOperators.XOR, v9).lanewise(VectorOperators.ROR, 7);
    v0.intoArray(s, o + 0 * N);
    v1.intoArray(s, o + 1 * N);
    v2.intoArray(s, o + 2 * N);
    v3.intoArray(s, o + 3 * N);
    v4.intoArray(s, o + 4 * N);
    v5.intoArray(s, o + 5 * N);
    v6.intoArray(s, o + 6 * N);
    v7.intoArray(s, o + 7 * N);
    v8.intoArray(s, o + 9 * N);
    v9.intoArray(s, o + 10 * N);
    v10.intoArray(s, o + 11 * N);
    v11.intoArray(s, o + 12 * N);
    v12.intoArray(s, o + 13 * N);
    v13.intoArray(s, o + 14 * N);
    v14.intoArray(s, o + 15 * N);
    v15.intoArray(s, o + 16 * N);
  }

  private static void round7(int[] s, int o) {
    var v0 = IntVector.fromArray(LANES, s, o + 0 * N);
    var v1 = IntVector.fromArray(LANES, s, o + 1 * N);
    var v2 = IntVector.fromArray(LANES, s, o + 2 * N);
    var v3 = IntVector.fromArray(LANES, s, o + 3 * N);
    var v4 = IntVector.fromArray(LANES, s, o + 4 * N);
    var v5 = IntVector.fromArray(LANES, s, o + 5 * N);
    var v6 = IntVector.fromArray(LANES, s, o + 6 * N);
    var v7 = IntVector.fromArray(LANES, s, o + 7 * N);
    var v8 = IntVector.fromArray(LANES, s, o + 9 * N);
    var v9 = IntVector.fromArray(LANES, s, o + 10 * N);
    var v10 = IntVector.fromArray(LANES, s, o + 11 * N);
    var v11 = IntVector.fromArray(LANES, s, o + 12 * N);
    var v12 = IntVector.fromArray(LANES, s, o + 13 * N);
    var v13 = IntVector.fromArray(LANES, s, o + 14 * N);
    var v14 = IntVector.fromArray(LANES, s, o + 15 * N);
    var v15 = IntVector.fromArray(LANES, s, o + 16 * N);
    // round 7
    v0 = v0.add(IntVector.fromArray(LANES, s, o + (MESSAGE + 11) * N)).add(v4);
    v12 = v12.lanewise(VectorOperators.XOR, v0).lanewise(VectorOperators.ROR, 16);
    v8 = v8.add(v12);
    v4 = v4.lanewise(VectorOperators.XOR, v8).lanewise(VectorOperators.ROR, 12);
    v0 = v0.add(IntVector.fromArray(LANES, s, o + (MESSAGE + 15) * N)).add(v4);
    v12 = v12.lanewise(VectorOperators.XOR, v0).lanewise(VectorOperators.ROR, 8);
    v8 = v8.add(v12);
    v4 = v4.lanewise(VectorOperators.XOR, v8).lanewise(VectorOperators.ROR, 7);
    v1 = v1.add(IntVector.fromArray(LANES, s, o + (MESSAGE + 5) * N)).add(v5);
    v13 = v13.lanewise(VectorOperators.XOR, v1).lanewise(VectorOperators.ROR, 16);
    v9 = v9.add(v13);
    v5 = v5.lanewise(VectorOperators.XOR, v9).lanewise(VectorOperators.ROR, 12);
    v1 = v1.add(IntVector.fromArray(LANES, s, o + (MESSAGE + 0) * N)).add(v5);
    v13 = v13.lanewise(VectorOperators.XOR, v1).lanewise(VectorOperators.ROR, 8);
    v9 = v9.add(v13);
    v5 = v5.lanewise(VectorOperators.XOR, v9).lanewise(VectorOperators.ROR, 7);
    v2 = v2.add(IntVector.fromArray(LANES, s, o + (MESSAGE + 1) * N)).add(v6);
    v14 = v14.lanewise(VectorOperators.XOR, v2).lanewise(VectorOperators.ROR, 16);
    v10 = v10.add(v14);
    v6 = v6.lanewise(VectorOperators.XOR, v10).lanewise(VectorOperators.ROR, 12);
    v2 = v2.add(IntVector.fromArray(LANES, s, o + (MESSAGE + 9) * N)).add(v6);
    v14 = v14.lanewise(VectorOperators.XOR, v2).lanewise(VectorOperators.ROR, 8);
    v10 = v10.add(v14);
    v6 = v6.lanewise(VectorOperators.XOR, v10).lanewise(VectorOperators.ROR, 7);
    v3 = v3.add(IntVector.fromArray(LANES, s, o + (MESSAGE + 8) * N)).add(v7);
    v15 = v15.lanewise(VectorOperators.XOR, v3).lanewise(VectorOperators.ROR, 16);
    v11 = v11.add(v15);
    v7 = v7.lanewise(VectorOperators.XOR, v11).lanewise(VectorOperators.ROR, 12);
    v3 = v3.add(IntVector.fromArray(LANES, s, o + (MESSAGE + 6) * N)).add(v7);
    v15 = v15.lanewise(VectorOperators.XOR, v3).lanewise(VectorOperators.ROR, 8);
    v11 = v11.add(v15);
    v7 = v7.lanewise(VectorOperators.XOR, v11).lanewise(VectorOperators.ROR, 7);
    v0 = v0.add(IntVector.fromArray(LANES, s, o + (MESSAGE + 14) * N)).add(v5);
    v15 = v15.lanewise(VectorOperators.XOR, v0).lanewise(VectorOperators.ROR, 16);
    v10 = v10.add(v15);
    v5 = v5.lanewise(VectorOperators.XOR, v10).lanewise(VectorOperators.ROR, 12);
    v0 = v0.add(IntVector.fromArray(LANES, s, o + (MESSAGE + 10) * N)).add(v5);
    v15 = v15.lanewise(VectorOperators.XOR, v0).lanewise(VectorOperators.ROR, 8);
    v10 = v10.add(v15);
    v5 = v5.lanewise(VectorOperators.XOR, v10).lanewise(VectorOperators.ROR, 7);
    v1 = v1.add(IntVector.fromArray(LANES, s, o + (MESSAGE + 2) * N)).add(v6);
    v12 = v12.lanewise(VectorOperators.XOR, v1).lanewise(VectorOperators.ROR, 16);
    v11 = v11.add(v12);
    v6 = v6.lanewise(VectorOperators.XOR, v11).lanewise(VectorOperators.ROR, 12);
    v1 = v1.add(IntVector.fromArray(LANES, s, o + (MESSAGE + 12) * N)).add(v6);
    v12 = v12.lanewise(VectorOperators.XOR, v1).lanewise(VectorOperators.ROR, 8);
    v11 = v11.add(v12);
    v6 = v6.lanewise(VectorOperators.XOR, v11).lanewise(VectorOperators.ROR, 7);
    v2 = v2.add(IntVector.fromArray(LANES, s, o + (MESSAGE + 3) * N)).add(v7);
    v13 = v13.lanewise(VectorOperators.XOR, v2).lanewise(VectorOperators.ROR, 16);
    v8 = v8.add(v13);
    v7 = v7.lanewise(VectorOperators.XOR, v8).lanewise(VectorOperators.ROR, 12);
    v2 = v2.add(IntVector.fromArray(LANES, s, o + (MESSAGE + 4) * N)).add(v7);
    v13 = v13.lanewise(VectorOperators.XOR, v2).lanewise(VectorOperators.ROR, 8);
    v8 = v8.add(v13);
    v7 = v7.lanewise(VectorOperators.XOR, v8).lanewise(VectorOperators.ROR, 7);
    v3 = v3.add(IntVector.fromArray(LANES, s, o + (MESSAGE + 7) * N)).add(v4);
    v14 = v14.lanewise(VectorOperators.XOR, v3).lanewise(VectorOperators.ROR, 16);
    v9 = v9.add(v14);
    v4 = v4.lanewise(VectorOperators.XOR, v9).lanewise(VectorOperators.ROR, 12);
    v3 = v3.add(IntVector.fromArray(LANES, s, o + (MESSAGE + 13) * N)).add(v4);
    v14 = v14.lanewise(VectorOperators.XOR, v3).lanewise(VectorOperators.ROR, 8);
    v9 = v9.add(v14);
    v4 = v4.lanewise(VectorOperators.XOR, v9).lanewise(VectorOperators.ROR, 7);
    v0.lanewise(VectorOperators.XOR, v8).intoArray(s, o + 0 * N);
    v1.lanewise(VectorOperators.XOR, v9).intoArray(s, o + 1 * N);
    v2.lanewise(VectorOperators.XOR, v10).intoArray(s, o + 2 * N);
    v3.lanewise(VectorOperators.XOR, v11).intoArray(s, o + 3 * N);
    v4.lanewise(VectorOperators.XOR, v12).intoArray(s, o + 4 * N);
    v5.lanewise(VectorOperators.XOR, v13).intoArray(s, o + 5 * N);
    v6.lanewise(VectorOperators.XOR, v14).intoArray(s, o + 6 * N);
    v7.lanewise(VectorOperators.XOR, v15).intoArray(s, o + 7 * N);
  }
}
