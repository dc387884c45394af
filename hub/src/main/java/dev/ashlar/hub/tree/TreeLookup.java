package dev.ashlar.hub.tree;

import static java.nio.charset.StandardCharsets.UTF_8;

import java.io.IOException;
import java.util.ArrayList;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import org.eclipse.jgit.lib.FileMode;
import org.eclipse.jgit.lib.ObjectId;
import org.eclipse.jgit.lib.ObjectReader;
import org.eclipse.jgit.treewalk.CanonicalTreeParser;

/**
 * Finds many paths below one tree; a folder on the way is read once. The first few names in a
 * folder are found by looking through its bytes, as one file of a huge folder is all that most
 * requests want; after these its lines are sorted into a table.
 */
public final class TreeLookup {
  private static final int SCANS_MAX = 4;
  private static final int FOLDERS_MAX = 2000;

  private static final class Folder {
    private final byte[] raw;
    private int scans;
    private Map<String, GitEntry> table = Map.of();

    Folder(byte[] raw) {
      this.raw = raw;
    }

    Optional<GitEntry> find(String name) {
      if (++scans <= SCANS_MAX) {
        return TreeLines.find(raw, name.getBytes(UTF_8));
      }
      if (table.isEmpty()) {
        table = new LinkedHashMap<>();
        for (var entry : lines(raw)) {
          table.put(entry.name(), entry);
        }
      }
      return Optional.ofNullable(table.get(name));
    }
  }

  private final ObjectReader reader;
  private final ObjectId root;
  private final Map<ObjectId, Folder> folders =
      new LinkedHashMap<>(16, 0.75f, true) {
        private static final long serialVersionUID = 1;

        @Override
        protected boolean removeEldestEntry(Map.Entry<ObjectId, Folder> eldest) {
          return size() > FOLDERS_MAX;
        }
      };

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
    var found = Optional.of(new GitEntry("", FileMode.TREE, root));
    if (path.isEmpty()) {
      return found;
    }
    for (var name : path.split("/", -1)) {
      if (found.isEmpty() || !found.get().isFolder()) {
        return Optional.empty();
      }
      found = child(found.get().id(), name);
    }
    return found;
  }

  /** What a folder, which may be below any root, has under a name. */
  Optional<GitEntry> child(ObjectId folder, String name) throws IOException {
    return folder(folder).find(name);
  }

  /** Reads a folder from its first line on; the zero id is the empty tree. */
  CanonicalTreeParser lines(ObjectId folder) throws IOException {
    return TreeLines.of(folder(folder).raw);
  }

  private Folder folder(ObjectId id) throws IOException {
    var known = folders.get(id);
    if (known == null) {
      known = new Folder(TreeLines.bytes(reader, id));
      folders.put(id.copy(), known);
    }
    return known;
  }

  /** Reads the lines of one tree object; the zero id is the empty tree. */
  public static List<GitEntry> read(ObjectReader reader, ObjectId tree) throws IOException {
    return lines(TreeLines.bytes(reader, tree));
  }

  private static List<GitEntry> lines(byte[] raw) {
    var entries = new ArrayList<GitEntry>(raw.length / 40);
    for (var line = TreeLines.of(raw); !line.eof(); line.next()) {
      entries.add(TreeLines.entry(line));
    }
    return entries;
  }
}
