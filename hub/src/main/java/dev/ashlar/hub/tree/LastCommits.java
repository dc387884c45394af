package dev.ashlar.hub.tree;

import com.github.benmanes.caffeine.cache.Cache;
import com.github.benmanes.caffeine.cache.Caffeine;
import dev.ashlar.hub.tree.TreeEntry.LastCommit;
import java.io.IOException;
import java.util.Collection;
import java.util.HashMap;
import java.util.HashSet;
import java.util.Map;
import java.util.Set;
import org.eclipse.jgit.lib.ObjectId;
import org.eclipse.jgit.lib.ObjectReader;
import org.jspecify.annotations.Nullable;

/**
 * Knows the newest commit that changed each path. What was once found for a folder at a commit is
 * kept, and ends the walk of every later commit that comes by; so a new commit on a long history
 * costs one step.
 */
public final class LastCommits {
  /** A folder, or a single path, at a commit. */
  record Key(long repoId, ObjectId commit, String path) {}

  private static final int NAMES_MAX = 300_000;
  private static final int PATHS_MAX = 50_000;

  private final Cache<Key, Map<String, LastCommit>> folders =
      Caffeine.newBuilder()
          .maximumWeight(NAMES_MAX)
          .weigher((Key _, Map<String, LastCommit> names) -> 10 + names.size())
          .build();
  private final Cache<Key, LastCommit> paths = Caffeine.newBuilder().maximumSize(PATHS_MAX).build();

  /** The last commits of the paths that exist in {@code head}, and of nothing else. */
  public Map<String, LastCommit> of(
      ObjectReader reader, long repoId, ObjectId head, Collection<String> wanted)
      throws IOException {
    var found = new HashMap<String, LastCommit>();
    var open = new HashMap<String, Set<String>>();
    for (var path : wanted) {
      var known = known(repoId, head, path);
      if (known == null) {
        open.computeIfAbsent(folder(path), _ -> new HashSet<>()).add(name(path));
      } else {
        found.put(path, known);
      }
    }
    var walked = walk(reader, repoId, head, open);
    for (var path : wanted) {
      var answer = walked.getOrDefault(folder(path), Map.of()).get(name(path));
      if (answer != null) {
        paths.put(new Key(repoId, head.copy(), path), answer);
        found.put(path, answer);
      }
    }
    return found;
  }

  /**
   * The same for a listing, whose next pages will ask for the rest of each folder: all names of the
   * folders are sought in the same walk.
   */
  public Map<String, LastCommit> ofFolders(
      ObjectReader reader, long repoId, ObjectId head, ObjectId root, Collection<String> wanted)
      throws IOException {
    var lookup = new TreeLookup(reader, root);
    var open = new HashMap<String, Set<String>>();
    for (var path : wanted) {
      var folder = folder(path);
      if (!open.containsKey(folder)
          && folders.getIfPresent(new Key(repoId, head, folder)) == null) {
        open.put(folder, names(lookup, folder));
      }
    }
    var walked = walk(reader, repoId, head, open);
    walked.forEach((folder, names) -> folders.put(new Key(repoId, head.copy(), folder), names));
    var found = new HashMap<String, LastCommit>();
    for (var path : wanted) {
      var names = walked.get(folder(path));
      var answer = names == null ? known(repoId, head, path) : names.get(name(path));
      if (answer != null) {
        found.put(path, answer);
      }
    }
    return found;
  }

  private static Set<String> names(TreeLookup lookup, String folder) throws IOException {
    var names = new HashSet<String>();
    var id = lookup.find(folder).map(GitEntry::id).orElse(ObjectId.zeroId());
    for (var line = lookup.lines(id); !line.eof(); line.next()) {
      names.add(line.getEntryPathString());
    }
    return names;
  }

  private @Nullable LastCommit known(long repoId, ObjectId head, String path) {
    var names = folders.getIfPresent(new Key(repoId, head, folder(path)));
    return names != null && names.containsKey(name(path))
        ? names.get(name(path))
        : paths.getIfPresent(new Key(repoId, head, path));
  }

  private Map<String, Map<String, LastCommit>> walk(
      ObjectReader reader, long repoId, ObjectId head, Map<String, Set<String>> open)
      throws IOException {
    if (open.isEmpty()) {
      return Map.of();
    }
    return new HistoryWalk(
            reader, (commit, folder) -> folders.getIfPresent(new Key(repoId, commit, folder)))
        .from(head, open);
  }

  private static String folder(String path) {
    int slash = path.lastIndexOf('/');
    return slash < 0 ? "" : path.substring(0, slash);
  }

  private static String name(String path) {
    return path.substring(path.lastIndexOf('/') + 1);
  }
}
