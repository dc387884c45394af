package dev.ashlar.hub.tree;

import java.io.IOException;
import java.util.Arrays;
import java.util.HashSet;
import java.util.Optional;
import java.util.Set;
import org.eclipse.jgit.lib.Constants;
import org.eclipse.jgit.lib.FileMode;
import org.eclipse.jgit.lib.ObjectId;
import org.eclipse.jgit.lib.ObjectReader;
import org.eclipse.jgit.treewalk.CanonicalTreeParser;

/** Goes through the bytes of tree objects without making anything of the lines passed by. */
final class TreeLines {
  private TreeLines() {}

  /** The bytes of a tree; the zero id is the empty tree. */
  static byte[] bytes(ObjectReader reader, ObjectId tree) throws IOException {
    return tree.equals(ObjectId.zeroId())
        ? new byte[0]
        : reader.open(tree, Constants.OBJ_TREE).getCachedBytes();
  }

  /** A cursor at the first line. */
  static CanonicalTreeParser of(byte[] raw) {
    var lines = new CanonicalTreeParser();
    lines.reset(raw);
    return lines;
  }

  /** The line at the cursor. */
  static GitEntry entry(CanonicalTreeParser line) {
    return new GitEntry(
        line.getEntryPathString(), line.getEntryFileMode(), line.getEntryObjectId());
  }

  /** The line of this name. */
  static Optional<GitEntry> find(byte[] raw, byte[] name) {
    for (var line = of(raw); !line.eof(); line.next()) {
      if (line.getEntryPathLength() == name.length
          && Arrays.equals(line.getEntryPathBuffer(), 0, name.length, name, 0, name.length)) {
        return Optional.of(entry(line));
      }
    }
    return Optional.empty();
  }

  /**
   * Where the line stands beside a name that ends in a slash if it is a folder's: Git's order, by
   * bytes, a folder's name as if it ended in a slash.
   */
  static int compare(CanonicalTreeParser line, byte[] name) {
    int length = line.getEntryPathLength();
    int common = Math.min(length, name.length);
    int order = Arrays.compareUnsigned(line.getEntryPathBuffer(), 0, common, name, 0, common);
    if (order != 0) {
      return order;
    }
    if (!FileMode.TREE.equals(line.getEntryRawMode())) {
      return Integer.compare(length, name.length);
    }
    return length < name.length && name[length] != '/'
        ? Integer.compare('/', name[length] & 0xff)
        : Integer.compare(length + 1, name.length);
  }

  /** The names in one tree that the other one does not have, or has otherwise. */
  static Set<String> changed(byte[] raw, byte[] before) {
    var changed = new HashSet<String>();
    var old = of(before);
    for (var line = of(raw); !line.eof(); ) {
      int order = old.eof() ? -1 : line.pathCompare(old);
      if (order > 0) {
        old.next();
        continue;
      }
      if (order < 0 || !line.idEqual(old) || line.getEntryRawMode() != old.getEntryRawMode()) {
        changed.add(line.getEntryPathString());
      }
      line.next();
      if (order == 0) {
        old.next();
      }
    }
    return changed;
  }
}
