package dev.ashlar.hub.org;

import java.util.Locale;

/** What somebody is in a namespace; each role includes the ones before it. */
public enum Role {
  /** A stranger. */
  NONE,
  /** Reads everything. */
  READ,
  /** Makes repositories and writes to those. */
  CONTRIBUTOR,
  /** Writes to every repository. */
  WRITE,
  /** Rules the namespace. */
  ADMIN;

  /** The word for it in tables, flags and answers. */
  public String word() {
    return name().toLowerCase(Locale.ROOT);
  }

  /** The role of that word; {@link IllegalArgumentException} when there is none. */
  public static Role of(String word) {
    return valueOf(word.toUpperCase(Locale.ROOT));
  }

  /** Whether this role includes the other. */
  public boolean includes(Role other) {
    return compareTo(other) >= 0;
  }
}
