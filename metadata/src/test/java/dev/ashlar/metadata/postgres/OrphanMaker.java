package dev.ashlar.metadata.postgres;

import dev.ashlar.metadata.Database;
import java.nio.file.Path;

/** A server in a process of its own, to be killed: prints its postgres's pid and waits. */
final class OrphanMaker {
  static final int BUSY = 75;

  private OrphanMaker() {}

  public static void main(String[] arguments) throws Exception {
    try {
      serve(FolderLock.acquire(Path.of(arguments[0])));
    } catch (DataFolderBusy busy) {
      System.exit(BUSY);
    }
  }

  private static void serve(FolderLock lock) throws InterruptedException {
    var postgres = EmbeddedPostgres.start(lock, () -> Runtime.getRuntime().halt(3));
    try (var database = Database.open(postgres.connection())) {
      database.change(tx -> tx.dml("create table acknowledged as select 42 as n"));
    }
    System.out.println(postgres.pid());
    Thread.sleep(Long.MAX_VALUE);
  }
}
