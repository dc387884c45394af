package dev.ashlar.hub.smart;

import dev.ashlar.hub.git.HubRepository;
import dev.ashlar.hub.git.RefusedPackException;
import dev.ashlar.hub.repo.PullRef;
import dev.ashlar.hub.tree.BlobShapes;
import dev.ashlar.hub.tree.LfsPointer;
import java.io.IOException;
import java.time.Duration;
import java.util.ArrayList;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import org.eclipse.jgit.errors.MissingObjectException;
import org.eclipse.jgit.lib.Constants;
import org.eclipse.jgit.lib.ObjectId;
import org.eclipse.jgit.lib.ObjectReader;
import org.eclipse.jgit.revwalk.RevCommit;
import org.eclipse.jgit.revwalk.RevTag;
import org.eclipse.jgit.revwalk.RevWalk;
import org.eclipse.jgit.transport.ReceiveCommand;

/**
 * Walks what a push makes reachable that was not so before, and checks it. What only another pull
 * request reaches may go with that one at any moment, its large files too, so it is walked as well.
 */
final class NewObjects {
  private static final int COMMITS_MAX = 250_000;
  private static final Duration TIME_MAX = Duration.ofMinutes(10);

  private final ObjectReader reader;
  private final NewTrees trees;
  private final TreeSizes.Counting sizes;
  private final List<ObjectId> known = new ArrayList<>();
  private final Map<String, ObjectId> pulls = new HashMap<>();
  private final long startNanos = System.nanoTime();

  NewObjects(
      HubRepository repo,
      ObjectReader reader,
      ReceivedObjects received,
      BlobShapes shapes,
      TreeSizes sizes,
      long lfsBytesMin)
      throws IOException {
    this.reader = reader;
    this.trees =
        new NewTrees(reader, new PushedBlobs(repo.repoId(), reader, received, shapes, lfsBytesMin));
    this.sizes = sizes.of(repo.repoId(), reader);
    for (var ref : repo.getRefDatabase().getRefs()) {
      if (ref.getObjectId() != null && PullRef.of(ref.getName()).isPresent()) {
        pulls.put(ref.getName(), ref.getObjectId());
      } else if (ref.getObjectId() != null) {
        known.add(ref.getObjectId());
      }
    }
  }

  /** The pointers of the command's new objects, each with a path where it stands. */
  Map<LfsPointer, String> check(ReceiveCommand command, Findings findings) throws IOException {
    trees.begin(findings);
    try (var walk = new RevWalk(reader)) {
      walk.setRetainBody(false);
      var tip = walk.parseAny(command.getNewId());
      var commit = walk.peel(tip);
      if (!(commit instanceof RevCommit start)
          || (tip instanceof RevTag && !command.getRefName().startsWith(Constants.R_TAGS))) {
        throw new RefusedPackException(
            command.getRefName()
                + " must name a commit, not a "
                + Constants.typeString(tip.getType()));
      }
      walk.markStart(start);
      for (var id : known) {
        ignore(walk, id);
      }
      var own = pulls.get(command.getRefName());
      if (own != null) {
        ignore(walk, own);
      }
      int commits = 0;
      for (var next = walk.next(); next != null; next = walk.next()) {
        if (++commits > COMMITS_MAX) {
          throw new RefusedPackException("a push has at most " + COMMITS_MAX + " commits");
        }
        commit(walk, next);
      }
    }
    return trees.pointers();
  }

  /** From now on what the command's new object reaches counts as known, unless it may go. */
  void accepted(ReceiveCommand command) {
    if (PullRef.of(command.getRefName()).isEmpty()) {
      known.add(command.getNewId().copy());
      trees.accepted();
    }
  }

  private static void ignore(RevWalk walk, ObjectId id) throws IOException {
    try {
      if (walk.peel(walk.parseAny(id)) instanceof RevCommit commit) {
        walk.markUninteresting(commit);
      }
    } catch (MissingObjectException _) {
      // a ref that is broken already hides nothing
    }
  }

  private void commit(RevWalk walk, RevCommit commit) throws IOException {
    var before = new ArrayList<ObjectId>(commit.getParentCount());
    for (var parent : commit.getParents()) {
      walk.parseHeaders(parent);
      before.add(parent.getTree());
    }
    if (System.nanoTime() - startNanos > TIME_MAX.toNanos()) {
      throw new RefusedPackException(
          "the push was not checked within " + TIME_MAX.toMinutes() + " minutes");
    }
    sizes.require(commit.getTree());
    trees.check(commit.getTree(), before);
  }
}
