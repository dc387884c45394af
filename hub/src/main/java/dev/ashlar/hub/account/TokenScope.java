package dev.ashlar.hub.account;

import java.util.Locale;

/** What an access token is good for; writing includes reading. */
public enum TokenScope {
  READ,
  WRITE;

  /** The word for it in tables, flags and answers. */
  public String word() {
    return name().toLowerCase(Locale.ROOT);
  }

  static TokenScope of(String word) {
    return valueOf(word.toUpperCase(Locale.ROOT));
  }
}
