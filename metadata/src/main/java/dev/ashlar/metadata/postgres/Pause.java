package dev.ashlar.metadata.postgres;

/** Sleeping between two looks. */
final class Pause {
  private Pause() {}

  static void millis(long millis) {
    try {
      Thread.sleep(millis);
    } catch (InterruptedException stop) {
      Thread.currentThread().interrupt();
      throw new PostgresFailed("Interrupted while waiting for PostgreSQL.", stop);
    }
  }
}
