package dev.ashlar.hub.tree;

import com.github.benmanes.caffeine.cache.Cache;
import com.github.benmanes.caffeine.cache.Caffeine;
import java.io.IOException;
import org.eclipse.jgit.lib.ObjectId;
import org.eclipse.jgit.lib.Repository;
import org.eclipse.jgit.revwalk.RevCommit;
import org.eclipse.jgit.revwalk.RevWalk;

/**
 * How many commits a history has. A commit's number never changes, and on a line of commits with
 * one parent each it follows from that of any commit below: so the whole is walked once.
 */
final class CommitCounts {
  private record Key(long repoId, ObjectId commit) {}

  private final Cache<Key, Integer> known = Caffeine.newBuilder().maximumSize(20_000).build();

  int of(Repository repo, long repoId, RevCommit head) throws IOException {
    var key = new Key(repoId, head.copy());
    var count = known.getIfPresent(key);
    if (count == null) {
      count = count(repo, repoId, head);
      known.put(key, count);
    }
    return count;
  }

  private int count(Repository repo, long repoId, RevCommit head) throws IOException {
    try (var walk = new RevWalk(repo)) {
      walk.setRetainBody(false);
      var commit = walk.parseCommit(head);
      for (int above = 0; ; above++) {
        var below = known.getIfPresent(new Key(repoId, commit));
        if (below != null) {
          return above + below;
        }
        if (commit.getParentCount() == 0) {
          return above + 1;
        }
        if (commit.getParentCount() > 1) {
          return above + everything(walk, commit);
        }
        commit = walk.parseCommit(commit.getParent(0));
      }
    }
  }

  private static int everything(RevWalk walk, RevCommit from) throws IOException {
    walk.reset();
    walk.markStart(from);
    int count = 0;
    while (walk.next() != null) {
      count++;
    }
    return count;
  }
}
