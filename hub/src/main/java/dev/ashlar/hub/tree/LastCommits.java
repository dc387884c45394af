package dev.ashlar.hub.tree;

import com.github.benmanes.caffeine.cache.Cache;
import com.github.benmanes.caffeine.cache.Caffeine;
import dev.ashlar.hub.tree.TreeEntry.LastCommit;
import java.io.IOException;
import java.util.ArrayList;
import java.util.Collection;
import java.util.Comparator;
import java.util.HashMap;
import java.util.HashSet;
import java.util.Map;
import java.util.NavigableSet;
import java.util.PriorityQueue;
import java.util.Set;
import java.util.TreeSet;
import org.eclipse.jgit.lib.ObjectId;
import org.eclipse.jgit.lib.ObjectReader;
import org.eclipse.jgit.revwalk.RevCommit;
import org.eclipse.jgit.revwalk.RevWalk;
import org.eclipse.jgit.treewalk.TreeWalk;
import org.eclipse.jgit.treewalk.filter.AndTreeFilter;
import org.eclipse.jgit.treewalk.filter.PathFilterGroup;
import org.eclipse.jgit.treewalk.filter.TreeFilter;

/**
 * Finds the newest commit that changed each path of a page.
 *
 * <p>All paths walk down the history together, newest commit first. A path goes on to the first
 * parent where it looks the same, and stops where it differs from every parent: that is how Git
 * itself simplifies history. The walk ends as soon as every path has stopped.
 */
public final class LastCommits {
  private record Key(long repoId, ObjectId commit, String path) {}

  private static final int ANSWERS_MAX = 100_000;

  private final Cache<Key, LastCommit> answers =
      Caffeine.newBuilder().maximumSize(ANSWERS_MAX).build();

  /** The last commits of the paths that exist in {@code head}. */
  public Map<String, LastCommit> of(
      ObjectReader reader, long repoId, ObjectId head, Collection<String> paths)
      throws IOException {
    var found = new HashMap<String, LastCommit>();
    var open = new HashSet<String>();
    for (var path : paths) {
      var known = answers.getIfPresent(new Key(repoId, head, path));
      if (known == null) {
        open.add(path);
      } else {
        found.put(path, known);
      }
    }
    if (!open.isEmpty()) {
      walk(reader, head, open)
          .forEach(
              (path, commit) -> {
                answers.put(new Key(repoId, head.copy(), path), commit);
                found.put(path, commit);
              });
    }
    return found;
  }

  private static Map<String, LastCommit> walk(ObjectReader reader, ObjectId head, Set<String> paths)
      throws IOException {
    var found = new HashMap<String, LastCommit>();
    var open = new HashMap<RevCommit, Set<String>>();
    var queue =
        new PriorityQueue<RevCommit>(Comparator.comparingInt(RevCommit::getCommitTime).reversed());
    try (var walk = new RevWalk(reader)) {
      var first = walk.parseCommit(head);
      open.put(first, paths);
      queue.add(first);
      while (!queue.isEmpty()) {
        var commit = queue.remove();
        var left = new HashSet<>(open.getOrDefault(commit, Set.of()));
        open.remove(commit);
        for (var parent : commit.getParents()) {
          if (left.isEmpty()) {
            break;
          }
          walk.parseHeaders(parent);
          var same = new HashSet<>(left);
          same.removeAll(changed(reader, commit, parent, left));
          if (!same.isEmpty()) {
            left.removeAll(same);
            if (open.computeIfAbsent(parent, _ -> new HashSet<>()).isEmpty()) {
              queue.add(parent);
            }
            open.get(parent).addAll(same);
          }
        }
        var answer = new LastCommit(commit.name(), title(walk, commit), Times.text(commit));
        left.forEach(path -> found.put(path, answer));
      }
    }
    return found;
  }

  private static String title(RevWalk walk, RevCommit commit) throws IOException {
    walk.parseBody(commit);
    return commit.getShortMessage();
  }

  /** Those of the paths where the two trees differ. */
  private static Set<String> changed(
      ObjectReader reader, RevCommit commit, RevCommit parent, Set<String> paths)
      throws IOException {
    var changed = new HashSet<String>();
    if (commit.getTree().equals(parent.getTree())) {
      return changed;
    }
    var ordered = new TreeSet<>(paths);
    try (var trees = new TreeWalk(reader)) {
      trees.addTree(commit.getTree());
      trees.addTree(parent.getTree());
      trees.setFilter(
          AndTreeFilter.create(
              PathFilterGroup.createFromStrings(new ArrayList<>(paths)), TreeFilter.ANY_DIFF));
      while (trees.next()) {
        if (paths.contains(trees.getPathString())) {
          changed.add(trees.getPathString());
        }
        if (trees.isSubtree() && isAbove(trees.getPathString() + "/", ordered)) {
          trees.enterSubtree();
        }
      }
    }
    return changed;
  }

  /** Whether one of the paths lies below the folder. */
  private static boolean isAbove(String folder, NavigableSet<String> paths) {
    var next = paths.ceiling(folder);
    return next != null && next.startsWith(folder);
  }
}
