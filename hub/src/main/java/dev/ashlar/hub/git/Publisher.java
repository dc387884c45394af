package dev.ashlar.hub.git;

import dev.ashlar.core.fault.CrashPoints;
import dev.ashlar.core.problem.Kind;
import dev.ashlar.core.problem.Problem.Conflict;
import dev.ashlar.core.problem.Problem.Missing;
import dev.ashlar.core.problem.ProblemException;
import dev.ashlar.hub.git.HubRepository.Contents;
import dev.ashlar.hub.git.RefChange.Outcome;
import dev.ashlar.metadata.Database;
import io.helidon.dbclient.DbTransaction;
import java.io.IOException;
import java.util.List;
import java.util.Optional;
import java.util.function.Consumer;
import org.eclipse.jgit.lib.Constants;

/**
 * The one transaction of an update. Packs are durable in the object store before it begins, so a
 * process that dies leaves the old refs or the new ones with all their objects; at worst there are
 * objects in the store that only their upload intents know.
 */
final class Publisher {
  private static final RefState HEAD_OF_NEW = new RefState.Symbolic(Constants.R_HEADS + "main");

  private final Database database;
  private final PackUpload upload;
  private final RefWatcher watcher;

  Publisher(Database database, PackUpload upload, RefWatcher watcher) {
    this.database = database;
    this.upload = upload;
    this.watcher = watcher;
  }

  RefWatcher watcher() {
    return watcher;
  }

  Contents contents(HubRepository repository) {
    if (repository.isUnborn()) {
      return new Contents(List.of(HEAD_OF_NEW.named(Constants.HEAD)), 0, List.of());
    }
    return database.read(
        db -> {
          var all = RefRows.all(db, repository.repoId());
          var packs = PackRows.all(db, repository.repoId(), repository.getDescription());
          return new Contents(all.refs(), all.rewrites(), packs);
        });
  }

  /** Makes the lock row and HEAD; a conflict when there is such a repository already. */
  static void create(DbTransaction tx, long repoId) {
    if (!RefRows.create(tx, repoId)) {
      throw new ProblemException(new Conflict("the Git repository exists already"));
    }
    RefRows.put(tx, repoId, Constants.HEAD, HEAD_OF_NEW);
  }

  /** Moves the refs that are in their expected states: all or none, or as many as can be. */
  List<Outcome> publish(
      HubRepository repository,
      List<RefChange> changes,
      boolean allOrNone,
      List<Consumer<DbTransaction>> hooks,
      List<Optional<Consumer<DbTransaction>>> perChange)
      throws IOException {
    var packs = repository.objects().pending();
    CrashPoints.pass("commit.packed");
    upload.makeDurable(packs);
    CrashPoints.pass("commit.published");
    try {
      var outcomes =
          database.transact(
              tx -> {
                begin(tx, repository);
                var moved = move(tx, repository.repoId(), changes, allOrNone);
                if (moved.contains(Outcome.MOVED)) {
                  packs.forEach(pack -> add(tx, repository.repoId(), pack));
                  hooks.forEach(hook -> hook.accept(tx));
                  watched(tx, moved, perChange);
                }
                return moved;
              });
      CrashPoints.pass("commit.committed");
      return outcomes;
    } catch (Abandoned abandoned) {
      return abandoned.outcomes;
    }
  }

  /** Runs the hooks on the locked repository though none of its refs moves. */
  void unmoved(HubRepository repository, List<Consumer<DbTransaction>> hooks) {
    database.change(
        tx -> {
          begin(tx, repository);
          hooks.forEach(hook -> hook.accept(tx));
        });
  }

  private static void watched(
      DbTransaction tx, List<Outcome> moved, List<Optional<Consumer<DbTransaction>>> perChange) {
    for (int i = 0; i < moved.size(); i++) {
      if (moved.get(i) == Outcome.MOVED) {
        perChange.get(i).ifPresent(work -> work.accept(tx));
      }
    }
  }

  /** Puts the pending packs in place of those that they replace; false if these are gone. */
  boolean replace(HubRepository repository) throws IOException {
    var repoId = repository.repoId();
    var packs = repository.objects().pending();
    var replaced = repository.objects().replaced();
    upload.makeDurable(packs);
    return database.transact(
        tx -> {
          if (!RefRows.lock(tx, repoId)) {
            return false;
          }
          for (var name : replaced) {
            var keys = PackRows.keys(tx, repoId, name);
            if (keys.isEmpty()) {
              throw new ProblemException(new Conflict("another compaction was faster"));
            }
            keys.forEach(key -> PackUpload.discard(tx, key));
            PackRows.remove(tx, repoId, name);
          }
          packs.forEach(pack -> add(tx, repoId, pack));
          return true;
        });
  }

  /** Lets the objects of packs go that were made durable for an update that then failed. */
  void abandon(List<HubPack> packs) {
    packs.forEach(upload::abandon);
  }

  /**
   * Locks the repository. Whoever writes its history anew counts that; whoever was at work by then
   * must begin anew, because he took commits as known whose files are held no more.
   */
  private static void begin(DbTransaction tx, HubRepository repository) {
    long repoId = repository.repoId();
    if (repository.isUnborn()) {
      create(tx, repoId);
      return;
    }
    long rewrites =
        RefRows.lockedRewrites(tx, repoId)
            .orElseThrow(() -> new ProblemException(new Missing(Kind.REPO, "Repository")));
    if (repository.rewritesHistory()) {
      RefRows.rewritten(tx, repoId);
    } else if (!repository.hasSeenRewrites(rewrites)) {
      throw new ProblemException(
          new Conflict("The history was written anew meanwhile. Please try again."));
    }
  }

  private void add(DbTransaction tx, long repoId, HubPack pack) {
    PackRows.insert(tx, repoId, pack);
    upload.close(tx, pack);
  }

  /** Deletes come first: they may free a name that another change needs. */
  private static List<Outcome> move(
      DbTransaction tx, long repoId, List<RefChange> changes, boolean allOrNone) {
    var outcomes = new Outcome[changes.size()];
    for (var deletes : new boolean[] {true, false}) {
      for (var i = 0; i < outcomes.length; i++) {
        if (changes.get(i).isDelete() == deletes) {
          outcomes[i] = move(tx, repoId, changes.get(i));
        }
      }
    }
    var result = List.of(outcomes);
    if (allOrNone && result.stream().anyMatch(outcome -> outcome != Outcome.MOVED)) {
      throw new Abandoned(result);
    }
    return result;
  }

  private static Outcome move(DbTransaction tx, long repoId, RefChange change) {
    if (!RefRows.find(tx, repoId, change.name()).pointsLike(change.expected())) {
      return Outcome.LOST;
    }
    if (change.isCreate() && RefRows.hasConflict(tx, repoId, change.name())) {
      return Outcome.NAME_CONFLICT;
    }
    RefRows.put(tx, repoId, change.name(), change.wanted());
    return Outcome.MOVED;
  }

  /** Rolls the transaction back; carries what the caller is told. */
  private static final class Abandoned extends RuntimeException {
    private static final long serialVersionUID = 1;

    private final transient List<Outcome> outcomes;

    private Abandoned(List<Outcome> tried) {
      super("a ref of an atomic update has moved", null, false, false);
      outcomes = tried.stream().map(o -> o == Outcome.MOVED ? Outcome.ABANDONED : o).toList();
    }
  }
}
