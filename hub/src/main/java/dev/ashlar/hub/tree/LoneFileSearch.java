package dev.ashlar.hub.tree;

import dev.ashlar.core.hash.Sha256;
import dev.ashlar.hub.git.GitRepositories;
import dev.ashlar.hub.repo.LoneFiles;
import dev.ashlar.metadata.Database;
import dev.ashlar.metadata.Holds;
import java.io.IOException;
import java.util.Collection;
import java.util.HashMap;
import java.util.HashSet;
import java.util.List;
import java.util.Map;
import java.util.Set;
import java.util.concurrent.Semaphore;
import java.util.function.Predicate;
import java.util.stream.Gatherers;
import org.eclipse.jgit.errors.CorruptObjectException;
import org.eclipse.jgit.errors.MissingObjectException;
import org.eclipse.jgit.lib.ObjectId;
import org.eclipse.jgit.lib.ObjectReader;
import org.eclipse.jgit.lib.Repository;

/**
 * Finds the large files that only some refs name, among those that nothing but pull requests ever
 * made lasting: first those that came with the refs' own commits, which are few, then, if there are
 * any, which of them stand in the history of the other refs as well. Whoever asks keeps files
 * rather than lose one, so a search that is too long, or one too many at a time, or one in a broken
 * history, finds none.
 */
public final class LoneFileSearch implements LoneFiles.Search {
  private static final int AT_ONCE = 2;
  private static final int BATCH = 1_000;

  private final Database database;
  private final GitRepositories git;
  private final BlobShapes shapes;
  private final Semaphore turns = new Semaphore(AT_ONCE);

  /** Looks through the histories of these repositories. */
  public LoneFileSearch(Database database, GitRepositories git, BlobShapes shapes) {
    this.database = database;
    this.git = git;
    this.shapes = shapes;
  }

  @Override
  public LoneFiles find(long repoId, Predicate<String> isMeant) throws IOException {
    boolean isAnyProposed = database.<Boolean>read(db -> Holds.anyProposed(db, repoId));
    if (!isAnyProposed || !turns.tryAcquire()) {
      return LoneFiles.NONE;
    }
    try (var repository = git.open(repoId);
        var reader = repository.newObjectReader()) {
      var refs = refs(repository);
      var others = new HashMap<>(refs);
      others.keySet().removeIf(isMeant);
      var meant = new HashMap<>(refs);
      meant.keySet().removeAll(others.keySet());
      return new LoneFiles(refs, find(reader, repoId, meant.values(), others.values()));
    } catch (MissingObjectException | CorruptObjectException _) {
      return LoneFiles.NONE;
    } finally {
      turns.release();
    }
  }

  private static Map<String, ObjectId> refs(Repository repository) throws IOException {
    var refs = new HashMap<String, ObjectId>();
    for (var ref : repository.getRefDatabase().getRefs()) {
      if (!ref.isSymbolic() && ref.getObjectId() != null) {
        refs.put(ref.getName(), ref.getObjectId().copy());
      }
    }
    return refs;
  }

  private Set<Sha256> find(
      ObjectReader reader, long repoId, Collection<ObjectId> meant, Collection<ObjectId> others)
      throws IOException {
    var walk = new PointerWalk(reader, shapes, repoId);
    var met = new HashSet<Sha256>();
    walk.walk(
        meant,
        others,
        pointer -> {
          met.add(pointer.oid());
          return true;
        });
    var lone = walk.isGivenUp() ? new HashSet<Sha256>() : proposed(repoId, List.copyOf(met));
    if (!lone.isEmpty()) {
      walk.walk(
          others,
          Set.of(),
          pointer -> {
            lone.remove(pointer.oid());
            return !lone.isEmpty();
          });
    }
    return walk.isGivenUp() ? Set.of() : lone;
  }

  private Set<Sha256> proposed(long repoId, List<Sha256> oids) {
    var proposed = new HashSet<Sha256>();
    oids.stream()
        .gather(Gatherers.windowFixed(BATCH))
        .forEach(
            some ->
                proposed.addAll(
                    database.<Set<Sha256>>read(db -> Holds.proposed(db, repoId, some))));
    return proposed;
  }
}
