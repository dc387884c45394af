package dev.ashlar.hub.lfs;

import dev.ashlar.core.hash.Sha256;
import dev.ashlar.core.problem.Problem.OverLimit;
import dev.ashlar.core.problem.ProblemException;
import dev.ashlar.hub.tree.BlobShapes;
import java.io.IOException;
import java.util.HashMap;
import java.util.Map;
import java.util.Set;
import org.eclipse.jgit.lib.Constants;
import org.eclipse.jgit.lib.FileMode;
import org.eclipse.jgit.lib.ObjectId;
import org.eclipse.jgit.lib.ObjectInserter;
import org.eclipse.jgit.lib.ObjectReader;
import org.eclipse.jgit.lib.TreeFormatter;
import org.eclipse.jgit.treewalk.CanonicalTreeParser;

/**
 * Writes trees anew without the pointers of certain objects, and without folders that are empty
 * then. Each tree is read once; one that changes nothing stays as it is.
 */
final class TreeWithout {
  private static final int TREES_MAX = 2_000_000;
  private static final int DEPTH_MAX = 1_000;

  private final ObjectReader reader;
  private final ObjectInserter inserter;
  private final BlobShapes shapes;
  private final long repoId;
  private final Set<Sha256> oids;
  private final Map<ObjectId, ObjectId> done = new HashMap<>();

  TreeWithout(
      ObjectReader reader,
      ObjectInserter inserter,
      BlobShapes shapes,
      long repoId,
      Set<Sha256> oids) {
    this.reader = reader;
    this.inserter = inserter;
    this.shapes = shapes;
    this.repoId = repoId;
    this.oids = oids;
  }

  /** What takes the place of a commit's tree. */
  ObjectId root(ObjectId tree) throws IOException {
    var anew = of(tree, 0);
    return anew.equals(ObjectId.zeroId()) ? inserter.insert(new TreeFormatter()) : anew;
  }

  /** The zero id stands for a tree that has become empty. */
  private ObjectId of(ObjectId tree, int depth) throws IOException {
    var known = done.get(tree);
    if (known != null) {
      return known;
    }
    if (depth > DEPTH_MAX) {
      throw new ProblemException(new OverLimit("the depth of folders", DEPTH_MAX));
    }
    if (done.size() >= TREES_MAX) {
      throw new ProblemException(new OverLimit("the folders of a history", TREES_MAX));
    }
    var anew = written(tree, depth);
    done.put(tree.copy(), anew);
    return anew;
  }

  private ObjectId written(ObjectId tree, int depth) throws IOException {
    var entries = new CanonicalTreeParser();
    entries.reset(reader.open(tree, Constants.OBJ_TREE).getCachedBytes());
    var out = new TreeFormatter();
    int left = 0;
    boolean isChanged = false;
    for (; !entries.eof(); entries.next()) {
      var mode = entries.getEntryFileMode();
      var id = entries.getEntryObjectId();
      var anew =
          FileMode.TREE.equals(mode)
              ? of(id, depth + 1)
              : isGone(mode, id) ? ObjectId.zeroId() : id;
      isChanged |= !anew.equals(id);
      if (!anew.equals(ObjectId.zeroId())) {
        out.append(entries.getEntryPathBuffer(), 0, entries.getEntryPathLength(), mode, anew);
        left++;
      }
    }
    if (!isChanged) {
      return tree.copy();
    }
    return left == 0 ? ObjectId.zeroId() : inserter.insert(out);
  }

  private boolean isGone(FileMode mode, ObjectId id) throws IOException {
    boolean isFile = FileMode.REGULAR_FILE.equals(mode) || FileMode.EXECUTABLE_FILE.equals(mode);
    return isFile
        && shapes.of(reader, repoId, id).pointer().filter(p -> oids.contains(p.oid())).isPresent();
  }
}
