package dev.ashlar.casserver.dedup;

import dev.ashlar.core.hash.MerkleHash;
import java.lang.invoke.MethodHandles;
import java.lang.invoke.VarHandle;
import java.util.concurrent.atomic.AtomicLong;

/**
 * A Bloom filter over chunk hashes: never denies one that was added. Hashes are uniform already, so
 * that the four places of one are the halves of its first two words. (The last word will not do:
 * its low bits are why most chunks are in the index.)
 *
 * <p>Any number of threads may add and ask at once.
 */
final class ChunkFilter {
  private static final int PLACES = 4;
  private static final VarHandle WORD = MethodHandles.arrayElementVarHandle(long[].class);

  private final long[] words;
  private final int mask;
  private final AtomicLong ones = new AtomicLong();
  private final AtomicLong chunks = new AtomicLong();

  /** An empty filter of so many bits, a power of two from 64 on. */
  ChunkFilter(int bits) {
    if (bits < Long.SIZE || Integer.bitCount(bits) != 1) {
      throw new IllegalArgumentException(bits + " bits");
    }
    this.words = new long[bits / Long.SIZE];
    this.mask = bits - 1;
  }

  int bits() {
    return mask + 1;
  }

  /** How many different chunks were added; false positives are missing in it. */
  long chunks() {
    return chunks.get();
  }

  /** The share of chunks which nobody added that {@link #mayHold} takes for added. */
  double falsePositives() {
    return Math.pow((double) ones.get() / bits(), PLACES);
  }

  void add(MerkleHash chunk) {
    int fresh = set(chunk.w0()) + set(chunk.w0() >>> Integer.SIZE);
    fresh += set(chunk.w1()) + set(chunk.w1() >>> Integer.SIZE);
    if (fresh > 0) {
      ones.addAndGet(fresh);
      chunks.incrementAndGet();
    }
  }

  boolean mayHold(MerkleHash chunk) {
    return has(chunk.w0())
        && has(chunk.w0() >>> Integer.SIZE)
        && has(chunk.w1())
        && has(chunk.w1() >>> Integer.SIZE);
  }

  private int set(long place) {
    int bit = (int) place & mask;
    long one = 1L << bit;
    long before = (long) WORD.getAndBitwiseOr(words, bit / Long.SIZE, one);
    return (before & one) == 0 ? 1 : 0;
  }

  private boolean has(long place) {
    int bit = (int) place & mask;
    return ((long) WORD.getAcquire(words, bit / Long.SIZE) & 1L << bit) != 0;
  }
}
