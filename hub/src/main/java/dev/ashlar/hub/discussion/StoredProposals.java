package dev.ashlar.hub.discussion;

import dev.ashlar.core.problem.Problem.Busy;
import dev.ashlar.core.problem.ProblemException;
import dev.ashlar.hub.git.HubRepository;
import dev.ashlar.hub.repo.PullRef;
import dev.ashlar.hub.repo.Visit;
import dev.ashlar.hub.tree.RefChanges;
import dev.ashlar.metadata.Database;
import io.helidon.dbclient.DbTransaction;
import java.io.IOException;
import java.time.Duration;
import java.time.InstantSource;
import java.util.concurrent.ThreadLocalRandom;
import java.util.function.Consumer;
import org.eclipse.jgit.lib.ObjectId;
import org.eclipse.jgit.lib.Repository;
import org.eclipse.jgit.revwalk.RevWalk;

/**
 * Pull requests in the database. The name of the ref has the number in it, and must be known before
 * the transaction that takes the number and makes the ref: so the next number is tried, and when
 * another request takes it first the transaction fails, and the one after is tried.
 */
public final class StoredProposals implements Proposals {
  private static final int TRIES_MAX = 200;
  private static final int PAUSE_MILLIS_MAX = 40;

  private final Database database;
  private final Talk talk;
  private final InstantSource clock;

  /** Opens pull requests at the times of this clock. */
  public StoredProposals(Database database, InstantSource clock) {
    this.database = database;
    this.talk = new Talk(database, clock);
    this.clock = clock;
  }

  @Override
  public int open(Repository repo, Visit visit, Proposal proposal) throws IOException {
    if (!(repo instanceof HubRepository stored)) {
      throw new IllegalArgumentException("not stored here: " + repo);
    }
    var opening = new Opening(visit, proposal, notes(repo, proposal));
    stored.whenPublished(opening);
    var changes = new RefChanges(repo, visit);
    for (int tries = 0; tries < TRIES_MAX; tries++) {
      opening.num = database.<Integer>read(db -> DiscussionRows.lastNum(db, visit.repo().id())) + 1;
      if (isMade(changes, new PullRef(opening.num), proposal.from())) {
        return opening.num;
      }
      repo.getRefDatabase().refresh();
      pause();
    }
    throw new ProblemException(new Busy("discussions", Duration.ofSeconds(1)));
  }

  private static boolean isMade(RefChanges changes, PullRef ref, ObjectId from) throws IOException {
    try {
      return changes.tryMove(ref.name(), ObjectId.zeroId(), from);
    } catch (NumberTaken _) {
      return false;
    }
  }

  /** The one commit of a proposal that brings one; to a draft they come later. */
  private static CommitNotes notes(Repository repo, Proposal proposal) throws IOException {
    try (var walk = new RevWalk(repo)) {
      return proposal.isDraft()
          ? CommitNotes.none()
          : CommitNotes.of(walk.parseCommit(proposal.from()));
    }
  }

  private static void pause() {
    try {
      Thread.sleep(ThreadLocalRandom.current().nextInt(PAUSE_MILLIS_MAX));
    } catch (InterruptedException _) {
      Thread.currentThread().interrupt();
      throw new ProblemException(new Busy("discussions", Duration.ofSeconds(1)));
    }
  }

  /** Writes the discussion in the transaction that makes the ref. */
  private final class Opening implements Consumer<DbTransaction> {
    private final Visit visit;
    private final Proposal proposal;
    private final CommitNotes notes;
    private int num;

    Opening(Visit visit, Proposal proposal, CommitNotes notes) {
      this.visit = visit;
      this.proposal = proposal;
      this.notes = notes;
    }

    @Override
    public void accept(DbTransaction tx) {
      long repoId = visit.repo().id();
      long userId = visit.caller().id();
      if (DiscussionRows.nextNum(tx, repoId) != num) {
        throw new NumberTaken();
      }
      var now = clock.instant();
      DiscussionRows.openedBy(tx, repoId, userId, now.minus(Limits.OPENING_WINDOW)).requireRoom();
      var status = proposal.isDraft() ? Status.DRAFT : Status.OPEN;
      long id = DiscussionRows.insert(tx, repoId, num, proposal.title(), status, true, userId, now);
      PullRows.insert(tx, id, proposal.base(), proposal.from());
      talk.comment(tx, id, userId, proposal.description());
      notes.addTo(tx, id, 1, userId, now);
    }
  }

  /** Rolls the transaction back: the number went to another request. */
  private static final class NumberTaken extends RuntimeException {
    private static final long serialVersionUID = 1;

    private NumberTaken() {
      super("another request was faster", null, false, false);
    }
  }
}
