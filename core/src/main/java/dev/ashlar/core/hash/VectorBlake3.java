package dev.ashlar.core.hash;

import java.lang.foreign.MemorySegment;
import java.lang.foreign.ValueLayout;
import java.lang.invoke.MethodHandles;
import java.nio.ByteOrder;
import java.util.Arrays;
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
  private static final int N = LANES.length();
  private static final int LEAF_WORDS = ScalarBlake3.LEAF_BYTES / Integer.BYTES;
  private static final int BLOCK_WORDS = ScalarBlake3.BLOCK_BYTES / Integer.BYTES;
  private static final int BLOCKS = LEAF_WORDS / BLOCK_WORDS;
  private static final int CV_WORDS = 8;
  private static final ValueLayout.OfInt WORD =
      ValueLayout.JAVA_INT_UNALIGNED.withOrder(ByteOrder.LITTLE_ENDIAN);

  /** Where in an array the lanes of leaves and of parents begin. */
  private static final int[] LEAF_STARTS = multiples(LEAF_WORDS);

  private static final int[] PARENT_STARTS = multiples(BLOCK_WORDS);

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

  private static int[] multiples(int factor) {
    var multiples = new int[N];
    for (int lane = 0; lane < N; lane++) {
      multiples[lane] = lane * factor;
    }
    return multiples;
  }

  @Override
  public String name() {
    return "vector-" + LANES.vectorBitSize();
  }

  @Override
  public MerkleHash hash(Blake3Key key, byte[] bytes, int offset, int length) {
    int full = length / ScalarBlake3.LEAF_BYTES;
    if (full < 3) {
      return scalar.hash(key, bytes, offset, length);
    }
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
    return root(key, scratch, count);
  }

  /** Joins neighbours level by level, which gives the same tree; one left over goes up as it is. */
  private static MerkleHash root(Blake3Key key, VectorScratch scratch, int leaves) {
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
    return ScalarBlake3.output(scratch.state);
  }

  /** Leaves the chaining values of {@code count} whole leaves in their places. */
  private static void leaves(
      Blake3Key key, byte[] bytes, int offset, int first, int count, VectorScratch scratch) {
    var words = scratch.words;
    MemorySegment.copy(
        MemorySegment.ofArray(bytes),
        WORD,
        (long) offset + (long) first * ScalarBlake3.LEAF_BYTES,
        words,
        0,
        count * LEAF_WORDS);
    begin(key, scratch.lanes);
    for (int lane = 0; lane < N; lane++) {
      scratch.lanes[COUNTER_ROW + lane] = first + lane;
    }
    for (int block = 0; block < BLOCKS; block++) {
      load(words, block * BLOCK_WORDS, LEAF_STARTS, scratch.message);
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
    load(scratch.cvs, first * BLOCK_WORDS, PARENT_STARTS, scratch.message);
    Arrays.fill(scratch.lanes, COUNTER_ROW, COUNTER_ROW + N, 0);
    compress(scratch.message, scratch.lanes, ScalarBlake3.KEYED | ScalarBlake3.PARENT);
    store(scratch, first, count);
  }

  private static void begin(Blake3Key key, int[] lanes) {
    for (int w = 0; w < CV_WORDS; w++) {
      Arrays.fill(lanes, w * N, (w + 1) * N, key.word(w));
    }
  }

  /** Takes the 16 words of each lane's block; {@code starts} tells where the lanes lie. */
  private static void load(int[] words, int from, int[] starts, int[] message) {
    for (int lane = 0; lane < N; lane++) {
      int at = from + starts[lane];
      for (int w = 0; w < BLOCK_WORDS; w++) {
        message[w * N + lane] = words[at + w];
      }
    }
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
    v0 = v0.add(v4).add(IntVector.fromArray(LANES, m, 0 * N));
    v12 = v12.lanewise(VectorOperators.XOR, v0).lanewise(VectorOperators.ROR, 16);
    v8 = v8.add(v12);
    v4 = v4.lanewise(VectorOperators.XOR, v8).lanewise(VectorOperators.ROR, 12);
    v0 = v0.add(v4).add(IntVector.fromArray(LANES, m, 1 * N));
    v12 = v12.lanewise(VectorOperators.XOR, v0).lanewise(VectorOperators.ROR, 8);
    v8 = v8.add(v12);
    v4 = v4.lanewise(VectorOperators.XOR, v8).lanewise(VectorOperators.ROR, 7);
    v1 = v1.add(v5).add(IntVector.fromArray(LANES, m, 2 * N));
    v13 = v13.lanewise(VectorOperators.XOR, v1).lanewise(VectorOperators.ROR, 16);
    v9 = v9.add(v13);
    v5 = v5.lanewise(VectorOperators.XOR, v9).lanewise(VectorOperators.ROR, 12);
    v1 = v1.add(v5).add(IntVector.fromArray(LANES, m, 3 * N));
    v13 = v13.lanewise(VectorOperators.XOR, v1).lanewise(VectorOperators.ROR, 8);
    v9 = v9.add(v13);
    v5 = v5.lanewise(VectorOperators.XOR, v9).lanewise(VectorOperators.ROR, 7);
    v2 = v2.add(v6).add(IntVector.fromArray(LANES, m, 4 * N));
    v14 = v14.lanewise(VectorOperators.XOR, v2).lanewise(VectorOperators.ROR, 16);
    v10 = v10.add(v14);
    v6 = v6.lanewise(VectorOperators.XOR, v10).lanewise(VectorOperators.ROR, 12);
    v2 = v2.add(v6).add(IntVector.fromArray(LANES, m, 5 * N));
    v14 = v14.lanewise(VectorOperators.XOR, v2).lanewise(VectorOperators.ROR, 8);
    v10 = v10.add(v14);
    v6 = v6.lanewise(VectorOperators.XOR, v10).lanewise(VectorOperators.ROR, 7);
    v3 = v3.add(v7).add(IntVector.fromArray(LANES, m, 6 * N));
    v15 = v15.lanewise(VectorOperators.XOR, v3).lanewise(VectorOperators.ROR, 16);
    v11 = v11.add(v15);
    v7 = v7.lanewise(VectorOperators.XOR, v11).lanewise(VectorOperators.ROR, 12);
    v3 = v3.add(v7).add(IntVector.fromArray(LANES, m, 7 * N));
    v15 = v15.lanewise(VectorOperators.XOR, v3).lanewise(VectorOperators.ROR, 8);
    v11 = v11.add(v15);
    v7 = v7.lanewise(VectorOperators.XOR, v11).lanewise(VectorOperators.ROR, 7);
    v0 = v0.add(v5).add(IntVector.fromArray(LANES, m, 8 * N));
    v15 = v15.lanewise(VectorOperators.XOR, v0).lanewise(VectorOperators.ROR, 16);
    v10 = v10.add(v15);
    v5 = v5.lanewise(VectorOperators.XOR, v10).lanewise(VectorOperators.ROR, 12);
    v0 = v0.add(v5).add(IntVector.fromArray(LANES, m, 9 * N));
    v15 = v15.lanewise(VectorOperators.XOR, v0).lanewise(VectorOperators.ROR, 8);
    v10 = v10.add(v15);
    v5 = v5.lanewise(VectorOperators.XOR, v10).lanewise(VectorOperators.ROR, 7);
    v1 = v1.add(v6).add(IntVector.fromArray(LANES, m, 10 * N));
    v12 = v12.lanewise(VectorOperators.XOR, v1).lanewise(VectorOperators.ROR, 16);
    v11 = v11.add(v12);
    v6 = v6.lanewise(VectorOperators.XOR, v11).lanewise(VectorOperators.ROR, 12);
    v1 = v1.add(v6).add(IntVector.fromArray(LANES, m, 11 * N));
    v12 = v12.lanewise(VectorOperators.XOR, v1).lanewise(VectorOperators.ROR, 8);
    v11 = v11.add(v12);
    v6 = v6.lanewise(VectorOperators.XOR, v11).lanewise(VectorOperators.ROR, 7);
    v2 = v2.add(v7).add(IntVector.fromArray(LANES, m, 12 * N));
    v13 = v13.lanewise(VectorOperators.XOR, v2).lanewise(VectorOperators.ROR, 16);
    v8 = v8.add(v13);
    v7 = v7.lanewise(VectorOperators.XOR, v8).lanewise(VectorOperators.ROR, 12);
    v2 = v2.add(v7).add(IntVector.fromArray(LANES, m, 13 * N));
    v13 = v13.lanewise(VectorOperators.XOR, v2).lanewise(VectorOperators.ROR, 8);
    v8 = v8.add(v13);
    v7 = v7.lanewise(VectorOperators.XOR, v8).lanewise(VectorOperators.ROR, 7);
    v3 = v3.add(v4).add(IntVector.fromArray(LANES, m, 14 * N));
    v14 = v14.lanewise(VectorOperators.XOR, v3).lanewise(VectorOperators.ROR, 16);
    v9 = v9.add(v14);
    v4 = v4.lanewise(VectorOperators.XOR, v9).lanewise(VectorOperators.ROR, 12);
    v3 = v3.add(v4).add(IntVector.fromArray(LANES, m, 15 * N));
    v14 = v14.lanewise(VectorOperators.XOR, v3).lanewise(VectorOperators.ROR, 8);
    v9 = v9.add(v14);
    v4 = v4.lanewise(VectorOperators.XOR, v9).lanewise(VectorOperators.ROR, 7);
    // round 2
    v0 = v0.add(v4).add(IntVector.fromArray(LANES, m, 2 * N));
    v12 = v12.lanewise(VectorOperators.XOR, v0).lanewise(VectorOperators.ROR, 16);
    v8 = v8.add(v12);
    v4 = v4.lanewise(VectorOperators.XOR, v8).lanewise(VectorOperators.ROR, 12);
    v0 = v0.add(v4).add(IntVector.fromArray(LANES, m, 6 * N));
    v12 = v12.lanewise(VectorOperators.XOR, v0).lanewise(VectorOperators.ROR, 8);
    v8 = v8.add(v12);
    v4 = v4.lanewise(VectorOperators.XOR, v8).lanewise(VectorOperators.ROR, 7);
    v1 = v1.add(v5).add(IntVector.fromArray(LANES, m, 3 * N));
    v13 = v13.lanewise(VectorOperators.XOR, v1).lanewise(VectorOperators.ROR, 16);
    v9 = v9.add(v13);
    v5 = v5.lanewise(VectorOperators.XOR, v9).lanewise(VectorOperators.ROR, 12);
    v1 = v1.add(v5).add(IntVector.fromArray(LANES, m, 10 * N));
    v13 = v13.lanewise(VectorOperators.XOR, v1).lanewise(VectorOperators.ROR, 8);
    v9 = v9.add(v13);
    v5 = v5.lanewise(VectorOperators.XOR, v9).lanewise(VectorOperators.ROR, 7);
    v2 = v2.add(v6).add(IntVector.fromArray(LANES, m, 7 * N));
    v14 = v14.lanewise(VectorOperators.XOR, v2).lanewise(VectorOperators.ROR, 16);
    v10 = v10.add(v14);
    v6 = v6.lanewise(VectorOperators.XOR, v10).lanewise(VectorOperators.ROR, 12);
    v2 = v2.add(v6).add(IntVector.fromArray(LANES, m, 0 * N));
    v14 = v14.lanewise(VectorOperators.XOR, v2).lanewise(VectorOperators.ROR, 8);
    v10 = v10.add(v14);
    v6 = v6.lanewise(VectorOperators.XOR, v10).lanewise(VectorOperators.ROR, 7);
    v3 = v3.add(v7).add(IntVector.fromArray(LANES, m, 4 * N));
    v15 = v15.lanewise(VectorOperators.XOR, v3).lanewise(VectorOperators.ROR, 16);
    v11 = v11.add(v15);
    v7 = v7.lanewise(VectorOperators.XOR, v11).lanewise(VectorOperators.ROR, 12);
    v3 = v3.add(v7).add(IntVector.fromArray(LANES, m, 13 * N));
    v15 = v15.lanewise(VectorOperators.XOR, v3).lanewise(VectorOperators.ROR, 8);
    v11 = v11.add(v15);
    v7 = v7.lanewise(VectorOperators.XOR, v11).lanewise(VectorOperators.ROR, 7);
    v0 = v0.add(v5).add(IntVector.fromArray(LANES, m, 1 * N));
    v15 = v15.lanewise(VectorOperators.XOR, v0).lanewise(VectorOperators.ROR, 16);
    v10 = v10.add(v15);
    v5 = v5.lanewise(VectorOperators.XOR, v10).lanewise(VectorOperators.ROR, 12);
    v0 = v0.add(v5).add(IntVector.fromArray(LANES, m, 11 * N));
    v15 = v15.lanewise(VectorOperators.XOR, v0).lanewise(VectorOperators.ROR, 8);
    v10 = v10.add(v15);
    v5 = v5.lanewise(VectorOperators.XOR, v10).lanewise(VectorOperators.ROR, 7);
    v1 = v1.add(v6).add(IntVector.fromArray(LANES, m, 12 * N));
    v12 = v12.lanewise(VectorOperators.XOR, v1).lanewise(VectorOperators.ROR, 16);
    v11 = v11.add(v12);
    v6 = v6.lanewise(VectorOperators.XOR, v11).lanewise(VectorOperators.ROR, 12);
    v1 = v1.add(v6).add(IntVector.fromArray(LANES, m, 5 * N));
    v12 = v12.lanewise(VectorOperators.XOR, v1).lanewise(VectorOperators.ROR, 8);
    v11 = v11.add(v12);
    v6 = v6.lanewise(VectorOperators.XOR, v11).lanewise(VectorOperators.ROR, 7);
    v2 = v2.add(v7).add(IntVector.fromArray(LANES, m, 9 * N));
    v13 = v13.lanewise(VectorOperators.XOR, v2).lanewise(VectorOperators.ROR, 16);
    v8 = v8.add(v13);
    v7 = v7.lanewise(VectorOperators.XOR, v8).lanewise(VectorOperators.ROR, 12);
    v2 = v2.add(v7).add(IntVector.fromArray(LANES, m, 14 * N));
    v13 = v13.lanewise(VectorOperators.XOR, v2).lanewise(VectorOperators.ROR, 8);
    v8 = v8.add(v13);
    v7 = v7.lanewise(VectorOperators.XOR, v8).lanewise(VectorOperators.ROR, 7);
    v3 = v3.add(v4).add(IntVector.fromArray(LANES, m, 15 * N));
    v14 = v14.lanewise(VectorOperators.XOR, v3).lanewise(VectorOperators.ROR, 16);
    v9 = v9.add(v14);
    v4 = v4.lanewise(VectorOperators.XOR, v9).lanewise(VectorOperators.ROR, 12);
    v3 = v3.add(v4).add(IntVector.fromArray(LANES, m, 8 * N));
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
    v0 = v0.add(v4).add(IntVector.fromArray(LANES, m, 3 * N));
    v12 = v12.lanewise(VectorOperators.XOR, v0).lanewise(VectorOperators.ROR, 16);
    v8 = v8.add(v12);
    v4 = v4.lanewise(VectorOperators.XOR, v8).lanewise(VectorOperators.ROR, 12);
    v0 = v0.add(v4).add(IntVector.fromArray(LANES, m, 4 * N));
    v12 = v12.lanewise(VectorOperators.XOR, v0).lanewise(VectorOperators.ROR, 8);
    v8 = v8.add(v12);
    v4 = v4.lanewise(VectorOperators.XOR, v8).lanewise(VectorOperators.ROR, 7);
    v1 = v1.add(v5).add(IntVector.fromArray(LANES, m, 10 * N));
    v13 = v13.lanewise(VectorOperators.XOR, v1).lanewise(VectorOperators.ROR, 16);
    v9 = v9.add(v13);
    v5 = v5.lanewise(VectorOperators.XOR, v9).lanewise(VectorOperators.ROR, 12);
    v1 = v1.add(v5).add(IntVector.fromArray(LANES, m, 12 * N));
    v13 = v13.lanewise(VectorOperators.XOR, v1).lanewise(VectorOperators.ROR, 8);
    v9 = v9.add(v13);
    v5 = v5.lanewise(VectorOperators.XOR, v9).lanewise(VectorOperators.ROR, 7);
    v2 = v2.add(v6).add(IntVector.fromArray(LANES, m, 13 * N));
    v14 = v14.lanewise(VectorOperators.XOR, v2).lanewise(VectorOperators.ROR, 16);
    v10 = v10.add(v14);
    v6 = v6.lanewise(VectorOperators.XOR, v10).lanewise(VectorOperators.ROR, 12);
    v2 = v2.add(v6).add(IntVector.fromArray(LANES, m, 2 * N));
    v14 = v14.lanewise(VectorOperators.XOR, v2).lanewise(VectorOperators.ROR, 8);
    v10 = v10.add(v14);
    v6 = v6.lanewise(VectorOperators.XOR, v10).lanewise(VectorOperators.ROR, 7);
    v3 = v3.add(v7).add(IntVector.fromArray(LANES, m, 7 * N));
    v15 = v15.lanewise(VectorOperators.XOR, v3).lanewise(VectorOperators.ROR, 16);
    v11 = v11.add(v15);
    v7 = v7.lanewise(VectorOperators.XOR, v11).lanewise(VectorOperators.ROR, 12);
    v3 = v3.add(v7).add(IntVector.fromArray(LANES, m, 14 * N));
    v15 = v15.lanewise(VectorOperators.XOR, v3).lanewise(VectorOperators.ROR, 8);
    v11 = v11.add(v15);
    v7 = v7.lanewise(VectorOperators.XOR, v11).lanewise(VectorOperators.ROR, 7);
    v0 = v0.add(v5).add(IntVector.fromArray(LANES, m, 6 * N));
    v15 = v15.lanewise(VectorOperators.XOR, v0).lanewise(VectorOperators.ROR, 16);
    v10 = v10.add(v15);
    v5 = v5.lanewise(VectorOperators.XOR, v10).lanewise(VectorOperators.ROR, 12);
    v0 = v0.add(v5).add(IntVector.fromArray(LANES, m, 5 * N));
    v15 = v15.lanewise(VectorOperators.XOR, v0).lanewise(VectorOperators.ROR, 8);
    v10 = v10.add(v15);
    v5 = v5.lanewise(VectorOperators.XOR, v10).lanewise(VectorOperators.ROR, 7);
    v1 = v1.add(v6).add(IntVector.fromArray(LANES, m, 9 * N));
    v12 = v12.lanewise(VectorOperators.XOR, v1).lanewise(VectorOperators.ROR, 16);
    v11 = v11.add(v12);
    v6 = v6.lanewise(VectorOperators.XOR, v11).lanewise(VectorOperators.ROR, 12);
    v1 = v1.add(v6).add(IntVector.fromArray(LANES, m, 0 * N));
    v12 = v12.lanewise(VectorOperators.XOR, v1).lanewise(VectorOperators.ROR, 8);
    v11 = v11.add(v12);
    v6 = v6.lanewise(VectorOperators.XOR, v11).lanewise(VectorOperators.ROR, 7);
    v2 = v2.add(v7).add(IntVector.fromArray(LANES, m, 11 * N));
    v13 = v13.lanewise(VectorOperators.XOR, v2).lanewise(VectorOperators.ROR, 16);
    v8 = v8.add(v13);
    v7 = v7.lanewise(VectorOperators.XOR, v8).lanewise(VectorOperators.ROR, 12);
    v2 = v2.add(v7).add(IntVector.fromArray(LANES, m, 15 * N));
    v13 = v13.lanewise(VectorOperators.XOR, v2).lanewise(VectorOperators.ROR, 8);
    v8 = v8.add(v13);
    v7 = v7.lanewise(VectorOperators.XOR, v8).lanewise(VectorOperators.ROR, 7);
    v3 = v3.add(v4).add(IntVector.fromArray(LANES, m, 8 * N));
    v14 = v14.lanewise(VectorOperators.XOR, v3).lanewise(VectorOperators.ROR, 16);
    v9 = v9.add(v14);
    v4 = v4.lanewise(VectorOperators.XOR, v9).lanewise(VectorOperators.ROR, 12);
    v3 = v3.add(v4).add(IntVector.fromArray(LANES, m, 1 * N));
    v14 = v14.lanewise(VectorOperators.XOR, v3).lanewise(VectorOperators.ROR, 8);
    v9 = v9.add(v14);
    v4 = v4.lanewise(VectorOperators.XOR, v9).lanewise(VectorOperators.ROR, 7);
    // round 4
    v0 = v0.add(v4).add(IntVector.fromArray(LANES, m, 10 * N));
    v12 = v12.lanewise(VectorOperators.XOR, v0).lanewise(VectorOperators.ROR, 16);
    v8 = v8.add(v12);
    v4 = v4.lanewise(VectorOperators.XOR, v8).lanewise(VectorOperators.ROR, 12);
    v0 = v0.add(v4).add(IntVector.fromArray(LANES, m, 7 * N));
    v12 = v12.lanewise(VectorOperators.XOR, v0).lanewise(VectorOperators.ROR, 8);
    v8 = v8.add(v12);
    v4 = v4.lanewise(VectorOperators.XOR, v8).lanewise(VectorOperators.ROR, 7);
    v1 = v1.add(v5).add(IntVector.fromArray(LANES, m, 12 * N));
    v13 = v13.lanewise(VectorOperators.XOR, v1).lanewise(VectorOperators.ROR, 16);
    v9 = v9.add(v13);
    v5 = v5.lanewise(VectorOperators.XOR, v9).lanewise(VectorOperators.ROR, 12);
    v1 = v1.add(v5).add(IntVector.fromArray(LANES, m, 9 * N));
    v13 = v13.lanewise(VectorOperators.XOR, v1).lanewise(VectorOperators.ROR, 8);
    v9 = v9.add(v13);
    v5 = v5.lanewise(VectorOperators.XOR, v9).lanewise(VectorOperators.ROR, 7);
    v2 = v2.add(v6).add(IntVector.fromArray(LANES, m, 14 * N));
    v14 = v14.lanewise(VectorOperators.XOR, v2).lanewise(VectorOperators.ROR, 16);
    v10 = v10.add(v14);
    v6 = v6.lanewise(VectorOperators.XOR, v10).lanewise(VectorOperators.ROR, 12);
    v2 = v2.add(v6).add(IntVector.fromArray(LANES, m, 3 * N));
    v14 = v14.lanewise(VectorOperators.XOR, v2).lanewise(VectorOperators.ROR, 8);
    v10 = v10.add(v14);
    v6 = v6.lanewise(VectorOperators.XOR, v10).lanewise(VectorOperators.ROR, 7);
    v3 = v3.add(v7).add(IntVector.fromArray(LANES, m, 13 * N));
    v15 = v15.lanewise(VectorOperators.XOR, v3).lanewise(VectorOperators.ROR, 16);
    v11 = v11.add(v15);
    v7 = v7.lanewise(VectorOperators.XOR, v11).lanewise(VectorOperators.ROR, 12);
    v3 = v3.add(v7).add(IntVector.fromArray(LANES, m, 15 * N));
    v15 = v15.lanewise(VectorOperators.XOR, v3).lanewise(VectorOperators.ROR, 8);
    v11 = v11.add(v15);
    v7 = v7.lanewise(VectorOperators.XOR, v11).lanewise(VectorOperators.ROR, 7);
    v0 = v0.add(v5).add(IntVector.fromArray(LANES, m, 4 * N));
    v15 = v15.lanewise(VectorOperators.XOR, v0).lanewise(VectorOperators.ROR, 16);
    v10 = v10.add(v15);
    v5 = v5.lanewise(VectorOperators.XOR, v10).lanewise(VectorOperators.ROR, 12);
    v0 = v0.add(v5).add(IntVector.fromArray(LANES, m, 0 * N));
    v15 = v15.lanewise(VectorOperators.XOR, v0).lanewise(VectorOperators.ROR, 8);
    v10 = v10.add(v15);
    v5 = v5.lanewise(VectorOperators.XOR, v10).lanewise(VectorOperators.ROR, 7);
    v1 = v1.add(v6).add(IntVector.fromArray(LANES, m, 11 * N));
    v12 = v12.lanewise(VectorOperators.XOR, v1).lanewise(VectorOperators.ROR, 16);
    v11 = v11.add(v12);
    v6 = v6.lanewise(VectorOperators.XOR, v11).lanewise(VectorOperators.ROR, 12);
    v1 = v1.add(v6).add(IntVector.fromArray(LANES, m, 2 * N));
    v12 = v12.lanewise(VectorOperators.XOR, v1).lanewise(VectorOperators.ROR, 8);
    v11 = v11.add(v12);
    v6 = v6.lanewise(VectorOperators.XOR, v11).lanewise(VectorOperators.ROR, 7);
    v2 = v2.add(v7).add(IntVector.fromArray(LANES, m, 5 * N));
    v13 = v13.lanewise(VectorOperators.XOR, v2).lanewise(VectorOperators.ROR, 16);
    v8 = v8.add(v13);
    v7 = v7.lanewise(VectorOperators.XOR, v8).lanewise(VectorOperators.ROR, 12);
    v2 = v2.add(v7).add(IntVector.fromArray(LANES, m, 8 * N));
    v13 = v13.lanewise(VectorOperators.XOR, v2).lanewise(VectorOperators.ROR, 8);
    v8 = v8.add(v13);
    v7 = v7.lanewise(VectorOperators.XOR, v8).lanewise(VectorOperators.ROR, 7);
    v3 = v3.add(v4).add(IntVector.fromArray(LANES, m, 1 * N));
    v14 = v14.lanewise(VectorOperators.XOR, v3).lanewise(VectorOperators.ROR, 16);
    v9 = v9.add(v14);
    v4 = v4.lanewise(VectorOperators.XOR, v9).lanewise(VectorOperators.ROR, 12);
    v3 = v3.add(v4).add(IntVector.fromArray(LANES, m, 6 * N));
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
    v0 = v0.add(v4).add(IntVector.fromArray(LANES, m, 12 * N));
    v12 = v12.lanewise(VectorOperators.XOR, v0).lanewise(VectorOperators.ROR, 16);
    v8 = v8.add(v12);
    v4 = v4.lanewise(VectorOperators.XOR, v8).lanewise(VectorOperators.ROR, 12);
    v0 = v0.add(v4).add(IntVector.fromArray(LANES, m, 13 * N));
    v12 = v12.lanewise(VectorOperators.XOR, v0).lanewise(VectorOperators.ROR, 8);
    v8 = v8.add(v12);
    v4 = v4.lanewise(VectorOperators.XOR, v8).lanewise(VectorOperators.ROR, 7);
    v1 = v1.add(v5).add(IntVector.fromArray(LANES, m, 9 * N));
    v13 = v13.lanewise(VectorOperators.XOR, v1).lanewise(VectorOperators.ROR, 16);
    v9 = v9.add(v13);
    v5 = v5.lanewise(VectorOperators.XOR, v9).lanewise(VectorOperators.ROR, 12);
    v1 = v1.add(v5).add(IntVector.fromArray(LANES, m, 11 * N));
    v13 = v13.lanewise(VectorOperators.XOR, v1).lanewise(VectorOperators.ROR, 8);
    v9 = v9.add(v13);
    v5 = v5.lanewise(VectorOperators.XOR, v9).lanewise(VectorOperators.ROR, 7);
    v2 = v2.add(v6).add(IntVector.fromArray(LANES, m, 15 * N));
    v14 = v14.lanewise(VectorOperators.XOR, v2).lanewise(VectorOperators.ROR, 16);
    v10 = v10.add(v14);
    v6 = v6.lanewise(VectorOperators.XOR, v10).lanewise(VectorOperators.ROR, 12);
    v2 = v2.add(v6).add(IntVector.fromArray(LANES, m, 10 * N));
    v14 = v14.lanewise(VectorOperators.XOR, v2).lanewise(VectorOperators.ROR, 8);
    v10 = v10.add(v14);
    v6 = v6.lanewise(VectorOperators.XOR, v10).lanewise(VectorOperators.ROR, 7);
    v3 = v3.add(v7).add(IntVector.fromArray(LANES, m, 14 * N));
    v15 = v15.lanewise(VectorOperators.XOR, v3).lanewise(VectorOperators.ROR, 16);
    v11 = v11.add(v15);
    v7 = v7.lanewise(VectorOperators.XOR, v11).lanewise(VectorOperators.ROR, 12);
    v3 = v3.add(v7).add(IntVector.fromArray(LANES, m, 8 * N));
    v15 = v15.lanewise(VectorOperators.XOR, v3).lanewise(VectorOperators.ROR, 8);
    v11 = v11.add(v15);
    v7 = v7.lanewise(VectorOperators.XOR, v11).lanewise(VectorOperators.ROR, 7);
    v0 = v0.add(v5).add(IntVector.fromArray(LANES, m, 7 * N));
    v15 = v15.lanewise(VectorOperators.XOR, v0).lanewise(VectorOperators.ROR, 16);
    v10 = v10.add(v15);
    v5 = v5.lanewise(VectorOperators.XOR, v10).lanewise(VectorOperators.ROR, 12);
    v0 = v0.add(v5).add(IntVector.fromArray(LANES, m, 2 * N));
    v15 = v15.lanewise(VectorOperators.XOR, v0).lanewise(VectorOperators.ROR, 8);
    v10 = v10.add(v15);
    v5 = v5.lanewise(VectorOperators.XOR, v10).lanewise(VectorOperators.ROR, 7);
    v1 = v1.add(v6).add(IntVector.fromArray(LANES, m, 5 * N));
    v12 = v12.lanewise(VectorOperators.XOR, v1).lanewise(VectorOperators.ROR, 16);
    v11 = v11.add(v12);
    v6 = v6.lanewise(VectorOperators.XOR, v11).lanewise(VectorOperators.ROR, 12);
    v1 = v1.add(v6).add(IntVector.fromArray(LANES, m, 3 * N));
    v12 = v12.lanewise(VectorOperators.XOR, v1).lanewise(VectorOperators.ROR, 8);
    v11 = v11.add(v12);
    v6 = v6.lanewise(VectorOperators.XOR, v11).lanewise(VectorOperators.ROR, 7);
    v2 = v2.add(v7).add(IntVector.fromArray(LANES, m, 0 * N));
    v13 = v13.lanewise(VectorOperators.XOR, v2).lanewise(VectorOperators.ROR, 16);
    v8 = v8.add(v13);
    v7 = v7.lanewise(VectorOperators.XOR, v8).lanewise(VectorOperators.ROR, 12);
    v2 = v2.add(v7).add(IntVector.fromArray(LANES, m, 1 * N));
    v13 = v13.lanewise(VectorOperators.XOR, v2).lanewise(VectorOperators.ROR, 8);
    v8 = v8.add(v13);
    v7 = v7.lanewise(VectorOperators.XOR, v8).lanewise(VectorOperators.ROR, 7);
    v3 = v3.add(v4).add(IntVector.fromArray(LANES, m, 6 * N));
    v14 = v14.lanewise(VectorOperators.XOR, v3).lanewise(VectorOperators.ROR, 16);
    v9 = v9.add(v14);
    v4 = v4.lanewise(VectorOperators.XOR, v9).lanewise(VectorOperators.ROR, 12);
    v3 = v3.add(v4).add(IntVector.fromArray(LANES, m, 4 * N));
    v14 = v14.lanewise(VectorOperators.XOR, v3).lanewise(VectorOperators.ROR, 8);
    v9 = v9.add(v14);
    v4 = v4.lanewise(VectorOperators.XOR, v9).lanewise(VectorOperators.ROR, 7);
    // round 6
    v0 = v0.add(v4).add(IntVector.fromArray(LANES, m, 9 * N));
    v12 = v12.lanewise(VectorOperators.XOR, v0).lanewise(VectorOperators.ROR, 16);
    v8 = v8.add(v12);
    v4 = v4.lanewise(VectorOperators.XOR, v8).lanewise(VectorOperators.ROR, 12);
    v0 = v0.add(v4).add(IntVector.fromArray(LANES, m, 14 * N));
    v12 = v12.lanewise(VectorOperators.XOR, v0).lanewise(VectorOperators.ROR, 8);
    v8 = v8.add(v12);
    v4 = v4.lanewise(VectorOperators.XOR, v8).lanewise(VectorOperators.ROR, 7);
    v1 = v1.add(v5).add(IntVector.fromArray(LANES, m, 11 * N));
    v13 = v13.lanewise(VectorOperators.XOR, v1).lanewise(VectorOperators.ROR, 16);
    v9 = v9.add(v13);
    v5 = v5.lanewise(VectorOperators.XOR, v9).lanewise(VectorOperators.ROR, 12);
    v1 = v1.add(v5).add(IntVector.fromArray(LANES, m, 5 * N));
    v13 = v13.lanewise(VectorOperators.XOR, v1).lanewise(VectorOperators.ROR, 8);
    v9 = v9.add(v13);
    v5 = v5.lanewise(VectorOperators.XOR, v9).lanewise(VectorOperators.ROR, 7);
    v2 = v2.add(v6).add(IntVector.fromArray(LANES, m, 8 * N));
    v14 = v14.lanewise(VectorOperators.XOR, v2).lanewise(VectorOperators.ROR, 16);
    v10 = v10.add(v14);
    v6 = v6.lanewise(VectorOperators.XOR, v10).lanewise(VectorOperators.ROR, 12);
    v2 = v2.add(v6).add(IntVector.fromArray(LANES, m, 12 * N));
    v14 = v14.lanewise(VectorOperators.XOR, v2).lanewise(VectorOperators.ROR, 8);
    v10 = v10.add(v14);
    v6 = v6.lanewise(VectorOperators.XOR, v10).lanewise(VectorOperators.ROR, 7);
    v3 = v3.add(v7).add(IntVector.fromArray(LANES, m, 15 * N));
    v15 = v15.lanewise(VectorOperators.XOR, v3).lanewise(VectorOperators.ROR, 16);
    v11 = v11.add(v15);
    v7 = v7.lanewise(VectorOperators.XOR, v11).lanewise(VectorOperators.ROR, 12);
    v3 = v3.add(v7).add(IntVector.fromArray(LANES, m, 1 * N));
    v15 = v15.lanewise(VectorOperators.XOR, v3).lanewise(VectorOperators.ROR, 8);
    v11 = v11.add(v15);
    v7 = v7.lanewise(VectorOperators.XOR, v11).lanewise(VectorOperators.ROR, 7);
    v0 = v0.add(v5).add(IntVector.fromArray(LANES, m, 13 * N));
    v15 = v15.lanewise(VectorOperators.XOR, v0).lanewise(VectorOperators.ROR, 16);
    v10 = v10.add(v15);
    v5 = v5.lanewise(VectorOperators.XOR, v10).lanewise(VectorOperators.ROR, 12);
    v0 = v0.add(v5).add(IntVector.fromArray(LANES, m, 3 * N));
    v15 = v15.lanewise(VectorOperators.XOR, v0).lanewise(VectorOperators.ROR, 8);
    v10 = v10.add(v15);
    v5 = v5.lanewise(VectorOperators.XOR, v10).lanewise(VectorOperators.ROR, 7);
    v1 = v1.add(v6).add(IntVector.fromArray(LANES, m, 0 * N));
    v12 = v12.lanewise(VectorOperators.XOR, v1).lanewise(VectorOperators.ROR, 16);
    v11 = v11.add(v12);
    v6 = v6.lanewise(VectorOperators.XOR, v11).lanewise(VectorOperators.ROR, 12);
    v1 = v1.add(v6).add(IntVector.fromArray(LANES, m, 10 * N));
    v12 = v12.lanewise(VectorOperators.XOR, v1).lanewise(VectorOperators.ROR, 8);
    v11 = v11.add(v12);
    v6 = v6.lanewise(VectorOperators.XOR, v11).lanewise(VectorOperators.ROR, 7);
    v2 = v2.add(v7).add(IntVector.fromArray(LANES, m, 2 * N));
    v13 = v13.lanewise(VectorOperators.XOR, v2).lanewise(VectorOperators.ROR, 16);
    v8 = v8.add(v13);
    v7 = v7.lanewise(VectorOperators.XOR, v8).lanewise(VectorOperators.ROR, 12);
    v2 = v2.add(v7).add(IntVector.fromArray(LANES, m, 6 * N));
    v13 = v13.lanewise(VectorOperators.XOR, v2).lanewise(VectorOperators.ROR, 8);
    v8 = v8.add(v13);
    v7 = v7.lanewise(VectorOperators.XOR, v8).lanewise(VectorOperators.ROR, 7);
    v3 = v3.add(v4).add(IntVector.fromArray(LANES, m, 4 * N));
    v14 = v14.lanewise(VectorOperators.XOR, v3).lanewise(VectorOperators.ROR, 16);
    v9 = v9.add(v14);
    v4 = v4.lanewise(VectorOperators.XOR, v9).lanewise(VectorOperators.ROR, 12);
    v3 = v3.add(v4).add(IntVector.fromArray(LANES, m, 7 * N));
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
    v0 = v0.add(v4).add(IntVector.fromArray(LANES, m, 11 * N));
    v12 = v12.lanewise(VectorOperators.XOR, v0).lanewise(VectorOperators.ROR, 16);
    v8 = v8.add(v12);
    v4 = v4.lanewise(VectorOperators.XOR, v8).lanewise(VectorOperators.ROR, 12);
    v0 = v0.add(v4).add(IntVector.fromArray(LANES, m, 15 * N));
    v12 = v12.lanewise(VectorOperators.XOR, v0).lanewise(VectorOperators.ROR, 8);
    v8 = v8.add(v12);
    v4 = v4.lanewise(VectorOperators.XOR, v8).lanewise(VectorOperators.ROR, 7);
    v1 = v1.add(v5).add(IntVector.fromArray(LANES, m, 5 * N));
    v13 = v13.lanewise(VectorOperators.XOR, v1).lanewise(VectorOperators.ROR, 16);
    v9 = v9.add(v13);
    v5 = v5.lanewise(VectorOperators.XOR, v9).lanewise(VectorOperators.ROR, 12);
    v1 = v1.add(v5).add(IntVector.fromArray(LANES, m, 0 * N));
    v13 = v13.lanewise(VectorOperators.XOR, v1).lanewise(VectorOperators.ROR, 8);
    v9 = v9.add(v13);
    v5 = v5.lanewise(VectorOperators.XOR, v9).lanewise(VectorOperators.ROR, 7);
    v2 = v2.add(v6).add(IntVector.fromArray(LANES, m, 1 * N));
    v14 = v14.lanewise(VectorOperators.XOR, v2).lanewise(VectorOperators.ROR, 16);
    v10 = v10.add(v14);
    v6 = v6.lanewise(VectorOperators.XOR, v10).lanewise(VectorOperators.ROR, 12);
    v2 = v2.add(v6).add(IntVector.fromArray(LANES, m, 9 * N));
    v14 = v14.lanewise(VectorOperators.XOR, v2).lanewise(VectorOperators.ROR, 8);
    v10 = v10.add(v14);
    v6 = v6.lanewise(VectorOperators.XOR, v10).lanewise(VectorOperators.ROR, 7);
    v3 = v3.add(v7).add(IntVector.fromArray(LANES, m, 8 * N));
    v15 = v15.lanewise(VectorOperators.XOR, v3).lanewise(VectorOperators.ROR, 16);
    v11 = v11.add(v15);
    v7 = v7.lanewise(VectorOperators.XOR, v11).lanewise(VectorOperators.ROR, 12);
    v3 = v3.add(v7).add(IntVector.fromArray(LANES, m, 6 * N));
    v15 = v15.lanewise(VectorOperators.XOR, v3).lanewise(VectorOperators.ROR, 8);
    v11 = v11.add(v15);
    v7 = v7.lanewise(VectorOperators.XOR, v11).lanewise(VectorOperators.ROR, 7);
    v0 = v0.add(v5).add(IntVector.fromArray(LANES, m, 14 * N));
    v15 = v15.lanewise(VectorOperators.XOR, v0).lanewise(VectorOperators.ROR, 16);
    v10 = v10.add(v15);
    v5 = v5.lanewise(VectorOperators.XOR, v10).lanewise(VectorOperators.ROR, 12);
    v0 = v0.add(v5).add(IntVector.fromArray(LANES, m, 10 * N));
    v15 = v15.lanewise(VectorOperators.XOR, v0).lanewise(VectorOperators.ROR, 8);
    v10 = v10.add(v15);
    v5 = v5.lanewise(VectorOperators.XOR, v10).lanewise(VectorOperators.ROR, 7);
    v1 = v1.add(v6).add(IntVector.fromArray(LANES, m, 2 * N));
    v12 = v12.lanewise(VectorOperators.XOR, v1).lanewise(VectorOperators.ROR, 16);
    v11 = v11.add(v12);
    v6 = v6.lanewise(VectorOperators.XOR, v11).lanewise(VectorOperators.ROR, 12);
    v1 = v1.add(v6).add(IntVector.fromArray(LANES, m, 12 * N));
    v12 = v12.lanewise(VectorOperators.XOR, v1).lanewise(VectorOperators.ROR, 8);
    v11 = v11.add(v12);
    v6 = v6.lanewise(VectorOperators.XOR, v11).lanewise(VectorOperators.ROR, 7);
    v2 = v2.add(v7).add(IntVector.fromArray(LANES, m, 3 * N));
    v13 = v13.lanewise(VectorOperators.XOR, v2).lanewise(VectorOperators.ROR, 16);
    v8 = v8.add(v13);
    v7 = v7.lanewise(VectorOperators.XOR, v8).lanewise(VectorOperators.ROR, 12);
    v2 = v2.add(v7).add(IntVector.fromArray(LANES, m, 4 * N));
    v13 = v13.lanewise(VectorOperators.XOR, v2).lanewise(VectorOperators.ROR, 8);
    v8 = v8.add(v13);
    v7 = v7.lanewise(VectorOperators.XOR, v8).lanewise(VectorOperators.ROR, 7);
    v3 = v3.add(v4).add(IntVector.fromArray(LANES, m, 7 * N));
    v14 = v14.lanewise(VectorOperators.XOR, v3).lanewise(VectorOperators.ROR, 16);
    v9 = v9.add(v14);
    v4 = v4.lanewise(VectorOperators.XOR, v9).lanewise(VectorOperators.ROR, 12);
    v3 = v3.add(v4).add(IntVector.fromArray(LANES, m, 13 * N));
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
