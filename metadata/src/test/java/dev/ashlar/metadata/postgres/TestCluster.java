package dev.ashlar.metadata.postgres;

import dev.ashlar.metadata.DatabaseConfig;
import java.nio.file.Path;

/** One throw-away cluster a JVM, kept under {@code target} for the next run. */
public final class TestCluster {
  private static final int RUNS_AT_ONCE_MAX = 8;

  private TestCluster() {}

  /** Starts it; it stops with the JVM. */
  public static DatabaseConfig start() {
    var lock = lock(1);
    var postgres = EmbeddedPostgres.start(lock, Settings.throwAway(), () -> {});
    Runtime.getRuntime().addShutdownHook(new Thread(postgres::close));
    return postgres.connection();
  }

  private static FolderLock lock(int number) {
    try {
      return FolderLock.acquire(Path.of("target", "test-postgres-" + number));
    } catch (DataFolderBusy busy) {
      if (number == RUNS_AT_ONCE_MAX) {
        throw busy;
      }
      return lock(number + 1);
    }
  }
}
