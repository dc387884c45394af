package dev.ashlar.objectstore;

import dev.ashlar.core.problem.Problem.Invalid;
import dev.ashlar.core.problem.ProblemException;
import java.security.SecureRandom;
import java.util.HexFormat;
import java.util.regex.Pattern;

/**
 * The name of a stored object: a kind and 128 random bits, for example {@code xorb/3f/3f0c…}.
 * Random keys are never used twice, so a late delete cannot hit newer bytes.
 */
public record ObjectKey(String text) {
  private static final Pattern FORM = Pattern.compile("[a-z]{2,16}/[0-9a-f]{2}/[0-9a-f]{32}");
  private static final SecureRandom RANDOM = new SecureRandom();

  public ObjectKey {
    if (!isKey(text)) {
      throw new ProblemException(
          new Invalid("object key", "it has not the form kind/xx/32 hex digits"));
    }
  }

  /** A fresh key of the kind, for example {@code xorb} or {@code pack}. */
  public static ObjectKey fresh(String kind) {
    var bits = new byte[16];
    RANDOM.nextBytes(bits);
    var hex = HexFormat.of().formatHex(bits);
    return new ObjectKey(kind + "/" + hex.substring(0, 2) + "/" + hex);
  }

  /** Whether the text has the form of a key. */
  public static boolean isKey(String text) {
    return FORM.matcher(text).matches();
  }

  @Override
  public String toString() {
    return text;
  }
}
