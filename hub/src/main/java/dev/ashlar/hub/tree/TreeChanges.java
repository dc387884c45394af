package dev.ashlar.hub.tree;

import dev.ashlar.core.problem.Problem.OverLimit;
import dev.ashlar.core.problem.ProblemException;
import java.io.IOException;
import java.util.List;
import java.util.Optional;
import org.eclipse.jgit.diff.DiffEntry;
import org.eclipse.jgit.diff.RenameDetector;
import org.eclipse.jgit.lib.AnyObjectId;
import org.eclipse.jgit.lib.Repository;
import org.eclipse.jgit.revwalk.RevCommit;
import org.eclipse.jgit.revwalk.RevWalk;
import org.eclipse.jgit.revwalk.filter.RevFilter;
import org.eclipse.jgit.treewalk.EmptyTreeIterator;
import org.eclipse.jgit.treewalk.TreeWalk;
import org.eclipse.jgit.treewalk.filter.TreeFilter;

/** What changed from one commit to another. */
final class TreeChanges {
  static final int CHANGES_MAX = 50_000;

  /** To find renames, every added file is read and compared with every removed one. */
  private static final int RENAMES_MAX = 50;

  /** Greater files are the same file renamed only when their bytes are the same. */
  private static final int RENAMED_BYTES_MAX = 64 << 10;

  private final Repository repo;

  TreeChanges(Repository repo) {
    this.repo = repo;
  }

  /**
   * The changed files from {@code before}, or from nothing at all, to {@code after}. More than
   * 50,000 changed files and folders are refused.
   */
  List<DiffEntry> between(Optional<RevCommit> before, RevCommit after) throws IOException {
    try (var walk = new TreeWalk(repo)) {
      walk.setRecursive(true);
      walk.setFilter(new BoundedDiff());
      if (before.isPresent()) {
        walk.addTree(before.get().getTree());
      } else {
        walk.addTree(new EmptyTreeIterator());
      }
      walk.addTree(after.getTree());
      var renames = new RenameDetector(repo);
      renames.setRenameLimit(RENAMES_MAX);
      renames.setBigFileThreshold(RENAMED_BYTES_MAX);
      renames.setSkipContentRenamesForBinaryFiles(true);
      renames.addAll(DiffEntry.scan(walk));
      return renames.compute();
    }
  }

  /** The commit where both histories part; empty when they share nothing. */
  Optional<RevCommit> mergeBase(AnyObjectId left, AnyObjectId right) throws IOException {
    try (var walk = new RevWalk(repo)) {
      walk.setRevFilter(RevFilter.MERGE_BASE);
      walk.markStart(walk.parseCommit(left));
      walk.markStart(walk.parseCommit(right));
      return Optional.ofNullable(walk.next());
    }
  }

  private static final class BoundedDiff extends TreeFilter {
    private int changes;

    @Override
    public boolean include(TreeWalk walk) throws IOException {
      boolean isChanged = ANY_DIFF.include(walk);
      if (isChanged && ++changes > CHANGES_MAX) {
        throw new ProblemException(
            new OverLimit("changed files and folders of a comparison", CHANGES_MAX));
      }
      return isChanged;
    }

    @Override
    public boolean shouldBeRecursive() {
      return false;
    }

    @Override
    public TreeFilter clone() {
      return new BoundedDiff();
    }
  }
}
