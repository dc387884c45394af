package dev.ashlar.hub.commit;

import dev.ashlar.core.problem.Problem.Invalid;
import dev.ashlar.core.problem.Problem.Unprocessable;
import dev.ashlar.core.problem.ProblemException;
import dev.ashlar.hub.tree.FolderNames;
import dev.ashlar.hub.tree.GitEntry;
import dev.ashlar.hub.tree.RepoPath;
import dev.ashlar.hub.tree.TreeLookup;
import java.io.IOException;
import java.util.ArrayList;
import java.util.Arrays;
import java.util.HashSet;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.Set;
import org.eclipse.jgit.lib.FileMode;
import org.eclipse.jgit.lib.ObjectId;
import org.eclipse.jgit.lib.ObjectInserter;
import org.eclipse.jgit.lib.ObjectReader;
import org.eclipse.jgit.lib.TreeFormatter;

/** A tree under change: folders are read when touched, and only changed ones are written. */
final class DraftTree {
  private sealed interface Node {}

  private record Leaf(FileMode mode, ObjectId id) implements Node {}

  /** A folder; its children are read on first use. */
  private final class Folder implements Node {
    private final ObjectId origin;
    private final Map<String, Node> children = new LinkedHashMap<>();
    private boolean isRead;
    private boolean isChanged;
    private final Set<String> added = new HashSet<>();

    Folder(ObjectId origin) {
      this.origin = origin;
    }

    Map<String, Node> children() throws IOException {
      if (!isRead) {
        isRead = true;
        for (var entry : TreeLookup.read(reader, origin)) {
          children.put(
              entry.name(),
              entry.isFolder() ? new Folder(entry.id()) : new Leaf(entry.mode(), entry.id()));
        }
      }
      return children;
    }
  }

  private final ObjectReader reader;
  private final Folder root;

  /** Starts from a stored tree; the zero id is the empty one. */
  DraftTree(ObjectReader reader, ObjectId tree) {
    this.reader = reader;
    this.root = new Folder(tree);
  }

  /** Whether a file, not a link, stands at a path. */
  boolean isPlain(String path) throws IOException {
    return leaf(path).map(leaf -> !FileMode.SYMLINK.equals(leaf.mode())).orElse(false);
  }

  /** The file at a path. */
  Optional<ObjectId> file(String path) throws IOException {
    return leaf(path).map(Leaf::id);
  }

  private Optional<Leaf> leaf(String path) throws IOException {
    Node node = root;
    for (var name : path.split("/", -1)) {
      node = node instanceof Folder folder ? folder.children().get(name) : null;
    }
    return node instanceof Leaf leaf ? Optional.of(leaf) : Optional.empty();
  }

  /** Puts a file; a file above it or a folder in its place is a conflict. */
  void put(RepoPath path, FileMode mode, ObjectId blob) throws IOException {
    var names = path.segments();
    var folder = root;
    folder.isChanged = true;
    for (int i = 0; i < names.length - 1; i++) {
      var next = folder.children().get(names[i]);
      if (next instanceof Leaf) {
        throw conflict(path);
      }
      var below = next instanceof Folder known ? known : new Folder(ObjectId.zeroId());
      if (next == null) {
        folder.added.add(names[i]);
      }
      folder.children().put(names[i], below);
      folder = below;
      folder.isChanged = true;
    }
    var name = names[names.length - 1];
    var old = folder.children().get(name);
    if (old instanceof Folder) {
      throw conflict(path);
    }
    boolean keepsMode = old instanceof Leaf leaf && FileMode.EXECUTABLE_FILE.equals(leaf.mode());
    var newMode = keepsMode && FileMode.REGULAR_FILE.equals(mode) ? FileMode.EXECUTABLE_FILE : mode;
    if (old == null) {
      folder.added.add(name);
    }
    folder.children().put(name, new Leaf(newMode, blob));
  }

  /** A new name may not be one that another system takes for its neighbour's. */
  private void requireDistinct(Folder folder) throws IOException {
    if (folder.added.isEmpty()) {
      return;
    }
    var names = new FolderNames();
    for (var name : folder.children().keySet()) {
      if (!folder.added.contains(name)) {
        var _ = names.add(name);
      }
    }
    for (var name : folder.added) {
      if (folder.children().containsKey(name)) {
        names
            .add(name)
            .ifPresent(
                other -> {
                  throw new ProblemException(
                      new Unprocessable("path " + name, "it differs only in case from " + other));
                });
      }
    }
  }

  private static ProblemException conflict(RepoPath path) {
    return new ProblemException(
        new Invalid("path " + path, "it would be a file and a folder at the same time"));
  }

  /** Removes a file; false when there is none. */
  boolean removeFile(RepoPath path) throws IOException {
    return remove(root, path.segments(), 0, false);
  }

  /** Removes a folder with all its files; false when there is none. */
  boolean removeFolder(RepoPath path) throws IOException {
    return remove(root, path.segments(), 0, true);
  }

  private boolean remove(Folder folder, String[] names, int at, boolean isFolder)
      throws IOException {
    var child = folder.children().get(names[at]);
    if (at < names.length - 1) {
      if (!(child instanceof Folder below) || !remove(below, names, at + 1, isFolder)) {
        return false;
      }
      if (below.children().isEmpty()) {
        folder.children().remove(names[at]);
      }
    } else if (child == null || child instanceof Folder != isFolder) {
      return false;
    } else {
      folder.children().remove(names[at]);
    }
    folder.isChanged = true;
    return true;
  }

  /** Writes the changed folders and returns the tree. */
  ObjectId write(ObjectInserter inserter) throws IOException {
    return write(root, inserter);
  }

  private ObjectId write(Folder folder, ObjectInserter inserter) throws IOException {
    if (!folder.isChanged && !folder.origin.equals(ObjectId.zeroId())) {
      return folder.origin;
    }
    requireDistinct(folder);
    var formatter = new TreeFormatter();
    for (var line : inOrder(folder)) {
      switch (line.node) {
        case Leaf(var mode, var id) -> formatter.append(line.name, mode, id);
        case Folder below -> formatter.append(line.name, FileMode.TREE, write(below, inserter));
      }
    }
    return inserter.insert(formatter);
  }

  /** A line of a tree, and its name as Git sorts it. */
  private static final class Line {
    final byte[] sortKey;
    final String name;
    final Node node;

    Line(String name, Node node) {
      this.sortKey = GitEntry.sortKey(name, node instanceof Folder);
      this.name = name;
      this.node = node;
    }
  }

  /** What was read comes in order, so that sorting in the new names is quick. */
  private static List<Line> inOrder(Folder folder) throws IOException {
    var lines = new ArrayList<Line>(folder.children().size());
    folder.children().forEach((name, node) -> lines.add(new Line(name, node)));
    lines.sort((a, b) -> Arrays.compareUnsigned(a.sortKey, b.sortKey));
    return lines;
  }
}
