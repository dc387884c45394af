package dev.ashlar.hub.access;

import java.util.Locale;

/** Who may read a repository. */
public enum Visibility {
  /** Everybody. */
  PUBLIC,
  /** Members of its namespace. */
  PRIVATE,
  /** A space whose application is public and whose files are private. */
  PROTECTED;

  /** The word for it in tables, requests and answers. */
  public String word() {
    return name().toLowerCase(Locale.ROOT);
  }
}
