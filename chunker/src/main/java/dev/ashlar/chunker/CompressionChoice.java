package dev.ashlar.chunker;

import dev.ashlar.core.xorb.Compression;

/**
 * Chooses between plain and byte-grouped LZ4 as the reference client does: for the first new chunk
 * of a file and for every 32nd after it, valid until the next choice.
 *
 * <p>Arrays of numbers wider than a byte show in the four lanes of bytes (position modulo four):
 * exponents repeat, mantissas do not. The measure is how far the distribution of set bits a byte in
 * one lane is from that of all lanes, as Kullback-Leibler divergence; more than 0.02 in any lane
 * makes grouping worthwhile.
 */
final class CompressionChoice {
  private static final int CHUNKS_A_CHOICE = 32;
  private static final int LANES = 4;
  private static final int BINS = Byte.SIZE + 1;
  private static final double DIVERGENCE_MIN = 0.02;

  private Compression chosen = Compression.LZ4;
  private int seen;

  /** The compression to try on the next new chunk of the file. */
  Compression next(byte[] bytes, int offset, int length) {
    if (seen++ % CHUNKS_A_CHOICE == 0) {
      chosen = of(bytes, offset, length);
    }
    return chosen;
  }

  /** The choice for one chunk. */
  static Compression of(byte[] bytes, int offset, int length) {
    var counts = new int[LANES * BINS];
    for (int i = 0; i < length; i++) {
      counts[(i & LANES - 1) * BINS + Integer.bitCount(bytes[offset + i] & 0xFF)]++;
    }
    var all = new int[BINS];
    int allCount = 0;
    for (int bin = 0; bin < BINS; bin++) {
      all[bin] = 1;
      for (int lane = 0; lane < LANES; lane++) {
        all[bin] += counts[lane * BINS + bin];
      }
      allCount += all[bin];
    }
    for (int lane = 0; lane < LANES; lane++) {
      // A lane with an empty bin gives 0 * log 0, which is NaN, and NaN exceeds nothing: the lane
      // has no say, in the reference client too.
      if (divergence(counts, lane, all, allCount) > DIVERGENCE_MIN) {
        return Compression.BG4_LZ4;
      }
    }
    return Compression.LZ4;
  }

  private static double divergence(int[] counts, int lane, int[] all, int allCount) {
    int laneCount = 0;
    for (int bin = 0; bin < BINS; bin++) {
      laneCount += counts[lane * BINS + bin];
    }
    double sum = 0;
    for (int bin = 0; bin < BINS; bin++) {
      double p = counts[lane * BINS + bin] / (double) laneCount;
      double q = all[bin] / (double) allCount;
      sum += p * Math.log(p / q);
    }
    return sum;
  }
}
