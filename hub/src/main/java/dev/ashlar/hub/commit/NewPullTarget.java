package dev.ashlar.hub.commit;

import dev.ashlar.core.problem.Problem.Stale;
import dev.ashlar.core.problem.ProblemException;
import dev.ashlar.hub.discussion.Proposals;
import dev.ashlar.hub.discussion.Proposals.Proposal;
import dev.ashlar.hub.repo.Visit;
import dev.ashlar.hub.tree.RefChanges;
import dev.ashlar.hub.tree.Revision;
import dev.ashlar.hub.tree.Revisions;
import java.io.IOException;
import java.util.OptionalInt;
import org.eclipse.jgit.lib.ObjectId;
import org.eclipse.jgit.lib.Repository;
import org.eclipse.jgit.revwalk.RevWalk;

/**
 * A pull request that comes to be with the commit. It begins where the branch is, or at the commit
 * of the branch that the client names.
 */
final class NewPullTarget implements CommitTarget {
  private final Repository repo;
  private final Visit visit;
  private final Proposals proposals;
  private final String base;
  private OptionalInt number = OptionalInt.empty();

  /** A pull request for the branch of this full name. */
  NewPullTarget(Repository repo, Visit visit, Proposals proposals, String base) {
    this.repo = repo;
    this.visit = visit;
    this.proposals = proposals;
    this.base = base;
  }

  @Override
  public ObjectId head(CommitHeader header) throws IOException {
    var revisions = new Revisions(repo, visit.repo().defaultBranch());
    var tip = revisions.require(base).commit();
    if (header.parentCommit().isEmpty() || tip.name().startsWith(header.parentCommit())) {
      return tip;
    }
    var parent = revisions.find(header.parentCommit()).filter(found -> found.ref().isEmpty());
    if (parent.isEmpty() || !isBelow(parent.get(), tip)) {
      throw new ProblemException(new Stale(CommitWriter.STALE));
    }
    return parent.get().commit();
  }

  private boolean isBelow(Revision parent, ObjectId tip) throws IOException {
    try (var walk = new RevWalk(repo)) {
      return walk.isMergedInto(walk.parseCommit(parent.commit()), walk.parseCommit(tip));
    }
  }

  @Override
  public boolean publish(CommitHeader header, ObjectId head, ObjectId commit) throws IOException {
    var proposal = Proposal.ofCommit(header.summary(), header.description(), base, commit);
    number = OptionalInt.of(proposals.open(repo, visit, proposal));
    return true;
  }

  @Override
  public RuntimeException lostRace() {
    return RefChanges.lostRace(base);
  }

  /** The number of the pull request; empty while there is none. */
  OptionalInt number() {
    return number;
  }
}
