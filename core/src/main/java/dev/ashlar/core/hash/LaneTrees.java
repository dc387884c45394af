package dev.ashlar.core.hash;

import java.lang.foreign.MemorySegment;
import java.util.Arrays;

/**
 * The trees of inputs that are hashed side by side: their leaves and then their parents, level by
 * level, are put into the lanes of a {@link LaneKernel}, whichever input they belong to.
 *
 * <p>What stands in a row as the kernel takes it is read where it is; the rest is gathered first.
 * The chaining values of an input stand one behind the other in {@link #values}, and each level
 * takes the place of the one below. An instance serves one thread at a time.
 */
final class LaneTrees {
  private static final int LEAF_BYTES = ScalarBlake3.LEAF_BYTES;
  private static final int BLOCK_BYTES = ScalarBlake3.BLOCK_BYTES;
  private static final int VALUE_WORDS = 8;
  private static final int PAIR_WORDS = 2 * VALUE_WORDS;

  /** Fewer are worked on one after the other: a kernel takes as long for one as for all. */
  private static final int LANES_MIN = 2;

  private final LaneKernel kernel;
  private final int n;
  private final int[] state;
  private final MemorySegment stateMemory;
  private int base;

  /** What was gathered: leaves and their lengths, or pairs; and where a lane's result goes. */
  private final byte[] leaves;

  private final int[] lengths;
  private final int[] pairs;
  private final int[] counters;
  private final int[] flags;
  private final int[] places;
  private int gathered;

  private int[] values = new int[0];

  /** Where the values of each input begin, and how many there are on the present level. */
  private int[] firsts = new int[1];

  private int[] counts = new int[1];

  private final int[] single = new int[2];
  private final byte[] singleHash = new byte[MerkleHash.BYTES];
  private final int[] scalarState = new int[16];
  private final int[] scalarBlock = new int[16];

  LaneTrees(LaneKernel kernel) {
    this.kernel = kernel;
    this.n = kernel.lanes();
    this.state = new int[LaneKernel.ROWS * n + CacheLine.INTS];
    this.stateMemory = MemorySegment.ofArray(state);
    this.leaves = new byte[n * LEAF_BYTES];
    this.lengths = new int[n];
    this.pairs = new int[n * PAIR_WORDS];
    this.counters = new int[n];
    this.flags = new int[n];
    this.places = new int[n];
  }

  /** The hash of one range, in an array that the next call changes. */
  byte[] hash(Blake3Key key, byte[] bytes, int offset, int length) {
    single[0] = offset;
    single[1] = offset + length;
    hash(key, bytes, single, 1, singleHash, 0);
    return singleHash;
  }

  /** See {@link ChunkHasher#hashAll}. */
  void hash(Blake3Key key, byte[] bytes, int[] bounds, int count, byte[] target, int at) {
    base = CacheLine.firstIn(stateMemory);
    gathered = 0;
    layOut(bounds, count);
    wholeLeaves(key, bytes, bounds, count);
    lastLeaves(key, bytes, bounds, count);
    while (raise(key, count)) {}
    for (int i = 0; i < count; i++) {
      ScalarBlake3.output(values, firsts[i] * VALUE_WORDS, target, at + i * MerkleHash.BYTES);
    }
  }

  private void layOut(int[] bounds, int count) {
    if (counts.length < count) {
      counts = new int[2 * count];
      firsts = new int[2 * count];
    }
    int all = 0;
    for (int i = 0; i < count; i++) {
      int length = bounds[2 * i + 1] - bounds[2 * i];
      firsts[i] = all;
      counts[i] = Math.max(1, (length + LEAF_BYTES - 1) / LEAF_BYTES);
      all += counts[i];
    }
    if (values.length < all * VALUE_WORDS) {
      values = new int[2 * all * VALUE_WORDS];
    }
  }

  /** Leaves of full length that are not an input's only one. */
  private void wholeLeaves(Blake3Key key, byte[] bytes, int[] bounds, int count) {
    for (int i = 0; i < count; i++) {
      int whole = counts[i] == 1 ? 0 : (bounds[2 * i + 1] - bounds[2 * i]) / LEAF_BYTES;
      for (int leaf = 0; leaf < whole; ) {
        int from = bounds[2 * i] + leaf * LEAF_BYTES;
        if (gathered == 0 && whole - leaf >= n) {
          leafRow(key, bytes, from, firsts[i] + leaf, leaf);
          leaf += n;
        } else {
          gather(bytes, from, LEAF_BYTES, firsts[i] + leaf, leaf, 0);
          leaf++;
          if (gathered == n) {
            gatheredRow(key);
          }
        }
      }
    }
    gatheredLeaves(key);
  }

  private void leafRow(Blake3Key key, byte[] bytes, int from, int place, int counter) {
    begin(key);
    for (int lane = 0; lane < n; lane++) {
      state[base + LaneKernel.COUNTERS * n + lane] = counter + lane;
    }
    kernel.leaves(bytes, from, state, base);
    for (int lane = 0; lane < n; lane++) {
      store(lane, place + lane);
    }
  }

  private void gather(byte[] bytes, int from, int length, int place, int counter, int flag) {
    System.arraycopy(bytes, from, leaves, gathered * LEAF_BYTES, length);
    lengths[gathered] = length;
    counters[gathered] = counter;
    flags[gathered] = flag;
    places[gathered++] = place;
  }

  /** As many whole leaves as there are lanes. */
  private void gatheredRow(Blake3Key key) {
    begin(key);
    System.arraycopy(counters, 0, state, base + LaneKernel.COUNTERS * n, n);
    kernel.leaves(leaves, 0, state, base);
    storeGathered();
  }

  /** Leaves that end before the others, or are an input's only one. */
  private void lastLeaves(Blake3Key key, byte[] bytes, int[] bounds, int count) {
    for (int i = 0; i < count; i++) {
      int last = counts[i] - 1;
      int from = bounds[2 * i] + last * LEAF_BYTES;
      int length = bounds[2 * i + 1] - from;
      if (last == 0 || length < LEAF_BYTES) {
        gather(bytes, from, length, firsts[i] + last, last, last == 0 ? ScalarBlake3.ROOT : 0);
        if (gathered == n) {
          gatheredLeaves(key);
        }
      }
    }
    gatheredLeaves(key);
  }

  /** Leaves of any length, and any number of them. */
  private void gatheredLeaves(Blake3Key key) {
    if (gathered < LANES_MIN) {
      for (int lane = 0; lane < gathered; lane++) {
        int from = lane * LEAF_BYTES;
        ScalarBlake3.leaf(
            key,
            leaves,
            from,
            lengths[lane],
            counters[lane],
            flags[lane],
            scalarState,
            scalarBlock);
        storeScalar(places[lane]);
      }
      gathered = 0;
      return;
    }
    begin(key);
    System.arraycopy(counters, 0, state, base + LaneKernel.COUNTERS * n, n);
    int blocks = 1;
    for (int lane = 0; lane < gathered; lane++) {
      int end = lane * LEAF_BYTES + lengths[lane];
      Arrays.fill(leaves, end, lane * LEAF_BYTES + blocks(lane) * BLOCK_BYTES, (byte) 0);
      blocks = Math.max(blocks, blocks(lane));
    }
    for (int block = 0; block < blocks; block++) {
      describe(block);
      kernel.block(leaves, block * BLOCK_BYTES, state, base);
      for (int lane = 0; lane < gathered; lane++) {
        if (block == blocks(lane) - 1) {
          store(lane, places[lane]);
        }
      }
    }
    gathered = 0;
  }

  private int blocks(int lane) {
    return Math.max(1, (lengths[lane] + BLOCK_BYTES - 1) / BLOCK_BYTES);
  }

  /** Tells the kernel what this block of each leaf is; a leaf that has ended no longer counts. */
  private void describe(int block) {
    for (int lane = 0; lane < gathered; lane++) {
      boolean isLast = block == blocks(lane) - 1;
      state[base + LaneKernel.LENGTHS * n + lane] =
          isLast ? lengths[lane] - block * BLOCK_BYTES : BLOCK_BYTES;
      state[base + LaneKernel.FLAGS * n + lane] =
          ScalarBlake3.KEYED
              | (block == 0 ? ScalarBlake3.CHUNK_START : 0)
              | (isLast ? ScalarBlake3.CHUNK_END | flags[lane] : 0);
    }
  }

  /** Joins neighbours, which gives the same tree; one left over goes up as it is. */
  private boolean raise(Blake3Key key, int count) {
    boolean isMore = false;
    for (int i = 0; i < count; i++) {
      int pairsHere = counts[i] / 2;
      int flag = counts[i] == 2 ? ScalarBlake3.ROOT : 0;
      for (int pair = 0; pair < pairsHere; ) {
        int from = firsts[i] + 2 * pair;
        if (gathered == 0 && pairsHere - pair >= n) {
          pairRow(key, from, firsts[i] + pair);
          pair += n;
        } else {
          System.arraycopy(values, from * VALUE_WORDS, pairs, gathered * PAIR_WORDS, PAIR_WORDS);
          flags[gathered] = flag;
          places[gathered++] = firsts[i] + pair++;
          if (gathered == n) {
            gatheredPairs(key);
          }
        }
      }
      if (counts[i] > 1 && counts[i] % 2 == 1) {
        int last = (firsts[i] + counts[i] - 1) * VALUE_WORDS;
        System.arraycopy(values, last, values, (firsts[i] + pairsHere) * VALUE_WORDS, VALUE_WORDS);
      }
      counts[i] -= pairsHere;
      isMore |= counts[i] > 1;
    }
    gatheredPairs(key);
    return isMore;
  }

  /** As many pairs of one input as there are lanes, where they are. */
  private void pairRow(Blake3Key key, int from, int place) {
    begin(key);
    int row = base + LaneKernel.FLAGS * n;
    Arrays.fill(state, row, row + n, ScalarBlake3.KEYED | ScalarBlake3.PARENT);
    joinPairs(values, from * VALUE_WORDS);
    for (int lane = 0; lane < n; lane++) {
      store(lane, place + lane);
    }
  }

  private void gatheredPairs(Blake3Key key) {
    if (gathered < LANES_MIN) {
      for (int lane = 0; lane < gathered; lane++) {
        ScalarBlake3.parent(key, pairs, 2 * lane, flags[lane], scalarState, scalarBlock);
        storeScalar(places[lane]);
      }
      gathered = 0;
      return;
    }
    begin(key);
    for (int lane = 0; lane < gathered; lane++) {
      state[base + LaneKernel.FLAGS * n + lane] =
          ScalarBlake3.KEYED | ScalarBlake3.PARENT | flags[lane];
    }
    joinPairs(pairs, 0);
    storeGathered();
  }

  private void joinPairs(int[] source, int at) {
    int counterRow = base + LaneKernel.COUNTERS * n;
    int lengthRow = base + LaneKernel.LENGTHS * n;
    Arrays.fill(state, counterRow, counterRow + n, 0);
    Arrays.fill(state, lengthRow, lengthRow + n, BLOCK_BYTES);
    kernel.pairs(source, at, state, base);
  }

  private void begin(Blake3Key key) {
    for (int w = 0; w < VALUE_WORDS; w++) {
      Arrays.fill(state, base + w * n, base + (w + 1) * n, key.word(w));
    }
  }

  private void storeGathered() {
    for (int lane = 0; lane < gathered; lane++) {
      store(lane, places[lane]);
    }
    gathered = 0;
  }

  private void store(int lane, int place) {
    int to = place * VALUE_WORDS;
    for (int w = 0; w < VALUE_WORDS; w++) {
      values[to + w] = state[base + w * n + lane];
    }
  }

  private void storeScalar(int place) {
    System.arraycopy(scalarState, 0, values, place * VALUE_WORDS, VALUE_WORDS);
  }
}
