package dev.ashlar.hub.commit;

import dev.ashlar.core.problem.Problem.Stale;
import dev.ashlar.core.problem.ProblemException;
import dev.ashlar.hub.repo.Visit;
import dev.ashlar.hub.tree.HeldFiles;
import dev.ashlar.hub.tree.RefChanges;
import java.io.IOException;
import org.eclipse.jgit.lib.CommitBuilder;
import org.eclipse.jgit.lib.ObjectId;
import org.eclipse.jgit.lib.ObjectInserter;
import org.eclipse.jgit.lib.Repository;
import org.eclipse.jgit.revwalk.RevWalk;

/** Puts a plan on top of a branch; when another commit comes first, on top of that one. */
final class CommitWriter {
  private static final int ATTEMPTS_MAX = 8;
  static final String STALE =
      "The branch was updated since you opened this page. Please refresh and try again.";

  private final Repository repo;
  private final HeldFiles held;
  private final ObjectInserter inserter;
  private final Visit visit;
  private final CommitTarget target;

  CommitWriter(
      Repository repo, HeldFiles held, ObjectInserter inserter, Visit visit, CommitTarget target) {
    this.repo = repo;
    this.held = held;
    this.inserter = inserter;
    this.visit = visit;
    this.target = target;
  }

  /** Fails unless the branch still is where the client believes it to be. */
  static void requireParent(CommitHeader header, ObjectId head) {
    if (!head.name().startsWith(header.parentCommit())) {
      throw new ProblemException(new Stale(STALE));
    }
  }

  /**
   * The new commit, or the present one when nothing changes. The files of the plan are kept in both
   * cases: a pointer may have stood there before its bytes came.
   */
  ObjectId write(CommitHeader header, CommitPlan plan) throws IOException {
    for (int attempt = 0; attempt < ATTEMPTS_MAX; attempt++) {
      var head = target.head(header);
      requireParent(header, head);
      var before = tree(head);
      var tree = tree(before, plan);
      if (tree.equals(before) && !head.equals(ObjectId.zeroId())) {
        if (!plan.files().isEmpty()) {
          held.keepUnmoved(repo);
        }
        return head;
      }
      var commit = commit(header, tree, head);
      inserter.flush();
      if (target.publish(header, head, commit)) {
        return commit;
      }
      repo.getRefDatabase().refresh();
    }
    throw target.lostRace();
  }

  private ObjectId tree(ObjectId commit) throws IOException {
    if (commit.equals(ObjectId.zeroId())) {
      return ObjectId.zeroId();
    }
    try (var walk = new RevWalk(repo)) {
      return walk.parseCommit(commit).getTree().copy();
    }
  }

  private ObjectId tree(ObjectId before, CommitPlan plan) throws IOException {
    try (var reader = inserter.newReader()) {
      var draft = new DraftTree(reader, before);
      var large = plan.applyTo(draft, inserter);
      var tree = draft.write(inserter);
      return large.isEmpty() ? tree : Uncovered.cover(draft, tree, large, inserter);
    }
  }

  private ObjectId commit(CommitHeader header, ObjectId tree, ObjectId parent) throws IOException {
    var author = RefChanges.author(visit);
    var commit = new CommitBuilder();
    commit.setTreeId(tree);
    if (!parent.equals(ObjectId.zeroId())) {
      commit.setParentId(parent);
    }
    commit.setAuthor(author);
    commit.setCommitter(author);
    commit.setMessage(header.message());
    return inserter.insert(commit);
  }
}
