package dev.ashlar.hub.access;

import java.util.Locale;

/** What has become of somebody's request for the files of a gated repository. */
public enum Admission {
  /** There is no request. */
  NONE,
  /** Nobody has decided. */
  PENDING,
  /** Let in. */
  ACCEPTED,
  /** Not let in. */
  REJECTED;

  /** The word for it in tables, paths and answers. */
  public String word() {
    return name().toLowerCase(Locale.ROOT);
  }

  /** The one of that word; {@link IllegalArgumentException} when there is none. */
  public static Admission of(String word) {
    return valueOf(word.toUpperCase(Locale.ROOT));
  }
}
