package dev.ashlar.hub.tree;

import java.io.IOException;
import java.util.ArrayList;
import java.util.HashMap;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import org.eclipse.jgit.lib.Constants;
import org.eclipse.jgit.lib.FileMode;
import org.eclipse.jgit.lib.ObjectId;
import org.eclipse.jgit.lib.ObjectReader;
import org.eclipse.jgit.treewalk.CanonicalTreeParser;

/** Finds many paths below one tree; each folder on the way is read once. */
public final class TreeLookup {
  private final ObjectReader reader;
  private final ObjectId root;
  private final Map<ObjectId, Map<String, GitEntry>> folders = new HashMap<>();

  /** Looks below the tree {@code root}; the zero id is the empty tree. */
  public TreeLookup(ObjectReader reader, ObjectId root) {
    this.reader = reader;
    this.root = root.copy();
  }

  /** The tree below which this looks. */
  public ObjectId root() {
    return root;
  }

  /** What stands at a path; the empty path is the root folder. */
  public Optional<GitEntry> find(String path) throws IOException {
    var found = new GitEntry("", FileMode.TREE, root);
    if (path.isEmpty()) {
      return Optional.of(found);
    }
    for (var name : path.split("/", -1)) {
      var next = found.isFolder() ? folder(found.id()).get(name) : null;
      if (next == null) {
        return Optional.empty();
      }
      found = next;
    }
    return Optional.of(found);
  }

  /** The entries of a folder in Git's order. */
  public List<GitEntry> children(ObjectId folder) throws IOException {
    return List.copyOf(folder(folder).values());
  }

  private Map<String, GitEntry> folder(ObjectId id) throws IOException {
    var known = folders.get(id);
    if (known == null) {
      known = new LinkedHashMap<>();
      for (var entry : read(reader, id)) {
        known.put(entry.name(), entry);
      }
      folders.put(id, known);
    }
    return known;
  }

  /** Reads the lines of one tree object; the zero id is the empty tree. */
  public static List<GitEntry> read(ObjectReader reader, ObjectId tree) throws IOException {
    var entries = new ArrayList<GitEntry>();
    if (tree.equals(ObjectId.zeroId())) {
      return entries;
    }
    var parser = new CanonicalTreeParser();
    parser.reset(reader.open(tree, Constants.OBJ_TREE).getCachedBytes());
    for (; !parser.eof(); parser.next()) {
      entries.add(
          new GitEntry(
              parser.getEntryPathString(), parser.getEntryFileMode(), parser.getEntryObjectId()));
    }
    return entries;
  }
}
