package dev.ashlar.hub.git;

import dev.ashlar.metadata.Database;
import dev.ashlar.metadata.DatabaseConfig;
import dev.ashlar.metadata.TestDatabase;
import dev.ashlar.objectstore.FileStore;
import dev.ashlar.objectstore.ObjectStore;
import dev.ashlar.objectstore.Staging;
import java.io.IOException;
import java.nio.file.Path;
import java.util.Map;
import org.eclipse.jgit.lib.BatchRefUpdate;
import org.eclipse.jgit.lib.NullProgressMonitor;
import org.eclipse.jgit.lib.ObjectId;
import org.eclipse.jgit.revwalk.RevWalk;
import org.eclipse.jgit.transport.ReceiveCommand;
import org.jspecify.annotations.Nullable;

/** Repositories on a fresh database and a folder. */
final class GitFixture implements AutoCloseable {
  static final String MAIN = "refs/heads/main";

  final Database database;
  final ObjectStore store;
  final Staging staging;
  final GitRepositories repositories;

  GitFixture(Path folder) throws IOException {
    this(folder, TestDatabase.config());
  }

  GitFixture(Path folder, DatabaseConfig config) throws IOException {
    database = Database.open(config);
    staging = new Staging(folder.resolve("staging"));
    store = FileStore.open(folder.resolve("objects"), staging);
    repositories = new GitRepositories(database, store, staging);
  }

  /** Makes an empty repository. */
  void create(long repoId) {
    database.change(tx -> repositories.create(tx, repoId));
  }

  /** Commits the files as the whole tree of the branch; fails unless the branch moves. */
  ObjectId commit(long repoId, String branch, String title, Map<String, String> textByPath)
      throws IOException {
    try (var repository = repositories.open(repoId)) {
      var old = repository.resolve(branch);
      var commit = write(repository, title, textByPath, old);
      var command = move(repository, old, commit, branch);
      if (command.getResult() != ReceiveCommand.Result.OK) {
        throw new IllegalStateException(command.toString());
      }
      return commit;
    }
  }

  /** Writes a commit that no ref shows yet. */
  static ObjectId write(
      HubRepository repository,
      String title,
      Map<String, String> textByPath,
      @Nullable ObjectId parent)
      throws IOException {
    try (var inserter = repository.newObjectInserter()) {
      var tree = Trees.tree(inserter, textByPath);
      var commit =
          parent == null
              ? Trees.commit(inserter, tree, title)
              : Trees.commit(inserter, tree, title, parent);
      inserter.flush();
      return commit;
    }
  }

  /** Moves one ref; an absent old id means that the ref is new. */
  static ReceiveCommand move(
      HubRepository repository, @Nullable ObjectId old, ObjectId id, String ref)
      throws IOException {
    var from = old == null ? ObjectId.zeroId() : old;
    var command = new ReceiveCommand(from, id, ref);
    run(repository, repository.getRefDatabase().newBatchUpdate().addCommand(command));
    return command;
  }

  static void run(HubRepository repository, BatchRefUpdate batch) throws IOException {
    try (var walk = new RevWalk(repository)) {
      batch.execute(walk, NullProgressMonitor.INSTANCE);
    }
  }

  @Override
  public void close() {
    database.close();
  }
}
