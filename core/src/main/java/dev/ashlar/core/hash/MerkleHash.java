package dev.ashlar.core.hash;

import dev.ashlar.core.problem.Problem.Invalid;
import dev.ashlar.core.problem.ProblemException;
import java.lang.invoke.MethodHandles;
import java.lang.invoke.VarHandle;
import java.nio.ByteOrder;
import java.nio.charset.StandardCharsets;

/**
 * Names a chunk, xorb or file: 32 bytes of keyed BLAKE3, seen as four little-endian words.
 *
 * <p>Its text prints each word as 16 hex digits, so that the bytes of each word appear swapped;
 * only this class prints and parses it. The order is that of the four words, unsigned, left to
 * right.
 */
public record MerkleHash(long w0, long w1, long w2, long w3) implements Comparable<MerkleHash> {
  /** The length of a hash in bytes. */
  public static final int BYTES = 32;

  /** The length of its text. */
  public static final int HEX_DIGITS = 64;

  /** The file hash of the empty file, and the root of no nodes. */
  public static final MerkleHash ZERO = new MerkleHash(0, 0, 0, 0);

  private static final int ELIGIBLE_ONE_IN = 1024;

  private static final VarHandle WORD =
      MethodHandles.byteArrayViewVarHandle(long[].class, ByteOrder.LITTLE_ENDIAN);

  /** Reads 32 raw bytes at {@code offset}. */
  public static MerkleHash read(byte[] bytes, int offset) {
    return new MerkleHash(
        (long) WORD.get(bytes, offset),
        (long) WORD.get(bytes, offset + 8),
        (long) WORD.get(bytes, offset + 16),
        (long) WORD.get(bytes, offset + 24));
  }

  /** Reads exactly 32 raw bytes. */
  public static MerkleHash of(byte[] bytes) {
    if (bytes.length != BYTES) {
      throw new IllegalArgumentException("a hash has 32 bytes, not " + bytes.length);
    }
    return read(bytes, 0);
  }

  /** Parses the 64 hex digits of {@link #toString}; upper case is accepted. */
  public static MerkleHash parse(String text) {
    if (text.length() != HEX_DIGITS) {
      throw new ProblemException(new Invalid("hash", "64 hex digits are needed"));
    }
    return new MerkleHash(word(text, 0), word(text, 16), word(text, 32), word(text, 48));
  }

  private static long word(String text, int from) {
    long word = 0;
    for (int i = from; i < from + 16; i++) {
      char c = text.charAt(i);
      int digit = c < 128 ? Character.digit(c, 16) : -1;
      if (digit < 0) {
        throw new ProblemException(new Invalid("hash", "64 hex digits are needed"));
      }
      word = word << 4 | digit;
    }
    return word;
  }

  /** Writes the 32 raw bytes at {@code offset}. */
  public void write(byte[] target, int offset) {
    WORD.set(target, offset, w0);
    WORD.set(target, offset + 8, w1);
    WORD.set(target, offset + 16, w2);
    WORD.set(target, offset + 24, w3);
  }

  /** The 32 raw bytes, newly made. */
  public byte[] bytes() {
    var bytes = new byte[BYTES];
    write(bytes, 0);
    return bytes;
  }

  /** True when all bits are zero. */
  public boolean isZero() {
    return (w0 | w1 | w2 | w3) == 0;
  }

  /** The hash modulo a power of two: the protocol takes it from the last word. */
  public long lowBits(int powerOfTwo) {
    return w3 & (powerOfTwo - 1);
  }

  /**
   * Whether a chunk of this hash is eligible for global deduplication, as one in 1,024 is: clients
   * ask for it, and servers index it.
   */
  public boolean isEligible() {
    return lowBits(ELIGIBLE_ONE_IN) == 0;
  }

  /** The same of the 32 raw bytes at {@code offset}, without making a hash of them. */
  public static boolean isEligible(byte[] bytes, int offset) {
    return ((long) WORD.get(bytes, offset + 24) & (ELIGIBLE_ONE_IN - 1)) == 0;
  }

  @Override
  public int compareTo(MerkleHash other) {
    int order = Long.compareUnsigned(w0, other.w0);
    order = order != 0 ? order : Long.compareUnsigned(w1, other.w1);
    order = order != 0 ? order : Long.compareUnsigned(w2, other.w2);
    return order != 0 ? order : Long.compareUnsigned(w3, other.w3);
  }

  @Override
  public int hashCode() {
    return TableHash.of(w0, w1, w2, w3);
  }

  /** Writes the {@value #HEX_DIGITS} hex digits of {@link #toString} at {@code offset}. */
  public void print(byte[] target, int offset) {
    Hex.writeWord(w0, target, offset);
    Hex.writeWord(w1, target, offset + 16);
    Hex.writeWord(w2, target, offset + 32);
    Hex.writeWord(w3, target, offset + 48);
  }

  @Override
  public String toString() {
    var text = new byte[HEX_DIGITS];
    print(text, 0);
    return new String(text, StandardCharsets.US_ASCII);
  }
}
