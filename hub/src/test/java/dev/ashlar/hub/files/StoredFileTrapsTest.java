package dev.ashlar.hub.files;

import dev.ashlar.hub.git.GitRepositories;
import dev.ashlar.hub.repo.Visit;
import dev.ashlar.metadata.Database;
import dev.ashlar.metadata.TestDatabase;
import dev.ashlar.objectstore.FileStore;
import dev.ashlar.objectstore.Staging;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.concurrent.atomic.AtomicLong;
import org.eclipse.jgit.lib.Repository;
import org.junit.jupiter.api.AfterAll;

/** The same on repositories whose packs are files and whose refs are in Postgres. */
class StoredFileTrapsTest extends FileTrapsTest {
  private static final AtomicLong REPO_IDS = new AtomicLong(MemoryDoor.REPO_ID);
  private static final Database DATABASE = TestDatabase.open();

  @AfterAll
  static void closeDatabase() {
    DATABASE.close();
  }

  @Override
  MemoryDoor door(Path folder) throws IOException {
    var staging = new Staging(Files.createDirectories(folder.resolve("staging")));
    var git =
        new GitRepositories(DATABASE, FileStore.open(folder.resolve("objects"), staging), staging);
    long repoId = REPO_IDS.incrementAndGet();
    DATABASE.change(tx -> git.create(tx, repoId));
    return new MemoryDoor() {
      @Override
      public Repository open(Visit visit) {
        return git.open(repoId);
      }
    };
  }
}
