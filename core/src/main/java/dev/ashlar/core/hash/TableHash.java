package dev.ashlar.core.hash;

import java.security.SecureRandom;

/**
 * The {@code hashCode} of 32-byte names: their eight 32-bit halves under secret factors, summed,
 * the upper half of the sum (multilinear hashing; Lemire and Kaser, "Strongly universal string
 * hashing is fast", section 3).
 *
 * <p>Names arrive in requests as any bytes the sender likes. Without a secret he could choose a
 * million of them that share one slot of a hash table.
 */
final class TableHash {
  private static final long LOW = 0xFFFFFFFFL;
  private static final long[] FACTORS = new SecureRandom().longs(8).toArray();

  private TableHash() {}

  static int of(long w0, long w1, long w2, long w3) {
    long sum = word(w0, 0) + word(w1, 2) + word(w2, 4) + word(w3, 6);
    return (int) (sum >>> 32);
  }

  private static long word(long word, int at) {
    return (word & LOW) * FACTORS[at] + (word >>> 32) * FACTORS[at + 1];
  }
}
