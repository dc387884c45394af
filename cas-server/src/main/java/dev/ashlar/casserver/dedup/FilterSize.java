package dev.ashlar.casserver.dedup;

/**
 * How large filters are, and when one holds too much.
 *
 * @param bitsMin a power of two
 * @param bitsMax a power of two
 */
record FilterSize(int bitsMin, int bitsMax) {
  /** From 8 KiB to 16 MiB: there are two while one takes the place of the other. */
  static final FilterSize DEFAULT = new FilterSize(1 << 16, 1 << 27);

  /** Room for three times as many chunks, before a larger filter is worth its loading. */
  private static final int BITS_PER_CHUNK = 32;

  private static final double LARGER_FROM = 0.01;
  private static final double USELESS_FROM = 0.12;
  private static final int GROWTH = 4;

  /** An empty filter for about so many chunks. */
  ChunkFilter forChunks(long chunks) {
    long wanted = Math.clamp(chunks * BITS_PER_CHUNK, bitsMin, bitsMax);
    return new ChunkFilter((int) Math.min(bitsMax, Long.highestOneBit(2 * wanted - 1)));
  }

  /** An empty filter to take the place of a full one. */
  ChunkFilter larger(ChunkFilter full) {
    return new ChunkFilter((int) Math.min(bitsMax, (long) GROWTH * full.bits()));
  }

  /** Whether a larger filter would be better. */
  boolean isTight(ChunkFilter filter) {
    return filter.bits() < bitsMax && filter.falsePositives() > LARGER_FROM;
  }

  /** Whether not even the largest filter is of use. */
  boolean isUseless(ChunkFilter filter) {
    return filter.bits() == bitsMax && filter.falsePositives() > USELESS_FROM;
  }
}
