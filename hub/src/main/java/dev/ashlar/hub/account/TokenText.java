package dev.ashlar.hub.account;

import java.nio.charset.StandardCharsets;
import java.security.SecureRandom;
import java.util.regex.Matcher;
import java.util.regex.Pattern;
import java.util.zip.CRC32;

/**
 * The text of our own access tokens: {@code hf_}, 10 characters that name the token, 43 secret ones
 * (256 bits), and 6 that check the rest, so that a typing error is found without a look-up. The
 * prefix is the one that the JavaScript client insists on.
 */
final class TokenText {
  static final String PREFIX = "hf_";

  private static final int ID_LENGTH = 10;
  private static final int SECRET_LENGTH = 43;
  private static final int CHECK_LENGTH = 6;
  private static final Pattern OWN =
      Pattern.compile("(hf_([0-9A-Za-z]{10})[0-9A-Za-z]{43})([0-9A-Za-z]{6})");

  private TokenText() {}

  static String random(SecureRandom random) {
    var text = PREFIX + RandomText.of(random, ID_LENGTH + SECRET_LENGTH);
    return text + check(text);
  }

  /** An id for a token that came without one. */
  static String randomId(SecureRandom random) {
    return RandomText.of(random, ID_LENGTH);
  }

  /** The part of an own token that names it. */
  static String id(String token) {
    return token.substring(PREFIX.length(), PREFIX.length() + ID_LENGTH);
  }

  /** Whether a text can be a token: ours must check, any other form may be an imported one. */
  static boolean isPlausible(String token) {
    if (token.isEmpty() || token.length() > 512) {
      return false;
    }
    Matcher own = OWN.matcher(token);
    return !own.matches() || check(own.group(1)).equals(own.group(3));
  }

  private static String check(String text) {
    var crc = new CRC32();
    crc.update(text.getBytes(StandardCharsets.US_ASCII));
    long value = crc.getValue();
    var digits = new char[CHECK_LENGTH];
    for (int i = CHECK_LENGTH - 1; i >= 0; i--) {
      digits[i] = RandomText.ALPHABET.charAt((int) (value % RandomText.ALPHABET.length()));
      value /= RandomText.ALPHABET.length();
    }
    return new String(digits);
  }
}
