package dev.ashlar.hub.discussion;

import dev.ashlar.hub.tree.FolderNames;
import dev.ashlar.hub.tree.GitEntry;
import dev.ashlar.hub.tree.TreeLookup;
import java.io.IOException;
import java.util.ArrayList;
import java.util.Arrays;
import java.util.Comparator;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.Set;
import java.util.TreeMap;
import java.util.TreeSet;
import org.eclipse.jgit.lib.Constants;
import org.eclipse.jgit.lib.FileMode;
import org.eclipse.jgit.lib.ObjectId;
import org.eclipse.jgit.lib.ObjectReader;
import org.eclipse.jgit.lib.TreeFormatter;
import org.jspecify.annotations.Nullable;

/**
 * Merges two trees that come from a third.
 *
 * <p>Folders and files that only one side changed are taken as they are, by their ids, so the work
 * grows with the changes and not with the trees. Files that both sides changed are merged line by
 * line if they are texts ({@link LineMerge}); everything else is a conflict. Renames are not
 * followed. What is looked at is bounded, and a merge that is too large is one conflict without a
 * name.
 */
final class TreeMerge {
  static final int CONFLICTS_MAX = 200;
  private static final int ENTRIES_MAX = 1_000_000;
  private static final int DEPTH_MAX = 256;

  /** A merge: the tree, or the paths that stand in its way. */
  record Result(Optional<ObjectId> tree, List<String> conflicts) {
    Result {
      conflicts = List.copyOf(conflicts);
    }
  }

  /** Takes the objects that a merge makes. */
  @FunctionalInterface
  interface Sink {
    ObjectId put(int type, byte[] bytes) throws IOException;
  }

  private final ObjectReader reader;
  private final Sink sink;
  private final LineMerge lines;
  private final Set<String> conflicts = new TreeSet<>();
  private int entries;
  private boolean isTooLarge;

  /** Merges trees that the reader finds. */
  TreeMerge(ObjectReader reader, Sink sink) {
    this.reader = reader;
    this.sink = sink;
    this.lines = new LineMerge(reader);
  }

  /** Merges; the zero id stands for an empty tree. */
  Result merge(ObjectId base, ObjectId ours, ObjectId theirs) throws IOException {
    var tree = folder(base, ours, theirs, "", 0);
    return conflicts.isEmpty() && !isTooLarge
        ? new Result(Optional.of(written(tree)), List.of())
        : new Result(Optional.empty(), List.copyOf(conflicts));
  }

  /** A merged root has an object of its own even when it is empty. */
  private ObjectId written(@Nullable ObjectId tree) throws IOException {
    return tree == null ? sink.put(Constants.OBJ_TREE, new byte[0]) : tree;
  }

  /** One name on the three sides; null where there is none. */
  private static final class Three {
    private @Nullable GitEntry base;
    private @Nullable GitEntry ours;
    private @Nullable GitEntry theirs;
  }

  private @Nullable ObjectId folder(
      ObjectId base, ObjectId ours, ObjectId theirs, String path, int depth) throws IOException {
    if (ours.equals(theirs) || base.equals(theirs)) {
      return orNull(ours);
    }
    if (base.equals(ours)) {
      return orNull(theirs);
    }
    if (depth > DEPTH_MAX) {
      isTooLarge = true;
      return null;
    }
    var merged = new ArrayList<GitEntry>();
    var all = names(base, ours, theirs);
    var folded = new FolderNames();
    for (var name : all.entrySet()) {
      if (isTooLarge || conflicts.size() >= CONFLICTS_MAX) {
        return null;
      }
      var entry = entry(name.getValue(), path + name.getKey(), depth);
      if (entry != null) {
        var alike = folded.add(name.getKey()).orElse(name.getKey());
        if (!stoodTogether(all.getOrDefault(alike, name.getValue()), name.getValue())) {
          conflicts.add(path + alike);
          conflicts.add(path + name.getKey());
        }
        merged.add(entry);
      }
    }
    return write(merged);
  }

  /** Whether one side had both names already: a merge refuses only what it would make. */
  private static boolean stoodTogether(Three one, Three other) {
    return (one.ours != null && other.ours != null) || (one.theirs != null && other.theirs != null);
  }

  private static @Nullable ObjectId orNull(ObjectId tree) {
    return tree.equals(ObjectId.zeroId()) ? null : tree;
  }

  private Map<String, Three> names(ObjectId base, ObjectId ours, ObjectId theirs)
      throws IOException {
    var names = new TreeMap<String, Three>();
    for (var entry : read(base)) {
      names.computeIfAbsent(entry.name(), _ -> new Three()).base = entry;
    }
    for (var entry : read(ours)) {
      names.computeIfAbsent(entry.name(), _ -> new Three()).ours = entry;
    }
    for (var entry : read(theirs)) {
      names.computeIfAbsent(entry.name(), _ -> new Three()).theirs = entry;
    }
    return names;
  }

  private List<GitEntry> read(ObjectId tree) throws IOException {
    var read = TreeLookup.read(reader, tree);
    entries += read.size();
    isTooLarge |= entries > ENTRIES_MAX;
    return read;
  }

  private @Nullable GitEntry entry(Three three, String path, int depth) throws IOException {
    var base = three.base;
    var ours = three.ours;
    var theirs = three.theirs;
    if (isSame(ours, theirs) || isSame(base, theirs)) {
      return ours;
    }
    if (isSame(base, ours)) {
      return theirs;
    }
    if (isFolderOrAbsent(ours) && isFolderOrAbsent(theirs)) {
      var some = ours == null ? theirs : ours;
      var tree = folder(tree(base), tree(ours), tree(theirs), path + "/", depth + 1);
      return tree == null || some == null ? null : new GitEntry(some.name(), FileMode.TREE, tree);
    }
    var merged =
        isFile(ours) && isFile(theirs)
            ? file(base, ours, theirs, path)
            : Optional.<GitEntry>empty();
    if (merged.isEmpty()) {
      conflicts.add(path);
    }
    return merged.orElse(null);
  }

  private static boolean isSame(@Nullable GitEntry one, @Nullable GitEntry other) {
    return one == null
        ? other == null
        : other != null && one.id().equals(other.id()) && one.mode().equals(other.mode().getBits());
  }

  private static boolean isFolderOrAbsent(@Nullable GitEntry entry) {
    return entry == null || entry.isFolder();
  }

  private static boolean isFile(@Nullable GitEntry entry) {
    return entry != null && entry.mode().getObjectType() == Constants.OBJ_BLOB && !isLink(entry);
  }

  private static boolean isLink(GitEntry entry) {
    return FileMode.SYMLINK.equals(entry.mode());
  }

  private static ObjectId tree(@Nullable GitEntry entry) {
    return entry != null && entry.isFolder() ? entry.id() : ObjectId.zeroId();
  }

  private Optional<GitEntry> file(
      @Nullable GitEntry base, @Nullable GitEntry ours, @Nullable GitEntry theirs, String path)
      throws IOException {
    if (ours == null || theirs == null) {
      return Optional.empty();
    }
    var baseId = isFile(base) && base != null ? base.id() : ObjectId.zeroId();
    var mode = mode(base, ours, theirs);
    var blob =
        ours.id().equals(theirs.id()) || baseId.equals(theirs.id())
            ? Optional.of(ours.id())
            : baseId.equals(ours.id())
                ? Optional.of(theirs.id())
                : insert(lines.merge(path, baseId, ours.id(), theirs.id()));
    return blob.flatMap(id -> mode.map(m -> new GitEntry(ours.name(), m, id)));
  }

  private Optional<ObjectId> insert(Optional<byte[]> content) throws IOException {
    return content.isEmpty()
        ? Optional.empty()
        : Optional.of(sink.put(Constants.OBJ_BLOB, content.get()));
  }

  private static Optional<FileMode> mode(@Nullable GitEntry base, GitEntry ours, GitEntry theirs) {
    if (ours.mode().equals(theirs.mode().getBits())) {
      return Optional.of(ours.mode());
    }
    if (base == null) {
      return Optional.empty();
    }
    return Optional.of(base.mode().equals(ours.mode().getBits()) ? theirs.mode() : ours.mode());
  }

  private @Nullable ObjectId write(List<GitEntry> merged) throws IOException {
    if (merged.isEmpty()) {
      return null;
    }
    var formatter = new TreeFormatter();
    merged.stream()
        .sorted(Comparator.comparing(TreeMerge::sortKey, Arrays::compareUnsigned))
        .forEach(entry -> formatter.append(entry.name(), entry.mode(), entry.id()));
    return sink.put(Constants.OBJ_TREE, formatter.toByteArray());
  }

  private static byte[] sortKey(GitEntry entry) {
    return GitEntry.sortKey(entry.name(), entry.isFolder());
  }
}
