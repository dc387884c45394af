package dev.ashlar.hub.discussion;

import dev.ashlar.core.problem.Problem.Conflict;
import dev.ashlar.core.problem.Problem.Unprocessable;
import dev.ashlar.core.problem.ProblemException;
import dev.ashlar.hub.git.HubRepository;
import dev.ashlar.hub.git.RefWatcher;
import dev.ashlar.hub.repo.PullRef;
import dev.ashlar.metadata.Database;
import io.helidon.dbclient.DbTransaction;
import java.io.IOException;
import java.time.InstantSource;
import java.util.ArrayList;
import java.util.Optional;
import java.util.function.Consumer;
import org.eclipse.jgit.errors.IncorrectObjectTypeException;
import org.eclipse.jgit.lib.ObjectId;
import org.eclipse.jgit.lib.Ref;
import org.jspecify.annotations.Nullable;

/**
 * Keeps pull requests in step with their refs: the head and an event a commit, in the transaction
 * that moves {@code refs/pr/N}, however the commits came. A merged pull request takes none any
 * more.
 */
public final class PullWatcher implements RefWatcher {
  private final Database database;
  private final InstantSource clock;

  /** Notes the times of this clock. */
  public PullWatcher(Database database, InstantSource clock) {
    this.database = database;
    this.clock = clock;
  }

  @Override
  public Optional<Consumer<DbTransaction>> moving(
      HubRepository repository, String ref, ObjectId target) throws IOException {
    var pull = PullRef.of(ref);
    var old = pull.isEmpty() ? null : target(repository.exactRef(ref));
    if (old == null) {
      return Optional.empty(); // whoever opens a pull request writes its first events
    }
    long repoId = repository.repoId();
    int num = pull.orElseThrow().number();
    var before = database.<Discussion>read(db -> DiscussionRows.require(db, repoId, num));
    if (repository.rewritesHistory()) {
      return Optional.of(tx -> PullRows.rewriteHead(tx, before.id(), target));
    }
    var notes = notes(repository, before, old, target);
    long mover = repository.mover();
    return Optional.of(tx -> moved(tx, before.id(), target, notes, mover));
  }

  private static CommitNotes notes(
      HubRepository repository, Discussion before, ObjectId old, ObjectId target)
      throws IOException {
    var known = new ArrayList<ObjectId>();
    known.add(old);
    var base = target(repository.exactRef(before.pull().orElseThrow().base()));
    if (base != null) {
      known.add(base);
    }
    try {
      return CommitNotes.between(repository, known, target);
    } catch (IncorrectObjectTypeException _) {
      throw new ProblemException(
          new Unprocessable("refs/pr/" + before.num(), "it must point to a commit"));
    }
  }

  private static @Nullable ObjectId target(@Nullable Ref ref) {
    return ref == null ? null : ref.getObjectId();
  }

  private void moved(DbTransaction tx, long id, ObjectId target, CommitNotes notes, long mover) {
    var size = DiscussionRows.lock(tx, id);
    if (!PullRows.moveHead(tx, id, target)) {
      throw new ProblemException(
          new Conflict("The pull request is merged: it takes no commits any more."));
    }
    notes.addTo(tx, id, size.events(), mover, clock.instant());
  }
}
