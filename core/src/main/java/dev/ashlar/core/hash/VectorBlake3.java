package dev.ashlar.core.hash;

import java.lang.invoke.MethodHandles;
import java.util.Arrays;
import jdk.incubator.vector.ByteVector;
import jdk.incubator.vector.IntVector;
import jdk.incubator.vector.VectorOperators;
import jdk.incubator.vector.VectorShape;
import jdk.incubator.vector.VectorSpecies;

/**
 * BLAKE3 with the Vector API: each lane of a vector works on a leaf, or a parent, of its own.
 *
 * <p>The only class that touches the incubating module. {@link VectorWidths} defines it once for
 * each width of vectors, as a hidden class whose data is the number of bits, so that the width is a
 * constant to the compiler; loaded as an ordinary class it does not work.
 *
 * <p>The kernel is straight-line code: four methods of at most two rounds each, which hand the
 * state on in an array. Loops over rounds or blocks with vectors in flight are compiled well in
 * some starts of the virtual machine and never in others; all seven rounds in one method are too
 * large for the compiler's first tier. Message words are read from memory where they are used, so
 * that only the 16 words of the state need registers.
 *
 * <p>Arrays of lanes hold word {@code w} of lane {@code l} at {@code w * N + l}.
 */
final class VectorBlake3 implements ChunkHasher {
  private static final VectorSpecies<Integer> LANES = species();
  private static final VectorSpecies<Byte> BYTES = LANES.withLanes(byte.class);
  private static final int N = LANES.length();
  private static final int BLOCK_WORDS = ScalarBlake3.BLOCK_BYTES / Integer.BYTES;
  private static final int BLOCKS = ScalarBlake3.LEAF_BYTES / ScalarBlake3.BLOCK_BYTES;
  private static final int CV_WORDS = 8;

  /** Fewer whole leaves are hashed one after the other. */
  private static final int LEAVES_MIN = 3;

  /** Of two rows one behind the other, the first halves merged, and the second halves. */
  private static final int[] LOW = merged(0);

  private static final int[] HIGH = merged(N / 2);

  /** Where the state has the lanes' counters; it keeps them from block to block. */
  private static final int COUNTER_ROW = 8 * N;

  private static final ThreadLocal<VectorScratch> SCRATCH =
      ThreadLocal.withInitial(() -> new VectorScratch(N));

  private final ScalarBlake3 scalar = new ScalarBlake3();

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
  public MerkleHash hash(Blake3Key key, byte[] bytes, int offset, int length) {
    if (length < LEAVES_MIN * ScalarBlake3.LEAF_BYTES) {
      return scalar.hash(key, bytes, offset, length);
    }
    return ScalarBlake3.output(hashed(key, bytes, offset, length));
  }

  @Override
  public void hash(Blake3Key key, byte[] bytes, int offset, int length, byte[] target, int at) {
    if (length < LEAVES_MIN * ScalarBlake3.LEAF_BYTES) {
      scalar.hash(key, bytes, offset, length, target, at);
    } else {
      ScalarBlake3.output(hashed(key, bytes, offset, length), target, at);
    }
  }

  /** The state that begins with the hash, in the thread's scratch space. */
  private static int[] hashed(Blake3Key key, byte[] bytes, int offset, int length) {
    int full = length / ScalarBlake3.LEAF_BYTES;
    var scratch = SCRATCH.get();
    int rest = length % ScalarBlake3.LEAF_BYTES;
    int count = full + (rest == 0 ? 0 : 1);
    // Lanes without a pair of their own read what lies behind the last one.
    scratch.ensureLeaves(count + 2 * N);
    for (int leaf = 0; leaf < full; leaf += N) {
      leaves(key, bytes, offset, leaf, Math.min(N, full - leaf), scratch);
    }
    if (rest > 0) {
      ScalarBlake3.leaf(
          key,
          bytes,
          offset + full * ScalarBlake3.LEAF_BYTES,
          rest,
          full,
          0,
          scratch.state,
          scratch.block);
      System.arraycopy(scratch.state, 0, scratch.cvs, full * CV_WORDS, CV_WORDS);
    }
    join(key, scratch, count);
    return scratch.state;
  }

  /** Joins neighbours level by level, which gives the same tree; one left over goes up as it is. */
  private static void join(Blake3Key key, VectorScratch scratch, int leaves) {
    var cvs = scratch.cvs;
    int count = leaves;
    while (count > 2) {
      int pairs = count / 2;
      for (int pair = 0; pair < pairs; pair += N) {
        parents(key, pair, Math.min(N, pairs - pair), scratch);
      }
      if (count % 2 == 1) {
        System.arraycopy(cvs, (count - 1) * CV_WORDS, cvs, pairs * CV_WORDS, CV_WORDS);
      }
      count = pairs + count % 2;
    }
    ScalarBlake3.parent(key, cvs, 0, ScalarBlake3.ROOT, scratch.state, scratch.block);
  }

  /** Leaves the chaining values of {@code count} whole leaves in their places. */
  private static void leaves(
      Blake3Key key, byte[] bytes, int offset, int first, int count, VectorScratch scratch) {
    int at = offset + first * ScalarBlake3.LEAF_BYTES;
    boolean isWhole = count == N;
    var source = isWhole ? bytes : scratch.leaves;
    int from = isWhole ? at : 0;
    if (!isWhole) {
      // Lanes without a leaf of their own must not read behind the end.
      System.arraycopy(bytes, at, scratch.leaves, 0, count * ScalarBlake3.LEAF_BYTES);
    }
    begin(key, scratch.lanes);
    for (int lane = 0; lane < N; lane++) {
      scratch.lanes[COUNTER_ROW + lane] = first + lane;
    }
    for (int block = 0; block < BLOCKS; block++) {
      loadBlocks(source, from + block * ScalarBlake3.BLOCK_BYTES, scratch.message);
      int flags =
          ScalarBlake3.KEYED
              | (block == 0 ? ScalarBlake3.CHUNK_START : 0)
              | (block == BLOCKS - 1 ? ScalarBlake3.CHUNK_END : 0);
      compress(scratch.message, scratch.lanes, flags);
    }
    store(scratch, first, count);
  }

  /** Joins {@code count} pairs of chaining values, from pair {@code first} on. */
  private static void parents(Blake3Key key, int first, int count, VectorScratch scratch) {
    begin(key, scratch.lanes);
    loadPairs(scratch.cvs, first * BLOCK_WORDS, scratch.message);
    Arrays.fill(scratch.lanes, COUNTER_ROW, COUNTER_ROW + N, 0);
    compress(scratch.message, scratch.lanes, ScalarBlake3.KEYED | ScalarBlake3.PARENT);
    store(scratch, first, count);
  }

  private static void begin(Blake3Key key, int[] lanes) {
    for (int w = 0; w < CV_WORDS; w++) {
      Arrays.fill(lanes, w * N, (w + 1) * N, key.word(w));
    }
  }

  /**
   * Takes the words of a block of each of N leaves: a transposition. Merging the first half of the
   * rows with the second, element by element, moves one bit of a row's number into the element's;
   * as many merges as that number has bits transpose a square.
   */
  private static void loadBlocks(byte[] bytes, int from, int[] message) {
    if (N == 16) {
      transpose16(bytes, from, ScalarBlake3.LEAF_BYTES, message, 0);
    } else if (N == 8) {
      transpose8(bytes, from, ScalarBlake3.LEAF_BYTES, message, 0);
      transpose8(bytes, from + Integer.BYTES * N, ScalarBlake3.LEAF_BYTES, message, N * N);
    } else {
      for (int part = 0; part < BLOCK_WORDS; part += N) {
        int at = from + Integer.BYTES * part;
        transpose4(bytes, at, ScalarBlake3.LEAF_BYTES, message, part * N);
      }
    }
  }

  /** The same of N pairs of chaining values. */
  private static void loadPairs(int[] cvs, int from, int[] message) {
    if (N == 16) {
      transpose16(cvs, from, BLOCK_WORDS, message, 0);
    } else if (N == 8) {
      transpose8(cvs, from, BLOCK_WORDS, message, 0);
      transpose8(cvs, from + N, BLOCK_WORDS, message, N * N);
    } else {
      for (int part = 0; part < BLOCK_WORDS; part += N) {
        transpose4(cvs, from + part, BLOCK_WORDS, message, part * N);
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

  private static void store(VectorScratch scratch, int first, int count) {
    for (int lane = 0; lane < count; lane++) {
      for (int w = 0; w < CV_WORDS; w++) {
        scratch.cvs[(first + lane) * CV_WORDS + w] = scratch.lanes[w * N + lane];
      }
    }
  }

  private static void compress(int[] m, int[] s, int flags) {
    rounds1And2(m, s, flags);
    rounds3And4(m, s);
    rounds5And6(m, s);
    round7(m, s);
  }

  private static void rounds1And2(int[] m, int[] s, int flags) {
    var v0 = IntVector.fromArray(LANES, s, 0 * N);
    var v1 = IntVector.fromArray(LANES, s, 1 * N);
    var v2 = IntVector.fromArray(LANES, s, 2 * N);
    var v3 = IntVector.fromArray(LANES, s, 3 * N);
    var v4 = IntVector.fromArray(LANES, s, 4 * N);
    var v5 = IntVector.fromArray(LANES, s, 5 * N);
    var v6 = IntVector.fromArray(LANES, s, 6 * N);
    var v7 = IntVector.fromArray(LANES, s, 7 * N);
    var v8 = IntVector.broadcast(LANES, ScalarBlake3.IV0);
    var v9 = IntVector.broadcast(LANES, ScalarBlake3.IV1);
    var v10 = IntVector.broadcast(LANES, ScalarBlake3.IV2);
    var v11 = IntVector.broadcast(LANES, ScalarBlake3.IV3);
    var v12 = IntVector.fromArray(LANES, s, COUNTER_ROW);
    var v13 = IntVector.zero(LANES);
    var v14 = IntVector.broadcast(LANES, ScalarBlake3.BLOCK_BYTES);
    var v15 = IntVector.broadcast(LANES, flags);
    // round 1
    v0 = v0.add(IntVector.fromArray(LANES, m, 0 * N)).add(v4);
    v12 = v12.lanewise(VectorOperators.XOR, v0).lanewise(VectorOperators.ROR, 16);
    v8 = v8.add(v12);
    v4 = v4.lanewise(VectorOperators.XOR, v8).lanewise(VectorOperators.ROR, 12);
    v0 = v0.add(IntVector.fromArray(LANES, m, 1 * N)).add(v4);
    v12 = v12.lanewise(VectorOperators.XOR, v0).lanewise(VectorOperators.ROR, 8);
    v8 = v8.add(v12);
    v4 = v4.lanewise(VectorOperators.XOR, v8).lanewise(VectorOperators.ROR, 7);
    v1 = v1.add(IntVector.fromArray(LANES, m, 2 * N)).add(v5);
    v13 = v13.lanewise(VectorOperators.XOR, v1).lanewise(VectorOperators.ROR, 16);
    v9 = v9.add(v13);
    v5 = v5.lanewise(VectorOperators.XOR, v9).lanewise(VectorOperators.ROR, 12);
    v1 = v1.add(IntVector.fromArray(LANES, m, 3 * N)).add(v5);
    v13 = v13.lanewise(VectorOperators.XOR, v1).lanewise(VectorOperators.ROR, 8);
    v9 = v9.add(v13);
    v5 = v5.lanewise(VectorOperators.XOR, v9).lanewise(VectorOperators.ROR, 7);
    v2 = v2.add(IntVector.fromArray(LANES, m, 4 * N)).add(v6);
    v14 = v14.lanewise(VectorOperators.XOR, v2).lanewise(VectorOperators.ROR, 16);
    v10 = v10.add(v14);
    v6 = v6.lanewise(VectorOperators.XOR, v10).lanewise(VectorOperators.ROR, 12);
    v2 = v2.add(IntVector.fromArray(LANES, m, 5 * N)).add(v6);
    v14 = v14.lanewise(VectorOperators.XOR, v2).lanewise(VectorOperators.ROR, 8);
    v10 = v10.add(v14);
    v6 = v6.lanewise(VectorOperators.XOR, v10).lanewise(VectorOperators.ROR, 7);
    v3 = v3.add(IntVector.fromArray(LANES, m, 6 * N)).add(v7);
    v15 = v15.lanewise(VectorOperators.XOR, v3).lanewise(VectorOperators.ROR, 16);
    v11 = v11.add(v15);
    v7 = v7.lanewise(VectorOperators.XOR, v11).lanewise(VectorOperators.ROR, 12);
    v3 = v3.add(IntVector.fromArray(LANES, m, 7 * N)).add(v7);
    v15 = v15.lanewise(VectorOperators.XOR, v3).lanewise(VectorOperators.ROR, 8);
    v11 = v11.add(v15);
    v7 = v7.lanewise(VectorOperators.XOR, v11).lanewise(VectorOperators.ROR, 7);
    v0 = v0.add(IntVector.fromArray(LANES, m, 8 * N)).add(v5);
    v15 = v15.lanewise(VectorOperators.XOR, v0).lanewise(VectorOperators.ROR, 16);
    v10 = v10.add(v15);
    v5 = v5.lanewise(VectorOperators.XOR, v10).lanewise(VectorOperators.ROR, 12);
    v0 = v0.add(IntVector.fromArray(LANES, m, 9 * N)).add(v5);
    v15 = v15.lanewise(VectorOperators.XOR, v0).lanewise(VectorOperators.ROR, 8);
    v10 = v10.add(v15);
    v5 = v5.lanewise(VectorOperators.XOR, v10).lanewise(VectorOperators.ROR, 7);
    v1 = v1.add(IntVector.fromArray(LANES, m, 10 * N)).add(v6);
    v12 = v12.lanewise(VectorOperators.XOR, v1).lanewise(VectorOperators.ROR, 16);
    v11 = v11.add(v12);
    v6 = v6.lanewise(VectorOperators.XOR, v11).lanewise(VectorOperators.ROR, 12);
    v1 = v1.add(IntVector.fromArray(LANES, m, 11 * N)).add(v6);
    v12 = v12.lanewise(VectorOperators.XOR, v1).lanewise(VectorOperators.ROR, 8);
    v11 = v11.add(v12);
    v6 = v6.lanewise(VectorOperators.XOR, v11).lanewise(VectorOperators.ROR, 7);
    v2 = v2.add(IntVector.fromArray(LANES, m, 12 * N)).add(v7);
    v13 = v13.lanewise(VectorOperators.XOR, v2).lanewise(VectorOperators.ROR, 16);
    v8 = v8.add(v13);
    v7 = v7.lanewise(VectorOperators.XOR, v8).lanewise(VectorOperators.ROR, 12);
    v2 = v2.add(IntVector.fromArray(LANES, m, 13 * N)).add(v7);
    v13 = v13.lanewise(VectorOperators.XOR, v2).lanewise(VectorOperators.ROR, 8);
    v8 = v8.add(v13);
    v7 = v7.lanewise(VectorOperators.XOR, v8).lanewise(VectorOperators.ROR, 7);
    v3 = v3.add(IntVector.fromArray(LANES, m, 14 * N)).add(v4);
    v14 = v14.lanewise(VectorOperators.XOR, v3).lanewise(VectorOperators.ROR, 16);
    v9 = v9.add(v14);
    v4 = v4.lanewise(VectorOperators.XOR, v9).lanewise(VectorOperators.ROR, 12);
    v3 = v3.add(IntVector.fromArray(LANES, m, 15 * N)).add(v4);
    v14 = v14.lanewise(VectorOperators.XOR, v3).lanewise(VectorOperators.ROR, 8);
    v9 = v9.add(v14);
    v4 = v4.lanewise(VectorOperators.XOR, v9).lanewise(VectorOperators.ROR, 7);
    // round 2
    v0 = v0.add(IntVector.fromArray(LANES, m, 2 * N)).add(v4);
    v12 = v12.lanewise(VectorOperators.XOR, v0).lanewise(VectorOperators.ROR, 16);
    v8 = v8.add(v12);
    v4 = v4.lanewise(VectorOperators.XOR, v8).lanewise(VectorOperators.ROR, 12);
    v0 = v0.add(IntVector.fromArray(LANES, m, 6 * N)).add(v4);
    v12 = v12.lanewise(VectorOperators.XOR, v0).lanewise(VectorOperators.ROR, 8);
    v8 = v8.add(v12);
    v4 = v4.lanewise(VectorOperators.XOR, v8).lanewise(VectorOperators.ROR, 7);
    v1 = v1.add(IntVector.fromArray(LANES, m, 3 * N)).add(v5);
    v13 = v13.lanewise(VectorOperators.XOR, v1).lanewise(VectorOperators.ROR, 16);
    v9 = v9.add(v13);
    v5 = v5.lanewise(VectorOperators.XOR, v9).lanewise(VectorOperators.ROR, 12);
    v1 = v1.add(IntVector.fromArray(LANES, m, 10 * N)).add(v5);
    v13 = v13.lanewise(VectorOperators.XOR, v1).lanewise(VectorOperators.ROR, 8);
    v9 = v9.add(v13);
    v5 = v5.lanewise(VectorOperators.XOR, v9).lanewise(VectorOperators.ROR, 7);
    v2 = v2.add(IntVector.fromArray(LANES, m, 7 * N)).add(v6);
    v14 = v14.lanewise(VectorOperators.XOR, v2).lanewise(VectorOperators.ROR, 16);
    v10 = v10.add(v14);
    v6 = v6.lanewise(VectorOperators.XOR, v10).lanewise(VectorOperators.ROR, 12);
    v2 = v2.add(IntVector.fromArray(LANES, m, 0 * N)).add(v6);
    v14 = v14.lanewise(VectorOperators.XOR, v2).lanewise(VectorOperators.ROR, 8);
    v10 = v10.add(v14);
    v6 = v6.lanewise(VectorOperators.XOR, v10).lanewise(VectorOperators.ROR, 7);
    v3 = v3.add(IntVector.fromArray(LANES, m, 4 * N)).add(v7);
    v15 = v15.lanewise(VectorOperators.XOR, v3).lanewise(VectorOperators.ROR, 16);
    v11 = v11.add(v15);
    v7 = v7.lanewise(VectorOperators.XOR, v11).lanewise(VectorOperators.ROR, 12);
    v3 = v3.add(IntVector.fromArray(LANES, m, 13 * N)).add(v7);
    v15 = v15.lanewise(VectorOperators.XOR, v3).lanewise(VectorOperators.ROR, 8);
    v11 = v11.add(v15);
    v7 = v7.lanewise(VectorOperators.XOR, v11).lanewise(VectorOperators.ROR, 7);
    v0 = v0.add(IntVector.fromArray(LANES, m, 1 * N)).add(v5);
    v15 = v15.lanewise(VectorOperators.XOR, v0).lanewise(VectorOperators.ROR, 16);
    v10 = v10.add(v15);
    v5 = v5.lanewise(VectorOperators.XOR, v10).lanewise(VectorOperators.ROR, 12);
    v0 = v0.add(IntVector.fromArray(LANES, m, 11 * N)).add(v5);
    v15 = v15.lanewise(VectorOperators.XOR, v0).lanewise(VectorOperators.ROR, 8);
    v10 = v10.add(v15);
    v5 = v5.lanewise(VectorOperators.XOR, v10).lanewise(VectorOperators.ROR, 7);
    v1 = v1.add(IntVector.fromArray(LANES, m, 12 * N)).add(v6);
    v12 = v12.lanewise(VectorOperators.XOR, v1).lanewise(VectorOperators.ROR, 16);
    v11 = v11.add(v12);
    v6 = v6.lanewise(VectorOperators.XOR, v11).lanewise(VectorOperators.ROR, 12);
    v1 = v1.add(IntVector.fromArray(LANES, m, 5 * N)).add(v6);
    v12 = v12.lanewise(VectorOperators.XOR, v1).lanewise(VectorOperators.ROR, 8);
    v11 = v11.add(v12);
    v6 = v6.lanewise(VectorOperators.XOR, v11).lanewise(VectorOperators.ROR, 7);
    v2 = v2.add(IntVector.fromArray(LANES, m, 9 * N)).add(v7);
    v13 = v13.lanewise(VectorOperators.XOR, v2).lanewise(VectorOperators.ROR, 16);
    v8 = v8.add(v13);
    v7 = v7.lanewise(VectorOperators.XOR, v8).lanewise(VectorOperators.ROR, 12);
    v2 = v2.add(IntVector.fromArray(LANES, m, 14 * N)).add(v7);
    v13 = v13.lanewise(VectorOperators.XOR, v2).lanewise(VectorOperators.ROR, 8);
    v8 = v8.add(v13);
    v7 = v7.lanewise(VectorOperators.XOR, v8).lanewise(VectorOperators.ROR, 7);
    v3 = v3.add(IntVector.fromArray(LANES, m, 15 * N)).add(v4);
    v14 = v14.lanewise(VectorOperators.XOR, v3).lanewise(VectorOperators.ROR, 16);
    v9 = v9.add(v14);
    v4 = v4.lanewise(VectorOperators.XOR, v9).lanewise(VectorOperators.ROR, 12);
    v3 = v3.add(IntVector.fromArray(LANES, m, 8 * N)).add(v4);
    v14 = v14.lanewise(VectorOperators.XOR, v3).lanewise(VectorOperators.ROR, 8);
    v9 = v9.add(v14);
    v4 = v4.lanewise(VectorOperators.XOR, v9).lanewise(VectorOperators.ROR, 7);
    v0.intoArray(s, 0 * N);
    v1.intoArray(s, 1 * N);
    v2.intoArray(s, 2 * N);
    v3.intoArray(s, 3 * N);
    v4.intoArray(s, 4 * N);
    v5.intoArray(s, 5 * N);
    v6.intoArray(s, 6 * N);
    v7.intoArray(s, 7 * N);
    v8.intoArray(s, 9 * N);
    v9.intoArray(s, 10 * N);
    v10.intoArray(s, 11 * N);
    v11.intoArray(s, 12 * N);
    v12.intoArray(s, 13 * N);
    v13.intoArray(s, 14 * N);
    v14.intoArray(s, 15 * N);
    v15.intoArray(s, 16 * N);
  }

  private static void rounds3And4(int[] m, int[] s) {
    var v0 = IntVector.fromArray(LANES, s, 0 * N);
    var v1 = IntVector.fromArray(LANES, s, 1 * N);
    var v2 = IntVector.fromArray(LANES, s, 2 * N);
    var v3 = IntVector.fromArray(LANES, s, 3 * N);
    var v4 = IntVector.fromArray(LANES, s, 4 * N);
    var v5 = IntVector.fromArray(LANES, s, 5 * N);
    var v6 = IntVector.fromArray(LANES, s, 6 * N);
    var v7 = IntVector.fromArray(LANES, s, 7 * N);
    var v8 = IntVector.fromArray(LANES, s, 9 * N);
    var v9 = IntVector.fromArray(LANES, s, 10 * N);
    var v10 = IntVector.fromArray(LANES, s, 11 * N);
    var v11 = IntVector.fromArray(LANES, s, 12 * N);
    var v12 = IntVector.fromArray(LANES, s, 13 * N);
    var v13 = IntVector.fromArray(LANES, s, 14 * N);
    var v14 = IntVector.fromArray(LANES, s, 15 * N);
    var v15 = IntVector.fromArray(LANES, s, 16 * N);
    // round 3
    v0 = v0.add(IntVector.fromArray(LANES, m, 3 * N)).add(v4);
    v12 = v12.lanewise(VectorOperators.XOR, v0).lanewise(VectorOperators.ROR, 16);
    v8 = v8.add(v12);
    v4 = v4.lanewise(VectorOperators.XOR, v8).lanewise(VectorOperators.ROR, 12);
    v0 = v0.add(IntVector.fromArray(LANES, m, 4 * N)).add(v4);
    v12 = v12.lanewise(VectorOperators.XOR, v0).lanewise(VectorOperators.ROR, 8);
    v8 = v8.add(v12);
    v4 = v4.lanewise(VectorOperators.XOR, v8).lanewise(VectorOperators.ROR, 7);
    v1 = v1.add(IntVector.fromArray(LANES, m, 10 * N)).add(v5);
    v13 = v13.lanewise(VectorOperators.XOR, v1).lanewise(VectorOperators.ROR, 16);
    v9 = v9.add(v13);
    v5 = v5.lanewise(VectorOperators.XOR, v9).lanewise(VectorOperators.ROR, 12);
    v1 = v1.add(IntVector.fromArray(LANES, m, 12 * N)).add(v5);
    v13 = v13.lanewise(VectorOperators.XOR, v1).lanewise(VectorOperators.ROR, 8);
    v9 = v9.add(v13);
    v5 = v5.lanewise(VectorOperators.XOR, v9).lanewise(VectorOperators.ROR, 7);
    v2 = v2.add(IntVector.fromArray(LANES, m, 13 * N)).add(v6);
    v14 = v14.lanewise(VectorOperators.XOR, v2).lanewise(VectorOperators.ROR, 16);
    v10 = v10.add(v14);
    v6 = v6.lanewise(VectorOperators.XOR, v10).lanewise(VectorOperators.ROR, 12);
    v2 = v2.add(IntVector.fromArray(LANES, m, 2 * N)).add(v6);
    v14 = v14.lanewise(VectorOperators.XOR, v2).lanewise(VectorOperators.ROR, 8);
    v10 = v10.add(v14);
    v6 = v6.lanewise(VectorOperators.XOR, v10).lanewise(VectorOperators.ROR, 7);
    v3 = v3.add(IntVector.fromArray(LANES, m, 7 * N)).add(v7);
    v15 = v15.lanewise(VectorOperators.XOR, v3).lanewise(VectorOperators.ROR, 16);
    v11 = v11.add(v15);
    v7 = v7.lanewise(VectorOperators.XOR, v11).lanewise(VectorOperators.ROR, 12);
    v3 = v3.add(IntVector.fromArray(LANES, m, 14 * N)).add(v7);
    v15 = v15.lanewise(VectorOperators.XOR, v3).lanewise(VectorOperators.ROR, 8);
    v11 = v11.add(v15);
    v7 = v7.lanewise(VectorOperators.XOR, v11).lanewise(VectorOperators.ROR, 7);
    v0 = v0.add(IntVector.fromArray(LANES, m, 6 * N)).add(v5);
    v15 = v15.lanewise(VectorOperators.XOR, v0).lanewise(VectorOperators.ROR, 16);
    v10 = v10.add(v15);
    v5 = v5.lanewise(VectorOperators.XOR, v10).lanewise(VectorOperators.ROR, 12);
    v0 = v0.add(IntVector.fromArray(LANES, m, 5 * N)).add(v5);
    v15 = v15.lanewise(VectorOperators.XOR, v0).lanewise(VectorOperators.ROR, 8);
    v10 = v10.add(v15);
    v5 = v5.lanewise(VectorOperators.XOR, v10).lanewise(VectorOperators.ROR, 7);
    v1 = v1.add(IntVector.fromArray(LANES, m, 9 * N)).add(v6);
    v12 = v12.lanewise(VectorOperators.XOR, v1).lanewise(VectorOperators.ROR, 16);
    v11 = v11.add(v12);
    v6 = v6.lanewise(VectorOperators.XOR, v11).lanewise(VectorOperators.ROR, 12);
    v1 = v1.add(IntVector.fromArray(LANES, m, 0 * N)).add(v6);
    v12 = v12.lanewise(VectorOperators.XOR, v1).lanewise(VectorOperators.ROR, 8);
    v11 = v11.add(v12);
    v6 = v6.lanewise(VectorOperators.XOR, v11).lanewise(VectorOperators.ROR, 7);
    v2 = v2.add(IntVector.fromArray(LANES, m, 11 * N)).add(v7);
    v13 = v13.lanewise(VectorOperators.XOR, v2).lanewise(VectorOperators.ROR, 16);
    v8 = v8.add(v13);
    v7 = v7.lanewise(VectorOperators.XOR, v8).lanewise(VectorOperators.ROR, 12);
    v2 = v2.add(IntVector.fromArray(LANES, m, 15 * N)).add(v7);
    v13 = v13.lanewise(VectorOperators.XOR, v2).lanewise(VectorOperators.ROR, 8);
    v8 = v8.add(v13);
    v7 = v7.lanewise(VectorOperators.XOR, v8).lanewise(VectorOperators.ROR, 7);
    v3 = v3.add(IntVector.fromArray(LANES, m, 8 * N)).add(v4);
    v14 = v14.lanewise(VectorOperators.XOR, v3).lanewise(VectorOperators.ROR, 16);
    v9 = v9.add(v14);
    v4 = v4.lanewise(VectorOperators.XOR, v9).lanewise(VectorOperators.ROR, 12);
    v3 = v3.add(IntVector.fromArray(LANES, m, 1 * N)).add(v4);
    v14 = v14.lanewise(VectorOperators.XOR, v3).lanewise(VectorOperators.ROR, 8);
    v9 = v9.add(v14);
    v4 = v4.lanewise(VectorOperators.XOR, v9).lanewise(VectorOperators.ROR, 7);
    // round 4
    v0 = v0.add(IntVector.fromArray(LANES, m, 10 * N)).add(v4);
    v12 = v12.lanewise(VectorOperators.XOR, v0).lanewise(VectorOperators.ROR, 16);
    v8 = v8.add(v12);
    v4 = v4.lanewise(VectorOperators.XOR, v8).lanewise(VectorOperators.ROR, 12);
    v0 = v0.add(IntVector.fromArray(LANES, m, 7 * N)).add(v4);
    v12 = v12.lanewise(VectorOperators.XOR, v0).lanewise(VectorOperators.ROR, 8);
    v8 = v8.add(v12);
    v4 = v4.lanewise(VectorOperators.XOR, v8).lanewise(VectorOperators.ROR, 7);
    v1 = v1.add(IntVector.fromArray(LANES, m, 12 * N)).add(v5);
    v13 = v13.lanewise(VectorOperators.XOR, v1).lanewise(VectorOperators.ROR, 16);
    v9 = v9.add(v13);
    v5 = v5.lanewise(VectorOperators.XOR, v9).lanewise(VectorOperators.ROR, 12);
    v1 = v1.add(IntVector.fromArray(LANES, m, 9 * N)).add(v5);
    v13 = v13.lanewise(VectorOperators.XOR, v1).lanewise(VectorOperators.ROR, 8);
    v9 = v9.add(v13);
    v5 = v5.lanewise(VectorOperators.XOR, v9).lanewise(VectorOperators.ROR, 7);
    v2 = v2.add(IntVector.fromArray(LANES, m, 14 * N)).add(v6);
    v14 = v14.lanewise(VectorOperators.XOR, v2).lanewise(VectorOperators.ROR, 16);
    v10 = v10.add(v14);
    v6 = v6.lanewise(VectorOperators.XOR, v10).lanewise(VectorOperators.ROR, 12);
    v2 = v2.add(IntVector.fromArray(LANES, m, 3 * N)).add(v6);
    v14 = v14.lanewise(VectorOperators.XOR, v2).lanewise(VectorOperators.ROR, 8);
    v10 = v10.add(v14);
    v6 = v6.lanewise(VectorOperators.XOR, v10).lanewise(VectorOperators.ROR, 7);
    v3 = v3.add(IntVector.fromArray(LANES, m, 13 * N)).add(v7);
    v15 = v15.lanewise(VectorOperators.XOR, v3).lanewise(VectorOperators.ROR, 16);
    v11 = v11.add(v15);
    v7 = v7.lanewise(VectorOperators.XOR, v11).lanewise(VectorOperators.ROR, 12);
    v3 = v3.add(IntVector.fromArray(LANES, m, 15 * N)).add(v7);
    v15 = v15.lanewise(VectorOperators.XOR, v3).lanewise(VectorOperators.ROR, 8);
    v11 = v11.add(v15);
    v7 = v7.lanewise(VectorOperators.XOR, v11).lanewise(VectorOperators.ROR, 7);
    v0 = v0.add(IntVector.fromArray(LANES, m, 4 * N)).add(v5);
    v15 = v15.lanewise(VectorOperators.XOR, v0).lanewise(VectorOperators.ROR, 16);
    v10 = v10.add(v15);
    v5 = v5.lanewise(VectorOperators.XOR, v10).lanewise(VectorOperators.ROR, 12);
    v0 = v0.add(IntVector.fromArray(LANES, m, 0 * N)).add(v5);
    v15 = v15.lanewise(VectorOperators.XOR, v0).lanewise(VectorOperators.ROR, 8);
    v10 = v10.add(v15);
    v5 = v5.lanewise(VectorOperators.XOR, v10).lanewise(VectorOperators.ROR, 7);
    v1 = v1.add(IntVector.fromArray(LANES, m, 11 * N)).add(v6);
    v12 = v12.lanewise(VectorOperators.XOR, v1).lanewise(VectorOperators.ROR, 16);
    v11 = v11.add(v12);
    v6 = v6.lanewise(VectorOperators.XOR, v11).lanewise(VectorOperators.ROR, 12);
    v1 = v1.add(IntVector.fromArray(LANES, m, 2 * N)).add(v6);
    v12 = v12.lanewise(VectorOperators.XOR, v1).lanewise(VectorOperators.ROR, 8);
    v11 = v11.add(v12);
    v6 = v6.lanewise(VectorOperators.XOR, v11).lanewise(VectorOperators.ROR, 7);
    v2 = v2.add(IntVector.fromArray(LANES, m, 5 * N)).add(v7);
    v13 = v13.lanewise(VectorOperators.XOR, v2).lanewise(VectorOperators.ROR, 16);
    v8 = v8.add(v13);
    v7 = v7.lanewise(VectorOperators.XOR, v8).lanewise(VectorOperators.ROR, 12);
    v2 = v2.add(IntVector.fromArray(LANES, m, 8 * N)).add(v7);
    v13 = v13.lanewise(VectorOperators.XOR, v2).lanewise(VectorOperators.ROR, 8);
    v8 = v8.add(v13);
    v7 = v7.lanewise(VectorOperators.XOR, v8).lanewise(VectorOperators.ROR, 7);
    v3 = v3.add(IntVector.fromArray(LANES, m, 1 * N)).add(v4);
    v14 = v14.lanewise(VectorOperators.XOR, v3).lanewise(VectorOperators.ROR, 16);
    v9 = v9.add(v14);
    v4 = v4.lanewise(VectorOperators.XOR, v9).lanewise(VectorOperators.ROR, 12);
    v3 = v3.add(IntVector.fromArray(LANES, m, 6 * N)).add(v4);
    v14 = v14.lanewise(VectorOperators.XOR, v3).lanewise(VectorOperators.ROR, 8);
    v9 = v9.add(v14);
    v4 = v4.lanewise(VectorOperators.XOR, v9).lanewise(VectorOperators.ROR, 7);
    v0.intoArray(s, 0 * N);
    v1.intoArray(s, 1 * N);
    v2.intoArray(s, 2 * N);
    v3.intoArray(s, 3 * N);
    v4.intoArray(s, 4 * N);
    v5.intoArray(s, 5 * N);
    v6.intoArray(s, 6 * N);
    v7.intoArray(s, 7 * N);
    v8.intoArray(s, 9 * N);
    v9.intoArray(s, 10 * N);
    v10.intoArray(s, 11 * N);
    v11.intoArray(s, 12 * N);
    v12.intoArray(s, 13 * N);
    v13.intoArray(s, 14 * N);
    v14.intoArray(s, 15 * N);
    v15.intoArray(s, 16 * N);
  }

  private static void rounds5And6(int[] m, int[] s) {
    var v0 = IntVector.fromArray(LANES, s, 0 * N);
    var v1 = IntVector.fromArray(LANES, s, 1 * N);
    var v2 = IntVector.fromArray(LANES, s, 2 * N);
    var v3 = IntVector.fromArray(LANES, s, 3 * N);
    var v4 = IntVector.fromArray(LANES, s, 4 * N);
    var v5 = IntVector.fromArray(LANES, s, 5 * N);
    var v6 = IntVector.fromArray(LANES, s, 6 * N);
    var v7 = IntVector.fromArray(LANES, s, 7 * N);
    var v8 = IntVector.fromArray(LANES, s, 9 * N);
    var v9 = IntVector.fromArray(LANES, s, 10 * N);
    var v10 = IntVector.fromArray(LANES, s, 11 * N);
    var v11 = IntVector.fromArray(LANES, s, 12 * N);
    var v12 = IntVector.fromArray(LANES, s, 13 * N);
    var v13 = IntVector.fromArray(LANES, s, 14 * N);
    var v14 = IntVector.fromArray(LANES, s, 15 * N);
    var v15 = IntVector.fromArray(LANES, s, 16 * N);
    // round 5
    v0 = v0.add(IntVector.fromArray(LANES, m, 12 * N)).add(v4);
    v12 = v12.lanewise(VectorOperators.XOR, v0).lanewise(VectorOperators.ROR, 16);
    v8 = v8.add(v12);
    v4 = v4.lanewise(VectorOperators.XOR, v8).lanewise(VectorOperators.ROR, 12);
    v0 = v0.add(IntVector.fromArray(LANES, m, 13 * N)).add(v4);
    v12 = v12.lanewise(VectorOperators.XOR, v0).lanewise(VectorOperators.ROR, 8);
    v8 = v8.add(v12);
    v4 = v4.lanewise(VectorOperators.XOR, v8).lanewise(VectorOperators.ROR, 7);
    v1 = v1.add(IntVector.fromArray(LANES, m, 9 * N)).add(v5);
    v13 = v13.lanewise(VectorOperators.XOR, v1).lanewise(VectorOperators.ROR, 16);
    v9 = v9.add(v13);
    v5 = v5.lanewise(VectorOperators.XOR, v9).lanewise(VectorOperators.ROR, 12);
    v1 = v1.add(IntVector.fromArray(LANES, m, 11 * N)).add(v5);
    v13 = v13.lanewise(VectorOperators.XOR, v1).lanewise(VectorOperators.ROR, 8);
    v9 = v9.add(v13);
    v5 = v5.lanewise(VectorOperators.XOR, v9).lanewise(VectorOperators.ROR, 7);
    v2 = v2.add(IntVector.fromArray(LANES, m, 15 * N)).add(v6);
    v14 = v14.lanewise(VectorOperators.XOR, v2).lanewise(VectorOperators.ROR, 16);
    v10 = v10.add(v14);
    v6 = v6.lanewise(VectorOperators.XOR, v10).lanewise(VectorOperators.ROR, 12);
    v2 = v2.add(IntVector.fromArray(LANES, m, 10 * N)).add(v6);
    v14 = v14.lanewise(VectorOperators.XOR, v2).lanewise(VectorOperators.ROR, 8);
    v10 = v10.add(v14);
    v6 = v6.lanewise(VectorOperators.XOR, v10).lanewise(VectorOperators.ROR, 7);
    v3 = v3.add(IntVector.fromArray(LANES, m, 14 * N)).add(v7);
    v15 = v15.lanewise(VectorOperators.XOR, v3).lanewise(VectorOperators.ROR, 16);
    v11 = v11.add(v15);
    v7 = v7.lanewise(VectorOperators.XOR, v11).lanewise(VectorOperators.ROR, 12);
    v3 = v3.add(IntVector.fromArray(LANES, m, 8 * N)).add(v7);
    v15 = v15.lanewise(VectorOperators.XOR, v3).lanewise(VectorOperators.ROR, 8);
    v11 = v11.add(v15);
    v7 = v7.lanewise(VectorOperators.XOR, v11).lanewise(VectorOperators.ROR, 7);
    v0 = v0.add(IntVector.fromArray(LANES, m, 7 * N)).add(v5);
    v15 = v15.lanewise(VectorOperators.XOR, v0).lanewise(VectorOperators.ROR, 16);
    v10 = v10.add(v15);
    v5 = v5.lanewise(VectorOperators.XOR, v10).lanewise(VectorOperators.ROR, 12);
    v0 = v0.add(IntVector.fromArray(LANES, m, 2 * N)).add(v5);
    v15 = v15.lanewise(VectorOperators.XOR, v0).lanewise(VectorOperators.ROR, 8);
    v10 = v10.add(v15);
    v5 = v5.lanewise(VectorOperators.XOR, v10).lanewise(VectorOperators.ROR, 7);
    v1 = v1.add(IntVector.fromArray(LANES, m, 5 * N)).add(v6);
    v12 = v12.lanewise(VectorOperators.XOR, v1).lanewise(VectorOperators.ROR, 16);
    v11 = v11.add(v12);
    v6 = v6.lanewise(VectorOperators.XOR, v11).lanewise(VectorOperators.ROR, 12);
    v1 = v1.add(IntVector.fromArray(LANES, m, 3 * N)).add(v6);
    v12 = v12.lanewise(VectorOperators.XOR, v1).lanewise(VectorOperators.ROR, 8);
    v11 = v11.add(v12);
    v6 = v6.lanewise(VectorOperators.XOR, v11).lanewise(VectorOperators.ROR, 7);
    v2 = v2.add(IntVector.fromArray(LANES, m, 0 * N)).add(v7);
    v13 = v13.lanewise(VectorOperators.XOR, v2).lanewise(VectorOperators.ROR, 16);
    v8 = v8.add(v13);
    v7 = v7.lanewise(VectorOperators.XOR, v8).lanewise(VectorOperators.ROR, 12);
    v2 = v2.add(IntVector.fromArray(LANES, m, 1 * N)).add(v7);
    v13 = v13.lanewise(VectorOperators.XOR, v2).lanewise(VectorOperators.ROR, 8);
    v8 = v8.add(v13);
    v7 = v7.lanewise(VectorOperators.XOR, v8).lanewise(VectorOperators.ROR, 7);
    v3 = v3.add(IntVector.fromArray(LANES, m, 6 * N)).add(v4);
    v14 = v14.lanewise(VectorOperators.XOR, v3).lanewise(VectorOperators.ROR, 16);
    v9 = v9.add(v14);
    v4 = v4.lanewise(VectorOperators.XOR, v9).lanewise(VectorOperators.ROR, 12);
    v3 = v3.add(IntVector.fromArray(LANES, m, 4 * N)).add(v4);
    v14 = v14.lanewise(VectorOperators.XOR, v3).lanewise(VectorOperators.ROR, 8);
    v9 = v9.add(v14);
    v4 = v4.lanewise(VectorOperators.XOR, v9).lanewise(VectorOperators.ROR, 7);
    // round 6
    v0 = v0.add(IntVector.fromArray(LANES, m, 9 * N)).add(v4);
    v12 = v12.lanewise(VectorOperators.XOR, v0).lanewise(VectorOperators.ROR, 16);
    v8 = v8.add(v12);
    v4 = v4.lanewise(VectorOperators.XOR, v8).lanewise(VectorOperators.ROR, 12);
    v0 = v0.add(IntVector.fromArray(LANES, m, 14 * N)).add(v4);
    v12 = v12.lanewise(VectorOperators.XOR, v0).lanewise(VectorOperators.ROR, 8);
    v8 = v8.add(v12);
    v4 = v4.lanewise(VectorOperators.XOR, v8).lanewise(VectorOperators.ROR, 7);
    v1 = v1.add(IntVector.fromArray(LANES, m, 11 * N)).add(v5);
    v13 = v13.lanewise(VectorOperators.XOR, v1).lanewise(VectorOperators.ROR, 16);
    v9 = v9.add(v13);
    v5 = v5.lanewise(VectorOperators.XOR, v9).lanewise(VectorOperators.ROR, 12);
    v1 = v1.add(IntVector.fromArray(LANES, m, 5 * N)).add(v5);
    v13 = v13.lanewise(VectorOperators.XOR, v1).lanewise(VectorOperators.ROR, 8);
    v9 = v9.add(v13);
    v5 = v5.lanewise(VectorOperators.XOR, v9).lanewise(VectorOperators.ROR, 7);
    v2 = v2.add(IntVector.fromArray(LANES, m, 8 * N)).add(v6);
    v14 = v14.lanewise(VectorOperators.XOR, v2).lanewise(VectorOperators.ROR, 16);
    v10 = v10.add(v14);
    v6 = v6.lanewise(VectorOperators.XOR, v10).lanewise(VectorOperators.ROR, 12);
    v2 = v2.add(IntVector.fromArray(LANES, m, 12 * N)).add(v6);
    v14 = v14.lanewise(VectorOperators.XOR, v2).lanewise(VectorOperators.ROR, 8);
    v10 = v10.add(v14);
    v6 = v6.lanewise(VectorOperators.XOR, v10).lanewise(VectorOperators.ROR, 7);
    v3 = v3.add(IntVector.fromArray(LANES, m, 15 * N)).add(v7);
    v15 = v15.lanewise(VectorOperators.XOR, v3).lanewise(VectorOperators.ROR, 16);
    v11 = v11.add(v15);
    v7 = v7.lanewise(VectorOperators.XOR, v11).lanewise(VectorOperators.ROR, 12);
    v3 = v3.add(IntVector.fromArray(LANES, m, 1 * N)).add(v7);
    v15 = v15.lanewise(VectorOperators.XOR, v3).lanewise(VectorOperators.ROR, 8);
    v11 = v11.add(v15);
    v7 = v7.lanewise(VectorOperators.XOR, v11).lanewise(VectorOperators.ROR, 7);
    v0 = v0.add(IntVector.fromArray(LANES, m, 13 * N)).add(v5);
    v15 = v15.lanewise(VectorOperators.XOR, v0).lanewise(VectorOperators.ROR, 16);
    v10 = v10.add(v15);
    v5 = v5.lanewise(VectorOperators.XOR, v10).lanewise(VectorOperators.ROR, 12);
    v0 = v0.add(IntVector.fromArray(LANES, m, 3 * N)).add(v5);
    v15 = v15.lanewise(VectorOperators.XOR, v0).lanewise(VectorOperators.ROR, 8);
    v10 = v10.add(v15);
    v5 = v5.lanewise(VectorOperators.XOR, v10).lanewise(VectorOperators.ROR, 7);
    v1 = v1.add(IntVector.fromArray(LANES, m, 0 * N)).add(v6);
    v12 = v12.lanewise(VectorOperators.XOR, v1).lanewise(VectorOperators.ROR, 16);
    v11 = v11.add(v12);
    v6 = v6.lanewise(VectorOperators.XOR, v11).lanewise(VectorOperators.ROR, 12);
    v1 = v1.add(IntVector.fromArray(LANES, m, 10 * N)).add(v6);
    v12 = v12.lanewise(VectorOperators.XOR, v1).lanewise(VectorOperators.ROR, 8);
    v11 = v11.add(v12);
    v6 = v6.lanewise(VectorOperators.XOR, v11).lanewise(VectorOperators.ROR, 7);
    v2 = v2.add(IntVector.fromArray(LANES, m, 2 * N)).add(v7);
    v13 = v13.lanewise(VectorOperators.XOR, v2).lanewise(VectorOperators.ROR, 16);
    v8 = v8.add(v13);
    v7 = v7.lanewise(VectorOperators.XOR, v8).lanewise(VectorOperators.ROR, 12);
    v2 = v2.add(IntVector.fromArray(LANES, m, 6 * N)).add(v7);
    v13 = v13.lanewise(VectorOperators.XOR, v2).lanewise(VectorOperators.ROR, 8);
    v8 = v8.add(v13);
    v7 = v7.lanewise(VectorOperators.XOR, v8).lanewise(VectorOperators.ROR, 7);
    v3 = v3.add(IntVector.fromArray(LANES, m, 4 * N)).add(v4);
    v14 = v14.lanewise(VectorOperators.XOR, v3).lanewise(VectorOperators.ROR, 16);
    v9 = v9.add(v14);
    v4 = v4.lanewise(VectorOperators.XOR, v9).lanewise(VectorOperators.ROR, 12);
    v3 = v3.add(IntVector.fromArray(LANES, m, 7 * N)).add(v4);
    v14 = v14.lanewise(VectorOperators.XOR, v3).lanewise(VectorOperators.ROR, 8);
    v9 = v9.add(v14);
    v4 = v4.lanewise(VectorOperators.XOR, v9).lanewise(VectorOperators.ROR, 7);
    v0.intoArray(s, 0 * N);
    v1.intoArray(s, 1 * N);
    v2.intoArray(s, 2 * N);
    v3.intoArray(s, 3 * N);
    v4.intoArray(s, 4 * N);
    v5.intoArray(s, 5 * N);
    v6.intoArray(s, 6 * N);
    v7.intoArray(s, 7 * N);
    v8.intoArray(s, 9 * N);
    v9.intoArray(s, 10 * N);
    v10.intoArray(s, 11 * N);
    v11.intoArray(s, 12 * N);
    v12.intoArray(s, 13 * N);
    v13.intoArray(s, 14 * N);
    v14.intoArray(s, 15 * N);
    v15.intoArray(s, 16 * N);
  }

  private static void round7(int[] m, int[] s) {
    var v0 = IntVector.fromArray(LANES, s, 0 * N);
    var v1 = IntVector.fromArray(LANES, s, 1 * N);
    var v2 = IntVector.fromArray(LANES, s, 2 * N);
    var v3 = IntVector.fromArray(LANES, s, 3 * N);
    var v4 = IntVector.fromArray(LANES, s, 4 * N);
    var v5 = IntVector.fromArray(LANES, s, 5 * N);
    var v6 = IntVector.fromArray(LANES, s, 6 * N);
    var v7 = IntVector.fromArray(LANES, s, 7 * N);
    var v8 = IntVector.fromArray(LANES, s, 9 * N);
    var v9 = IntVector.fromArray(LANES, s, 10 * N);
    var v10 = IntVector.fromArray(LANES, s, 11 * N);
    var v11 = IntVector.fromArray(LANES, s, 12 * N);
    var v12 = IntVector.fromArray(LANES, s, 13 * N);
    var v13 = IntVector.fromArray(LANES, s, 14 * N);
    var v14 = IntVector.fromArray(LANES, s, 15 * N);
    var v15 = IntVector.fromArray(LANES, s, 16 * N);
    // round 7
    v0 = v0.add(IntVector.fromArray(LANES, m, 11 * N)).add(v4);
    v12 = v12.lanewise(VectorOperators.XOR, v0).lanewise(VectorOperators.ROR, 16);
    v8 = v8.add(v12);
    v4 = v4.lanewise(VectorOperators.XOR, v8).lanewise(VectorOperators.ROR, 12);
    v0 = v0.add(IntVector.fromArray(LANES, m, 15 * N)).add(v4);
    v12 = v12.lanewise(VectorOperators.XOR, v0).lanewise(VectorOperators.ROR, 8);
    v8 = v8.add(v12);
    v4 = v4.lanewise(VectorOperators.XOR, v8).lanewise(VectorOperators.ROR, 7);
    v1 = v1.add(IntVector.fromArray(LANES, m, 5 * N)).add(v5);
    v13 = v13.lanewise(VectorOperators.XOR, v1).lanewise(VectorOperators.ROR, 16);
    v9 = v9.add(v13);
    v5 = v5.lanewise(VectorOperators.XOR, v9).lanewise(VectorOperators.ROR, 12);
    v1 = v1.add(IntVector.fromArray(LANES, m, 0 * N)).add(v5);
    v13 = v13.lanewise(VectorOperators.XOR, v1).lanewise(VectorOperators.ROR, 8);
    v9 = v9.add(v13);
    v5 = v5.lanewise(VectorOperators.XOR, v9).lanewise(VectorOperators.ROR, 7);
    v2 = v2.add(IntVector.fromArray(LANES, m, 1 * N)).add(v6);
    v14 = v14.lanewise(VectorOperators.XOR, v2).lanewise(VectorOperators.ROR, 16);
    v10 = v10.add(v14);
    v6 = v6.lanewise(VectorOperators.XOR, v10).lanewise(VectorOperators.ROR, 12);
    v2 = v2.add(IntVector.fromArray(LANES, m, 9 * N)).add(v6);
    v14 = v14.lanewise(VectorOperators.XOR, v2).lanewise(VectorOperators.ROR, 8);
    v10 = v10.add(v14);
    v6 = v6.lanewise(VectorOperators.XOR, v10).lanewise(VectorOperators.ROR, 7);
    v3 = v3.add(IntVector.fromArray(LANES, m, 8 * N)).add(v7);
    v15 = v15.lanewise(VectorOperators.XOR, v3).lanewise(VectorOperators.ROR, 16);
    v11 = v11.add(v15);
    v7 = v7.lanewise(VectorOperators.XOR, v11).lanewise(VectorOperators.ROR, 12);
    v3 = v3.add(IntVector.fromArray(LANES, m, 6 * N)).add(v7);
    v15 = v15.lanewise(VectorOperators.XOR, v3).lanewise(VectorOperators.ROR, 8);
    v11 = v11.add(v15);
    v7 = v7.lanewise(VectorOperators.XOR, v11).lanewise(VectorOperators.ROR, 7);
    v0 = v0.add(IntVector.fromArray(LANES, m, 14 * N)).add(v5);
    v15 = v15.lanewise(VectorOperators.XOR, v0).lanewise(VectorOperators.ROR, 16);
    v10 = v10.add(v15);
    v5 = v5.lanewise(VectorOperators.XOR, v10).lanewise(VectorOperators.ROR, 12);
    v0 = v0.add(IntVector.fromArray(LANES, m, 10 * N)).add(v5);
    v15 = v15.lanewise(VectorOperators.XOR, v0).lanewise(VectorOperators.ROR, 8);
    v10 = v10.add(v15);
    v5 = v5.lanewise(VectorOperators.XOR, v10).lanewise(VectorOperators.ROR, 7);
    v1 = v1.add(IntVector.fromArray(LANES, m, 2 * N)).add(v6);
    v12 = v12.lanewise(VectorOperators.XOR, v1).lanewise(VectorOperators.ROR, 16);
    v11 = v11.add(v12);
    v6 = v6.lanewise(VectorOperators.XOR, v11).lanewise(VectorOperators.ROR, 12);
    v1 = v1.add(IntVector.fromArray(LANES, m, 12 * N)).add(v6);
    v12 = v12.lanewise(VectorOperators.XOR, v1).lanewise(VectorOperators.ROR, 8);
    v11 = v11.add(v12);
    v6 = v6.lanewise(VectorOperators.XOR, v11).lanewise(VectorOperators.ROR, 7);
    v2 = v2.add(IntVector.fromArray(LANES, m, 3 * N)).add(v7);
    v13 = v13.lanewise(VectorOperators.XOR, v2).lanewise(VectorOperators.ROR, 16);
    v8 = v8.add(v13);
    v7 = v7.lanewise(VectorOperators.XOR, v8).lanewise(VectorOperators.ROR, 12);
    v2 = v2.add(IntVector.fromArray(LANES, m, 4 * N)).add(v7);
    v13 = v13.lanewise(VectorOperators.XOR, v2).lanewise(VectorOperators.ROR, 8);
    v8 = v8.add(v13);
    v7 = v7.lanewise(VectorOperators.XOR, v8).lanewise(VectorOperators.ROR, 7);
    v3 = v3.add(IntVector.fromArray(LANES, m, 7 * N)).add(v4);
    v14 = v14.lanewise(VectorOperators.XOR, v3).lanewise(VectorOperators.ROR, 16);
    v9 = v9.add(v14);
    v4 = v4.lanewise(VectorOperators.XOR, v9).lanewise(VectorOperators.ROR, 12);
    v3 = v3.add(IntVector.fromArray(LANES, m, 13 * N)).add(v4);
    v14 = v14.lanewise(VectorOperators.XOR, v3).lanewise(VectorOperators.ROR, 8);
    v9 = v9.add(v14);
    v4 = v4.lanewise(VectorOperators.XOR, v9).lanewise(VectorOperators.ROR, 7);
    v0.lanewise(VectorOperators.XOR, v8).intoArray(s, 0 * N);
    v1.lanewise(VectorOperators.XOR, v9).intoArray(s, 1 * N);
    v2.lanewise(VectorOperators.XOR, v10).intoArray(s, 2 * N);
    v3.lanewise(VectorOperators.XOR, v11).intoArray(s, 3 * N);
    v4.lanewise(VectorOperators.XOR, v12).intoArray(s, 4 * N);
    v5.lanewise(VectorOperators.XOR, v13).intoArray(s, 5 * N);
    v6.lanewise(VectorOperators.XOR, v14).intoArray(s, 6 * N);
    v7.lanewise(VectorOperators.XOR, v15).intoArray(s, 7 * N);
  }
}
