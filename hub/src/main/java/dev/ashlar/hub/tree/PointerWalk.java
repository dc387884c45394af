package dev.ashlar.hub.tree;

import java.io.IOException;
import java.util.Collection;
import java.util.function.Predicate;
import org.eclipse.jgit.lib.Constants;
import org.eclipse.jgit.lib.ObjectId;
import org.eclipse.jgit.lib.ObjectReader;
import org.eclipse.jgit.revwalk.ObjectWalk;

/** Shows the LFS pointers of histories, and gives up when there is too much to look through. */
final class PointerWalk {
  static final int OBJECTS_MAX = 500_000;

  private final ObjectReader reader;
  private final BlobShapes shapes;
  private final long repoId;
  private int objects;

  PointerWalk(ObjectReader reader, BlobShapes shapes, long repoId) {
    this.reader = reader;
    this.shapes = shapes;
    this.repoId = repoId;
  }

  /** Whether not all was shown, because all walks together met more than {@link #OBJECTS_MAX}. */
  boolean isGivenUp() {
    return objects > OBJECTS_MAX;
  }

  /**
   * Shows the pointers below some objects while they are wanted, some of those below others too.
   */
  void walk(
      Collection<ObjectId> from, Collection<ObjectId> without, Predicate<LfsPointer> isMoreWanted)
      throws IOException {
    try (var walk = new ObjectWalk(reader)) {
      for (var id : from) {
        walk.markStart(walk.parseAny(id));
      }
      for (var id : without) {
        walk.markUninteresting(walk.parseAny(id));
      }
      while (!isGivenUp() && walk.next() != null) {
        objects++;
      }
      for (var object = isGivenUp() ? null : walk.nextObject();
          object != null && !isGivenUp();
          object = walk.nextObject()) {
        objects++;
        if (object.getType() == Constants.OBJ_BLOB) {
          var pointer = shapes.of(reader, repoId, object.copy()).pointer();
          if (pointer.isPresent() && !isMoreWanted.test(pointer.get())) {
            return;
          }
        }
      }
    }
  }
}
