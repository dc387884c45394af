package dev.ashlar.hub.tree;

import static java.nio.charset.StandardCharsets.UTF_8;

import java.io.IOException;
import java.time.Instant;
import java.time.ZoneOffset;
import java.util.Map;
import org.eclipse.jgit.dircache.DirCache;
import org.eclipse.jgit.dircache.DirCacheEntry;
import org.eclipse.jgit.internal.storage.dfs.DfsRepositoryDescription;
import org.eclipse.jgit.internal.storage.dfs.InMemoryRepository;
import org.eclipse.jgit.lib.CommitBuilder;
import org.eclipse.jgit.lib.Constants;
import org.eclipse.jgit.lib.FileMode;
import org.eclipse.jgit.lib.ObjectId;
import org.eclipse.jgit.lib.PersonIdent;

/** A repository in memory, and commits made the way Git itself makes them. */
final class MemoryRepo implements AutoCloseable {
  final InMemoryRepository git = new InMemoryRepository(new DfsRepositoryDescription("test"));
  private int seconds = 1_700_000_000;

  /** Commits exactly these files. */
  ObjectId commit(String message, Map<String, String> files, ObjectId... parents)
      throws IOException {
    var builder = DirCache.newInCore().builder();
    try (var inserter = git.newObjectInserter()) {
      for (var file : files.entrySet()) {
        var entry = new DirCacheEntry(file.getKey());
        entry.setFileMode(FileMode.REGULAR_FILE);
        entry.setObjectId(inserter.insert(Constants.OBJ_BLOB, file.getValue().getBytes(UTF_8)));
        builder.add(entry);
      }
      builder.finish();
      var commit = new CommitBuilder();
      var author =
          new PersonIdent("ann", "ann@x", Instant.ofEpochSecond(seconds++), ZoneOffset.UTC);
      commit.setTreeId(builder.getDirCache().writeTree(inserter));
      commit.setParentIds(parents);
      commit.setAuthor(author);
      commit.setCommitter(author);
      commit.setMessage(message);
      var id = inserter.insert(commit);
      inserter.flush();
      return id;
    }
  }

  /** Points a ref at a commit. */
  void ref(String name, ObjectId id) throws IOException {
    var update = git.updateRef(name, true);
    update.setNewObjectId(id);
    update.forceUpdate();
  }

  @Override
  public void close() {
    git.close();
  }
}
