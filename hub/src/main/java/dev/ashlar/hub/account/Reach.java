package dev.ashlar.hub.account;

/** How much of its user's rights a token leaves at one place; each includes the ones before it. */
public enum Reach {
  /** What strangers may do. */
  NONE,
  /** What the user may do without changing anything. */
  READ,
  /** Everything that the user may do. */
  WRITE;

  /** Whether this includes the other. */
  public boolean includes(Reach other) {
    return compareTo(other) >= 0;
  }

  /** The wider of the two. */
  public Reach or(Reach other) {
    return includes(other) ? this : other;
  }
}
