package dev.ashlar.hub.card;

import java.io.IOException;
import java.util.ArrayList;
import java.util.HashMap;
import java.util.HashSet;
import java.util.List;
import java.util.Locale;
import java.util.Map;
import java.util.Set;
import org.eclipse.jgit.lib.AnyObjectId;
import org.eclipse.jgit.lib.Constants;
import org.eclipse.jgit.lib.FileMode;
import org.eclipse.jgit.lib.ObjectId;
import org.eclipse.jgit.lib.ObjectReader;
import org.eclipse.jgit.treewalk.CanonicalTreeParser;

/**
 * Goes once through a root folder, and through some of what is below it. This happens on every
 * commit, so of thousands of names only those are kept that say something.
 */
final class RootReader {
  private static final int NAMES_MAX = 100_000;
  private static final int NAMES_BELOW_MAX = 1_000;
  private static final int ENDINGS_MAX = 100;
  private static final int ENDING_LENGTH_MAX = 12;

  /** The telling files of the root folder, and the endings of all names seen. */
  record Found(Map<String, ObjectId> files, Set<String> endings) {}

  private final ObjectReader reader;
  private final Map<String, ObjectId> files = new HashMap<>();
  private final Set<String> endings = new HashSet<>();

  RootReader(ObjectReader reader) {
    this.reader = reader;
  }

  Found read(AnyObjectId root) throws IOException {
    var folders = new ArrayList<ObjectId>();
    var line = lines(root);
    for (int names = 0; names < NAMES_MAX && !line.eof(); line.next(), names++) {
      if (FileMode.TREE.equals(line.getEntryRawMode())) {
        folders.add(line.getEntryObjectId());
      } else if (line.getEntryFileMode().getObjectType() == Constants.OBJ_BLOB) {
        var name = line.getEntryPathString();
        end(name);
        if (Cards.matters(name)) {
          files.put(name, line.getEntryObjectId());
        }
      }
    }
    below(folders);
    return new Found(files, endings);
  }

  private void below(List<ObjectId> folders) throws IOException {
    int names = 0;
    while (!folders.isEmpty() && names < NAMES_BELOW_MAX) {
      for (var line = lines(folders.removeLast()); !line.eof() && names < NAMES_BELOW_MAX; ) {
        if (FileMode.TREE.equals(line.getEntryRawMode())) {
          folders.add(line.getEntryObjectId());
        } else {
          end(line.getEntryPathString());
        }
        names++;
        line.next();
      }
    }
  }

  private void end(String name) {
    int dot = name.lastIndexOf('.');
    if (dot >= 0 && name.length() - dot <= ENDING_LENGTH_MAX && endings.size() < ENDINGS_MAX) {
      endings.add(name.substring(dot + 1).toLowerCase(Locale.ROOT));
    }
  }

  private CanonicalTreeParser lines(AnyObjectId tree) throws IOException {
    var lines = new CanonicalTreeParser();
    lines.reset(reader.open(tree, Constants.OBJ_TREE).getCachedBytes());
    return lines;
  }
}
