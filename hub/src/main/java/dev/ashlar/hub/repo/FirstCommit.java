package dev.ashlar.hub.repo;

import dev.ashlar.core.problem.Problem.Unprocessable;
import dev.ashlar.core.problem.ProblemException;
import dev.ashlar.hub.account.User;
import dev.ashlar.hub.git.HubRepository;
import java.io.IOException;
import java.time.Instant;
import java.time.ZoneOffset;
import java.util.List;
import org.eclipse.jgit.dircache.DirCache;
import org.eclipse.jgit.dircache.DirCacheEntry;
import org.eclipse.jgit.dircache.InvalidPathException;
import org.eclipse.jgit.lib.CommitBuilder;
import org.eclipse.jgit.lib.Constants;
import org.eclipse.jgit.lib.FileMode;
import org.eclipse.jgit.lib.ObjectId;
import org.eclipse.jgit.lib.ObjectInserter;
import org.eclipse.jgit.lib.PersonIdent;
import org.eclipse.jgit.lib.RefUpdate;

/** Writes the commit that a repository begins with, and publishes it on the default branch. */
final class FirstCommit {
  private static final String MESSAGE = "initial commit";

  private FirstCommit() {}

  static void publish(
      HubRepository repository, String branch, User author, List<FirstFile> files, Instant now)
      throws IOException {
    ObjectId commit;
    try (var inserter = repository.newObjectInserter()) {
      var who = new PersonIdent(author.name(), author.commitEmail(), now, ZoneOffset.UTC);
      var builder = new CommitBuilder();
      builder.setTreeId(tree(inserter, files));
      builder.setAuthor(who);
      builder.setCommitter(who);
      builder.setMessage(MESSAGE);
      commit = inserter.insert(builder);
      inserter.flush();
    }
    var update = repository.updateRef(Constants.R_HEADS + branch);
    update.setNewObjectId(commit);
    update.setExpectedOldObjectId(ObjectId.zeroId());
    var result = update.update();
    if (result != RefUpdate.Result.NEW) {
      throw new IOException("the first commit was not published: " + result);
    }
  }

  private static ObjectId tree(ObjectInserter inserter, List<FirstFile> files) throws IOException {
    var cache = DirCache.newInCore();
    var builder = cache.builder();
    for (var file : files) {
      var entry = entry(file.path());
      entry.setObjectId(inserter.insert(Constants.OBJ_BLOB, file.content()));
      builder.add(entry);
    }
    try {
      builder.finish();
      return cache.writeTree(inserter);
    } catch (IllegalStateException _) {
      throw new ProblemException(new Unprocessable("files", "two of them have the same path"));
    }
  }

  private static DirCacheEntry entry(String path) {
    try {
      if (path.contains("\\") || path.chars().anyMatch(Character::isISOControl)) {
        throw new InvalidPathException(path);
      }
      var entry = new DirCacheEntry(path);
      entry.setFileMode(FileMode.REGULAR_FILE);
      return entry;
    } catch (InvalidPathException _) {
      throw new ProblemException(new Unprocessable("files", "a path is not allowed"));
    }
  }
}
