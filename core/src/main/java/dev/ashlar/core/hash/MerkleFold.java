package dev.ashlar.core.hash;

import java.util.ArrayList;
import java.util.List;

/**
 * Folds chunks into the root of their tree as they come, for files of any length.
 *
 * <p>Whether a group ends at a node follows from that node and its place in the group alone, so
 * each level keeps only its open group of at most nine nodes: memory grows with the tree's height.
 * The result is that of {@link XetHash} over the whole list.
 */
public final class MerkleFold {
  private static final class Level {
    final List<HashedChunk> open = new ArrayList<>(XetHash.GROUP_MAX);
    long nodes;
  }

  private final List<Level> levels = new ArrayList<>();

  /** Adds the next chunk. */
  public void add(HashedChunk chunk) {
    add(0, chunk);
  }

  private void add(int height, HashedChunk node) {
    if (height == levels.size()) {
      levels.add(new Level());
    }
    var level = levels.get(height);
    level.open.add(node);
    level.nodes++;
    if (XetHash.endsGroup(node, level.open.size())) {
      close(height, level);
    }
  }

  private void close(int height, Level level) {
    var parent = XetHash.parent(level.open);
    level.open.clear();
    add(height + 1, parent);
  }

  /** The file hash over all chunks added; the fold is used up. */
  public MerkleHash file() {
    return levels.isEmpty() ? MerkleHash.ZERO : XetHash.salted(root());
  }

  /** The highest level has one node; a level below ends with a group of whatever is left. */
  private MerkleHash root() {
    for (int height = 0; ; height++) {
      var level = levels.get(height);
      if (height == levels.size() - 1 && level.nodes == 1) {
        return level.open.getFirst().hash();
      }
      if (!level.open.isEmpty()) {
        close(height, level);
      }
    }
  }
}
