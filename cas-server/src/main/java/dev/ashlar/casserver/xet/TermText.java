package dev.ashlar.casserver.xet;

import dev.ashlar.core.hash.MerkleHash;
import dev.ashlar.core.manifest.Term;

/**
 * The text of a term. Most of a large plan are terms, so what always stands there is copied as few
 * pieces:
 *
 * <pre>
 * {"hash":"&lt;64 digits&gt;","unpacked_length":&lt;bytes&gt;,"range":{"start":&lt;chunk&gt;,"end":&lt;chunk&gt;}}
 * </pre>
 */
final class TermText {
  private static final byte[] BEGIN =
      PlanText.words(
          "{\"hash\":\"" + "0".repeat(MerkleHash.HEX_DIGITS) + "\",\"unpacked_length\":");
  private static final int HASH_AT = "{\"hash\":\"".length();
  private static final byte[] RANGE = PlanText.words(",\"range\":{\"start\":");
  private static final byte[] END = PlanText.words(",\"end\":");

  /** No term's text is longer. */
  static final int BYTES_MAX =
      BEGIN.length + RANGE.length + END.length + 3 * Decimal.DIGITS_MAX + "}}".length();

  private TermText() {}

  /** Writes the term at {@code offset} and returns where it ends. */
  static int write(Term term, byte[] target, int offset) {
    System.arraycopy(BEGIN, 0, target, offset, BEGIN.length);
    term.xorb().print(target, offset + HASH_AT);
    int at = Decimal.write(term.bytes(), target, offset + BEGIN.length);
    System.arraycopy(RANGE, 0, target, at, RANGE.length);
    at = Decimal.write(term.chunks().start(), target, at + RANGE.length);
    System.arraycopy(END, 0, target, at, END.length);
    at = Decimal.write(term.chunks().end(), target, at + END.length);
    target[at] = '}';
    target[at + 1] = '}';
    return at + 2;
  }
}
