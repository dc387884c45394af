package dev.ashlar.hub.discussion;

import com.github.benmanes.caffeine.cache.Cache;
import com.github.benmanes.caffeine.cache.Caffeine;
import dev.ashlar.core.problem.Problem.Busy;
import dev.ashlar.core.problem.ProblemException;
import dev.ashlar.hub.discussion.Discussion.Pull;
import dev.ashlar.hub.discussion.TreeMerge.Result;
import dev.ashlar.hub.discussion.TreeMerge.Sink;
import java.io.IOException;
import java.time.Duration;
import java.util.List;
import java.util.Optional;
import java.util.concurrent.TimeUnit;
import java.util.concurrent.locks.ReentrantLock;
import java.util.stream.Stream;
import org.eclipse.jgit.errors.MissingObjectException;
import org.eclipse.jgit.lib.AnyObjectId;
import org.eclipse.jgit.lib.ObjectId;
import org.eclipse.jgit.lib.ObjectInserter;
import org.eclipse.jgit.lib.Repository;
import org.eclipse.jgit.revwalk.RevCommit;
import org.eclipse.jgit.revwalk.RevWalk;
import org.eclipse.jgit.revwalk.filter.RevFilter;

/**
 * What a pull request changes. Two commits always compare alike, so what was worked out for them is
 * remembered for a while.
 */
final class PullChanges {
  private static final int TURNS = 256;
  private static final int WAIT_SECONDS_MAX = 30;
  private static final int CONFLICTS_KEPT_MAX = 2_000;
  private static final long DIFF_CHARS_KEPT_MAX = 16L << 20;

  /** Repositories do not share entries. */
  private record Key(long repoId, ObjectId base, ObjectId head) {}

  /** Pull requests that share a turn wait for one another, which is rare and harmless. */
  private final ReentrantLock[] turns =
      Stream.generate(ReentrantLock::new).limit(TURNS).toArray(ReentrantLock[]::new);

  private final Cache<Key, List<String>> conflicts =
      Caffeine.newBuilder().maximumSize(CONFLICTS_KEPT_MAX).build();
  private final Cache<Key, String> diffs =
      Caffeine.newBuilder()
          .maximumWeight(DIFF_CHARS_KEPT_MAX)
          .weigher((Key _, String diff) -> 100 + diff.length())
          .build();

  /** How a branch and a pull request stand to each other. */
  record Sides(ObjectId base, ObjectId head, Optional<ObjectId> parting) {
    /** Whether all of the head is in the base already. */
    boolean isNothing() {
      return parting.filter(head::equals).isPresent();
    }

    /** Whether the base can simply move to the head. */
    boolean isFastForward() {
      return parting.filter(base::equals).isPresent();
    }
  }

  /** Where the branch is, or was when it was merged; empty when it is gone. */
  static Optional<ObjectId> base(Repository repo, Pull pull) throws IOException {
    if (pull.merged().isPresent()) {
      return pull.merged().map(merged -> merged.onto());
    }
    var ref = repo.exactRef(pull.base());
    return Optional.ofNullable(ref).flatMap(found -> Optional.ofNullable(found.getObjectId()));
  }

  /** Finds where both histories part. */
  static Sides sides(Repository repo, AnyObjectId base, AnyObjectId head) throws IOException {
    try (var walk = new RevWalk(repo)) {
      walk.setRetainBody(false);
      walk.setRevFilter(RevFilter.MERGE_BASE);
      walk.markStart(walk.parseCommit(base));
      walk.markStart(walk.parseCommit(head));
      var parting = Optional.ofNullable(walk.next()).map(RevCommit::copy);
      return new Sides(base.copy(), head.copy(), parting);
    }
  }

  /** Merges the trees of both sides; the objects go into the sink. */
  static Result merge(Repository repo, Sides sides, Sink sink) throws IOException {
    try (var reader = repo.newObjectReader();
        var walk = new RevWalk(reader)) {
      return new TreeMerge(reader, sink)
          .merge(
              tree(walk, sides.parting().orElse(ObjectId.zeroId())),
              tree(walk, sides.base()),
              tree(walk, sides.head()));
    }
  }

  private static ObjectId tree(RevWalk walk, ObjectId commit) throws IOException {
    return commit.equals(ObjectId.zeroId())
        ? ObjectId.zeroId()
        : walk.parseCommit(commit).getTree().copy();
  }

  /**
   * The files in the way of a merge: a list, or true when they are too many to tell. A pull request
   * that is merged, or whose branch is gone, has none.
   */
  Object filesWithConflicts(Repository repo, long repoId, long discussionId, Pull pull)
      throws IOException {
    var base = base(repo, pull);
    if (pull.merged().isPresent() || base.isEmpty()) {
      return List.of();
    }
    var key = new Key(repoId, base.get(), pull.head());
    var known = conflicts.getIfPresent(key);
    if (known == null) {
      known = inTurn(discussionId, () -> conflicts(repo, key));
    }
    return known.contains("") ? true : known;
  }

  @FunctionalInterface
  private interface Check {
    List<String> run() throws IOException;
  }

  /** Lets one check of a pull request run at a time; who waited mostly finds it done. */
  private List<String> inTurn(long discussionId, Check check) throws IOException {
    var turn = turns[Math.floorMod(discussionId, turns.length)];
    try {
      if (!turn.tryLock(WAIT_SECONDS_MAX, TimeUnit.SECONDS)) {
        throw busy();
      }
    } catch (InterruptedException _) {
      Thread.currentThread().interrupt();
      throw busy();
    }
    try {
      return check.run();
    } finally {
      turn.unlock();
    }
  }

  private static ProblemException busy() {
    return new ProblemException(new Busy("pull requests", Duration.ofSeconds(5)));
  }

  private List<String> conflicts(Repository repo, Key key) throws IOException {
    var known = conflicts.getIfPresent(key);
    if (known == null) {
      known = conflicts(repo, sides(repo, key.base, key.head));
      conflicts.put(key, known);
    }
    return known;
  }

  /** The conflicts; an empty name stands for those that cannot be told. */
  private static List<String> conflicts(Repository repo, Sides sides) throws IOException {
    if (sides.isNothing() || sides.isFastForward()) {
      return List.of();
    }
    try (var ids = new ObjectInserter.Formatter()) {
      var result = merge(repo, sides, ids::idFor);
      return result.tree().isEmpty() && result.conflicts().isEmpty()
          ? List.of("")
          : result.conflicts();
    }
  }

  /** The changes since the histories parted, as unified diff; empty when the branch is gone. */
  String diff(Repository repo, long repoId, Pull pull) throws IOException {
    var base = base(repo, pull);
    if (base.isEmpty()) {
      return "";
    }
    var key = new Key(repoId, base.get(), pull.head());
    var known = diffs.getIfPresent(key);
    if (known == null) {
      known = diff(repo, base.get(), pull.head());
      diffs.put(key, known);
    }
    return known;
  }

  private static String diff(Repository repo, ObjectId base, ObjectId head) throws IOException {
    try (var reader = repo.newObjectReader();
        var walk = new RevWalk(reader)) {
      var parting = sides(repo, base, head).parting().orElse(ObjectId.zeroId());
      return new PullDiff(reader).text(tree(walk, parting), tree(walk, head));
    } catch (MissingObjectException _) {
      return ""; // what it was merged onto was rewritten and collected since
    }
  }
}
