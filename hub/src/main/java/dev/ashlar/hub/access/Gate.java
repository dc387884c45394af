package dev.ashlar.hub.access;

import java.util.Locale;

/** Whether strangers must ask before they read the files of a public repository. */
public enum Gate {
  /** No. */
  NO,
  /** Whoever asks is let in. */
  AUTO,
  /** Somebody decides on each request. */
  MANUAL;

  /** The word for it in tables and requests. */
  public String word() {
    return name().toLowerCase(Locale.ROOT);
  }

  /** How answers spell it: {@code false} or a word. */
  public Object json() {
    return this == NO ? false : word();
  }
}
