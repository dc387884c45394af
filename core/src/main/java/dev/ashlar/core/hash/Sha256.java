package dev.ashlar.core.hash;

import dev.ashlar.core.problem.Problem.Invalid;
import dev.ashlar.core.problem.ProblemException;
import java.lang.invoke.MethodHandles;
import java.lang.invoke.VarHandle;
import java.nio.ByteOrder;
import java.nio.charset.StandardCharsets;
import java.security.MessageDigest;
import java.security.NoSuchAlgorithmException;
import java.util.HexFormat;
import java.util.regex.Pattern;

/** The SHA-256 of a file's bytes, as four big-endian words: the LFS object id once verified. */
public record Sha256(long w0, long w1, long w2, long w3) {
  /** The length of a digest in bytes. */
  public static final int BYTES = 32;

  private static final Pattern DIGITS = Pattern.compile("[0-9a-f]{64}");
  private static final VarHandle WORD =
      MethodHandles.byteArrayViewVarHandle(long[].class, ByteOrder.BIG_ENDIAN);

  /** Begins a computation whose result is for {@link #of}. */
  public static MessageDigest begin() {
    try {
      return MessageDigest.getInstance("SHA-256");
    } catch (NoSuchAlgorithmException e) {
      throw new IllegalStateException("every Java platform has SHA-256", e);
    }
  }

  /** Reads exactly 32 bytes of a digest. */
  public static Sha256 of(byte[] digest) {
    if (digest.length != BYTES) {
      throw new IllegalArgumentException("a SHA-256 has 32 bytes, not " + digest.length);
    }
    return new Sha256(
        (long) WORD.get(digest, 0),
        (long) WORD.get(digest, 8),
        (long) WORD.get(digest, 16),
        (long) WORD.get(digest, 24));
  }

  /** Parses exactly 64 lower-case hex digits, as LFS object ids are written. */
  public static Sha256 parse(String text) {
    if (!DIGITS.matcher(text).matches()) {
      throw new ProblemException(new Invalid("oid", "64 lower-case hex digits are needed"));
    }
    return of(HexFormat.of().parseHex(text));
  }

  /**
   * The digest that a shard carries: there each word is stored little-endian, so that it reads like
   * a {@link MerkleHash} whose text is the ordinary text of the digest.
   */
  public static Sha256 fromShard(MerkleHash stored) {
    return new Sha256(stored.w0(), stored.w1(), stored.w2(), stored.w3());
  }

  /** The form of {@link #fromShard}. */
  public MerkleHash toShard() {
    return new MerkleHash(w0, w1, w2, w3);
  }

  /** The 32 bytes of the digest, newly made. */
  public byte[] bytes() {
    var bytes = new byte[BYTES];
    WORD.set(bytes, 0, w0);
    WORD.set(bytes, 8, w1);
    WORD.set(bytes, 16, w2);
    WORD.set(bytes, 24, w3);
    return bytes;
  }

  @Override
  public int hashCode() {
    return TableHash.of(w0, w1, w2, w3);
  }

  @Override
  public String toString() {
    var text = new byte[64];
    Hex.writeWord(w0, text, 0);
    Hex.writeWord(w1, text, 16);
    Hex.writeWord(w2, text, 32);
    Hex.writeWord(w3, text, 48);
    return new String(text, StandardCharsets.US_ASCII);
  }
}
