package dev.ashlar.hub.account;

import java.security.SecureRandom;

/** Letters and digits that nobody can guess. */
public final class RandomText {
  /** 62 characters: each carries a little less than six bits. */
  static final String ALPHABET = "0123456789ABCDEFGHIJKLMNOPQRSTUVWXYZabcdefghijklmnopqrstuvwxyz";

  private RandomText() {}

  /** As many random characters. */
  public static String of(SecureRandom random, int length) {
    var text = new StringBuilder(length);
    random.ints(length, 0, ALPHABET.length()).forEach(i -> text.append(ALPHABET.charAt(i)));
    return text.toString();
  }
}
