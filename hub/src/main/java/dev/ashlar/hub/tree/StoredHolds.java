package dev.ashlar.hub.tree;

import dev.ashlar.core.hash.MerkleHash;
import dev.ashlar.core.hash.Sha256;
import dev.ashlar.core.problem.Problem.Conflict;
import dev.ashlar.core.problem.ProblemException;
import dev.ashlar.hub.git.HubRepository;
import dev.ashlar.metadata.Database;
import dev.ashlar.metadata.Holds;
import dev.ashlar.metadata.StoredFile;
import io.helidon.dbclient.DbTransaction;
import java.util.Collection;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.Set;
import java.util.function.Function;
import java.util.stream.Gatherers;
import org.eclipse.jgit.lib.Repository;

/** The holds in the database. */
public final class StoredHolds implements HeldFiles {
  /** What is asked for is as much as a commit or a push names. */
  private static final int ASKED_AT_ONCE = 10_000;

  private final Database database;

  /** The holds of this database. */
  public StoredHolds(Database database) {
    this.database = database;
  }

  @Override
  public Map<Sha256, HeldFile> find(long repoId, Collection<Sha256> oids) {
    return find(oids, some -> database.read(db -> Holds.bySha256(db, repoId, some)));
  }

  @Override
  public Map<Sha256, HeldFile> findLasting(long repoId, Collection<Sha256> oids) {
    return find(oids, some -> database.read(db -> Holds.committedBySha256(db, repoId, some)));
  }

  private static Map<Sha256, HeldFile> find(
      Collection<Sha256> oids, Function<List<Sha256>, Map<Sha256, StoredFile>> ask) {
    var held = new HashMap<Sha256, HeldFile>();
    oids.stream()
        .gather(Gatherers.windowFixed(ASKED_AT_ONCE))
        .map(ask)
        .forEach(
            some ->
                some.forEach(
                    (oid, file) -> held.put(oid, new HeldFile(file.hash(), file.bytes()))));
    return held;
  }

  @Override
  public void keep(Repository repo, long repoId, Collection<MerkleHash> files, boolean isProposed) {
    var kept = Set.copyOf(files);
    stored(repo)
        .whenPublished(
            tx -> {
              requireHeld(tx, repoId, kept);
              if (isProposed) {
                Holds.propose(tx, repoId, kept);
              } else {
                Holds.commit(tx, repoId, kept);
              }
            });
  }

  /** Whoever found them did not lock the repository, so they may have been removed since. */
  private static void requireHeld(DbTransaction tx, long repoId, Set<MerkleHash> files) {
    boolean isHeld =
        files.stream()
            .gather(Gatherers.windowFixed(ASKED_AT_ONCE))
            .allMatch(some -> Holds.held(tx, repoId, some).size() == some.size());
    if (!isHeld) {
      throw new ProblemException(
          new Conflict(
              "A large file was removed from the repository meanwhile. Please send it again."));
    }
  }

  @Override
  public void settle(Repository repo, long repoId) {
    stored(repo).whenPublished(tx -> Holds.settle(tx, repoId));
  }

  @Override
  public void keepUnmoved(Repository repo) {
    stored(repo).publishUnmoved();
  }

  private static HubRepository stored(Repository repo) {
    if (!(repo instanceof HubRepository stored)) {
      throw new IllegalArgumentException("not stored here: " + repo);
    }
    return stored;
  }
}
