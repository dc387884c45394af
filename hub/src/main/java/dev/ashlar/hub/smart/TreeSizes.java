package dev.ashlar.hub.smart;

import com.github.benmanes.caffeine.cache.Cache;
import com.github.benmanes.caffeine.cache.Caffeine;
import dev.ashlar.hub.git.RefusedPackException;
import java.io.IOException;
import java.util.HashMap;
import java.util.Map;
import org.eclipse.jgit.lib.Constants;
import org.eclipse.jgit.lib.FileMode;
import org.eclipse.jgit.lib.ObjectId;
import org.eclipse.jgit.lib.ObjectReader;
import org.eclipse.jgit.treewalk.CanonicalTreeParser;

/**
 * How large the checkouts of trees are. A few trees that name each other again and again can stand
 * for billions of files: they are counted here, each tree once, and never walked path by path.
 */
final class TreeSizes {
  private static final int ENTRIES_MAX = 1_000_000;
  private static final int FOLDERS_DEEP_MAX = 255;
  private static final int PATH_BYTES_MAX = 4_096;
  private static final long ALL_PATHS_BYTES_MAX = 128L << 20;
  private static final int REMEMBERED_MAX = 100_000;

  /**
   * A tree's files and folders with all that is below, how deep those go, its longest path, and all
   * its paths together.
   */
  private record Size(long entries, int deep, int pathBytes, long allPathsBytes) {}

  /** Repositories do not share entries, so that none tells what another has. */
  private record Key(long repoId, ObjectId tree) {}

  private final Cache<Key, Size> known = Caffeine.newBuilder().maximumSize(REMEMBERED_MAX).build();

  /** Looks at trees of one repository; forgets nothing until it is dropped. */
  Counting of(long repoId, ObjectReader reader) {
    return new Counting(repoId, reader);
  }

  /** Counts the trees of one push. */
  final class Counting {
    private final long repoId;
    private final ObjectReader reader;
    private final Map<ObjectId, Size> counted = new HashMap<>();

    private Counting(long repoId, ObjectReader reader) {
      this.repoId = repoId;
      this.reader = reader;
    }

    /** Refuses the tree of a commit when nobody could check it out. */
    void require(ObjectId tree) throws IOException {
      size(tree, 0);
    }

    private Size size(ObjectId tree, int depth) throws IOException {
      if (depth > FOLDERS_DEEP_MAX) {
        throw refused(tree, "goes more than " + FOLDERS_DEEP_MAX + " folders deep");
      }
      var size = counted.get(tree);
      if (size == null) {
        var key = new Key(repoId, tree);
        size = known.getIfPresent(key);
        if (size == null) {
          size = count(tree, depth);
          known.put(key, size);
        }
        counted.put(tree, size);
      }
      if (depth + size.deep > FOLDERS_DEEP_MAX) {
        throw refused(tree, "goes more than " + FOLDERS_DEEP_MAX + " folders deep");
      }
      return size;
    }

    private Size count(ObjectId tree, int depth) throws IOException {
      var parser = new CanonicalTreeParser();
      parser.reset(reader.open(tree, Constants.OBJ_TREE).getCachedBytes());
      long entries = 0;
      int deep = 0;
      int pathBytes = 0;
      long allPathsBytes = 0;
      for (; !parser.eof(); parser.next()) {
        int nameBytes = parser.getNameLength();
        if (FileMode.TREE.equals(parser.getEntryRawMode())) {
          var below = size(parser.getEntryObjectId(), depth + 1);
          entries += below.entries;
          deep = Math.max(deep, below.deep + 1);
          pathBytes = Math.max(pathBytes, nameBytes + 1 + below.pathBytes);
          allPathsBytes += below.allPathsBytes + below.entries * (nameBytes + 1);
        } else {
          pathBytes = Math.max(pathBytes, nameBytes);
        }
        entries++;
        allPathsBytes += nameBytes;
        if (entries > ENTRIES_MAX) {
          throw refused(tree, "holds more than " + ENTRIES_MAX + " files and folders");
        }
        if (allPathsBytes > ALL_PATHS_BYTES_MAX) {
          throw refused(
              tree, "has paths of more than " + ALL_PATHS_BYTES_MAX + " bytes all together");
        }
        if (pathBytes > PATH_BYTES_MAX) {
          throw refused(tree, "has a path of more than " + PATH_BYTES_MAX + " bytes");
        }
      }
      return new Size(entries, deep, pathBytes, allPathsBytes);
    }

    private static RefusedPackException refused(ObjectId tree, String why) {
      return new RefusedPackException("tree " + tree.name() + " " + why);
    }
  }
}
