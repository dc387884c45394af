package dev.ashlar.hub.tree;

import dev.ashlar.hub.tree.TreeEntry.LastCommit;
import java.io.IOException;
import java.util.Comparator;
import java.util.HashMap;
import java.util.HashSet;
import java.util.Map;
import java.util.PriorityQueue;
import java.util.Set;
import org.eclipse.jgit.lib.ObjectId;
import org.eclipse.jgit.lib.ObjectReader;
import org.eclipse.jgit.revwalk.RevCommit;
import org.eclipse.jgit.revwalk.RevWalk;
import org.jspecify.annotations.Nullable;

/**
 * One walk down a history that finds the newest commit which changed each of many names.
 *
 * <p>All names go down together, newest commit first. A name goes on to the first parent where it
 * looks the same, and stops where it differs from every parent: that is how Git itself simplifies
 * history. Names of a folder that did not change go on as a whole, without a look at them, and what
 * is known of a commit from earlier walks is not walked again. The walk ends as soon as every name
 * has stopped.
 */
final class HistoryWalk {
  /** What earlier walks have found for a folder at a commit; null if nothing. */
  @FunctionalInterface
  interface Known {
    @Nullable Map<String, LastCommit> at(ObjectId commit, String folder);
  }

  private final ObjectReader reader;
  private final RevWalk walk;
  private final Known known;
  private final TreeLookup trees;
  private final Map<RevCommit, Map<String, Set<String>>> open = new HashMap<>();
  private final PriorityQueue<RevCommit> queue =
      new PriorityQueue<>(Comparator.comparingInt(RevCommit::getCommitTime).reversed());
  private final Map<String, Map<String, LastCommit>> found = new HashMap<>();

  HistoryWalk(ObjectReader reader, Known known) {
    this.reader = reader;
    this.walk = new RevWalk(reader);
    this.known = known;
    this.trees = new TreeLookup(reader, ObjectId.zeroId());
  }

  /** The last commits of names, by their folders; the sets of names are used up. */
  Map<String, Map<String, LastCommit>> from(ObjectId head, Map<String, Set<String>> names)
      throws IOException {
    names.keySet().forEach(folder -> found.put(folder, new HashMap<>()));
    var first = walk.parseCommit(head);
    open.put(first, names);
    queue.add(first);
    while (!queue.isEmpty()) {
      var commit = queue.remove();
      var here = open.remove(commit);
      if (here != null) {
        for (var folder : here.entrySet()) {
          step(commit, folder.getKey(), folder.getValue());
        }
      }
    }
    return found;
  }

  private void step(RevCommit commit, String folder, Set<String> names) throws IOException {
    var answers = found.getOrDefault(folder, Map.of());
    var earlier = known.at(commit, folder);
    if (earlier != null) {
      earlier.forEach(
          (name, answer) -> {
            if (names.remove(name)) {
              answers.put(name, answer);
            }
          });
    }
    var left = names;
    for (int i = 0; i < commit.getParentCount() && !left.isEmpty(); i++) {
      var parent = commit.getParent(i);
      walk.parseHeaders(parent);
      left = split(commit, parent, folder, left);
    }
    if (!left.isEmpty()) {
      walk.parseBody(commit);
      var answer = new LastCommit(commit.name(), commit.getShortMessage(), Times.text(commit));
      commit.disposeBody();
      left.forEach(name -> answers.put(name, answer));
    }
  }

  /** Sends the names that look the same in a parent on to it, and returns the others. */
  private Set<String> split(RevCommit commit, RevCommit parent, String folder, Set<String> names)
      throws IOException {
    var now = commit.getTree().copy();
    var before = parent.getTree().copy();
    for (var name : folder.isEmpty() ? new String[0] : folder.split("/", -1)) {
      if (now.equals(before)) {
        break;
      }
      now = below(now, name);
      before = below(before, name);
    }
    if (before.equals(ObjectId.zeroId())) {
      return names;
    }
    var left = new HashSet<String>();
    if (!now.equals(before)) {
      for (var name :
          TreeLines.changed(TreeLines.bytes(reader, now), TreeLines.bytes(reader, before))) {
        if (names.remove(name)) {
          left.add(name);
        }
      }
    }
    if (!names.isEmpty()) {
      send(parent, folder, names);
    }
    return left;
  }

  private void send(RevCommit parent, String folder, Set<String> names) {
    var there = open.get(parent);
    if (there == null) {
      there = new HashMap<>();
      open.put(parent, there);
      queue.add(parent);
    }
    var waiting = there.putIfAbsent(folder, names);
    if (waiting != null) {
      waiting.addAll(names);
    }
  }

  private ObjectId below(ObjectId folder, String name) throws IOException {
    return folder.equals(ObjectId.zeroId())
        ? folder
        : trees
            .child(folder, name)
            .filter(GitEntry::isFolder)
            .map(GitEntry::id)
            .orElse(ObjectId.zeroId());
  }
}
