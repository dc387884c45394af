package dev.ashlar.hub.git;

import dev.ashlar.core.problem.Kind;
import dev.ashlar.core.problem.Problem.Missing;
import dev.ashlar.core.problem.ProblemException;
import dev.ashlar.metadata.Database;
import dev.ashlar.metadata.UploadIntents;
import dev.ashlar.objectstore.ObjectStore;
import dev.ashlar.objectstore.Staging;
import io.helidon.dbclient.DbExecute;
import io.helidon.dbclient.DbTransaction;
import java.io.IOException;
import java.util.Arrays;
import java.util.Collection;
import java.util.Comparator;
import java.util.List;
import java.util.Map;
import java.util.stream.Collectors;
import org.eclipse.jgit.internal.storage.dfs.DfsPackCompactor;
import org.eclipse.jgit.internal.storage.dfs.DfsPackFile;
import org.eclipse.jgit.internal.storage.pack.PackExt;
import org.eclipse.jgit.lib.NullProgressMonitor;
import org.eclipse.jgit.lib.ObjectId;
import org.eclipse.jgit.lib.Ref;

/**
 * The Git repositories by their immutable ids. A name, its owner and who may read it are no concern
 * of this package.
 */
public final class GitRepositories {
  /** More packs than that make lookups slow; {@link #compact} then merges them. */
  public static final int PACKS_MAX = 50;

  private static final long SMALL_BYTES = 1 << 20;

  private final Database database;
  private final ObjectStore store;
  private final Staging staging;
  private final Publisher publisher;

  /** Repositories that nobody watches. */
  public GitRepositories(Database database, ObjectStore store, Staging staging) {
    this(database, store, staging, RefWatcher.NONE);
  }

  /** Repositories of which the watcher is told every moved ref. */
  public GitRepositories(
      Database database, ObjectStore store, Staging staging, RefWatcher watcher) {
    Settings.load();
    this.database = database;
    this.store = store;
    this.staging = staging;
    this.publisher =
        new Publisher(database, new PackUpload(store, new UploadIntents(database)), watcher);
  }

  /**
   * The repository, for one request; close it. One that does not exist shows neither refs nor
   * objects, and updates of it are refused as missing.
   */
  public HubRepository open(long repoId) {
    return new HubRepository(repoId, false, publisher, store, staging);
  }

  /**
   * A repository that comes to exist with its first published update, in the same transaction as
   * the hooks of {@link HubRepository#whenPublished}. Until then it shows HEAD, a symbolic ref to
   * {@code refs/heads/main}, and nothing else.
   */
  public HubRepository openNew(long repoId) {
    return new HubRepository(repoId, true, publisher, store, staging);
  }

  /** Makes an empty repository, HEAD pointing to {@code refs/heads/main}. */
  public void create(DbTransaction tx, long repoId) {
    Publisher.create(tx, repoId);
  }

  /**
   * Makes a repository with the refs and objects of another one, which stays locked until the
   * transaction ends. Both use the same stored packs; no byte is copied.
   */
  public void duplicate(DbTransaction tx, long origin, long copy) {
    if (!RefRows.lock(tx, origin) || !RefRows.create(tx, copy)) {
      throw new ProblemException(new Missing(Kind.REPO, "Repository"));
    }
    RefRows.copy(tx, origin, copy);
    PackRows.share(tx, origin, copy);
  }

  /** Removes the repository; its packs are deleted later. One that is not there is no error. */
  public void drop(DbTransaction tx, long repoId) {
    if (RefRows.lock(tx, repoId)) {
      PackRows.keys(tx, repoId).forEach(key -> PackUpload.discard(tx, key));
      RefRows.drop(tx, repoId);
    }
  }

  /** Where the refs of a repository point, by their names; symbolic ones are left out. */
  public static Map<String, ObjectId> refs(DbExecute db, long repoId) {
    return RefRows.all(db, repoId).refs().stream()
        .filter(ref -> !ref.isSymbolic())
        .collect(Collectors.toUnmodifiableMap(Ref::getName, Ref::getObjectId));
  }

  /** How many bytes the packs of repositories have; no entry where there are none. */
  public static Map<Long, Long> packBytes(DbExecute db, Collection<Long> repoIds) {
    return PackRows.bytes(db, repoIds);
  }

  /** At most {@code limit} repositories that {@link #compact} would work on, the fullest first. */
  public List<Long> crowded(int limit) {
    return database.read(db -> PackRows.crowded(db, PACKS_MAX, limit));
  }

  /**
   * Merges packs into one when there are more than {@link #PACKS_MAX}; true when it did. All
   * objects are kept. The old packs are only queued for deletion, so whoever reads them goes on. A
   * large pack is left out until the others together reach half its size: so an object is copied
   * only a few times in its life.
   */
  public boolean compact(long repoId) throws IOException {
    try (var repository = open(repoId)) {
      var packs = repository.objects().getPacks();
      if (packs.length <= PACKS_MAX) {
        return false;
      }
      var compactor = new DfsPackCompactor(repository);
      smallOnes(packs).forEach(compactor::add);
      compactor.compact(NullProgressMonitor.INSTANCE);
      return publisher.replace(repository);
    }
  }

  /** The longest run of packs, from the smallest on, whose last is not large beside the others. */
  private static List<DfsPackFile> smallOnes(DfsPackFile[] packs) {
    var bySize = packs.clone();
    Arrays.sort(bySize, Comparator.comparingLong(GitRepositories::bytes));
    var chosen = 0;
    var sum = 0L;
    for (var i = 0; i < bySize.length; i++) {
      if (bytes(bySize[i]) <= Math.max(2 * sum, SMALL_BYTES)) {
        chosen = i + 1;
      }
      sum += bytes(bySize[i]);
    }
    return List.of(bySize).subList(0, chosen);
  }

  private static long bytes(DfsPackFile pack) {
    return pack.getPackDescription().getFileSize(PackExt.PACK);
  }
}
