package dev.ashlar.metadata;

/** A row changed between looking and locking: the transaction begins anew. */
final class LockRace extends RuntimeException {
  private static final long serialVersionUID = 1;

  LockRace() {
    super("a row changed before it was locked", null, false, false);
  }
}
