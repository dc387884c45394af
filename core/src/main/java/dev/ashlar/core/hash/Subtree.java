package dev.ashlar.core.hash;

import java.util.ArrayList;
import java.util.List;

/**
 * What can be known of the tree over a run of a file's chunks while the chunks beside the run are
 * not known: nodes that no neighbour can change are folded, the others stand as they are.
 *
 * <p>Level {@code k} has nodes at the run's left and at its right edge; what lay between them went
 * up into level {@code k + 1}. At the file's own start and end no neighbour can come, so that
 * nothing stays behind there: the summary of all chunks of a file holds its root. Source: the Xet
 * protocol specification, section on partial trees.
 *
 * @param nodes the left nodes of level 0, 1, ... top, then the right nodes of level top, ... 1, 0
 * @param levels how many nodes of each level stand at either edge
 * @param atStart the run begins with the file's first chunk
 * @param atEnd the run ends with the file's last chunk
 */
public record Subtree(List<HashedChunk> nodes, List<Level> levels, boolean atStart, boolean atEnd) {
  /** The counts of a level's nodes at the left and at the right edge. */
  public record Level(int left, int right) {}

  public Subtree {
    nodes = List.copyOf(nodes);
    levels = List.copyOf(levels);
    int counted = levels.stream().mapToInt(level -> level.left() + level.right()).sum();
    if (levels.isEmpty() || counted != nodes.size()) {
      throw new IllegalArgumentException(
          "levels of " + counted + " nodes, and there are " + nodes.size());
    }
  }

  /** The summary of a run of chunks, which may be empty. */
  public static Subtree of(List<HashedChunk> chunks, boolean atStart, boolean atEnd) {
    var fold = new SubtreeFold(atStart);
    chunks.forEach(fold::add);
    return fold.finish(atEnd);
  }

  /**
   * The summary of runs that follow each other, merged from left to right as the reference does.
   *
   * <p>The order matters: when the first run begins the file, the result is right. Merges of runs
   * in the middle, merged again with what is before them, can put a node into the wrong place, here
   * as in the reference.
   */
  public static Subtree merged(List<Subtree> runs) {
    return runs.stream().reduce(Subtree::followedBy).orElseThrow();
  }

  private Subtree followedBy(Subtree next) {
    if (atEnd || next.atStart) {
      throw new IllegalArgumentException("a run behind the end or before the start of a file");
    }
    var left = edges();
    var right = next.edges();
    var merged = new SubtreeLevels(atStart, next.atEnd);
    List<HashedChunk> carry = List.of();
    for (int level = 0; level < Math.max(left.size(), right.size()); level++) {
      var row = new ArrayList<HashedChunk>();
      if (level < left.size()) {
        row.addAll(left.get(level).left());
        row.addAll(left.get(level).right());
      }
      row.addAll(carry);
      if (level < right.size()) {
        row.addAll(right.get(level).left());
        row.addAll(right.get(level).right());
      }
      carry = merged.split(row);
    }
    merged.splitUp(carry);
    return merged.build();
  }

  /** The hash of the file whose chunks this run has all. */
  public MerkleHash file() {
    if (!atStart || !atEnd) {
      throw new IllegalStateException("only a run over the whole file tells the file's hash");
    }
    if (nodes.size() > 1) {
      throw new IllegalStateException("a whole file's summary has one node");
    }
    return nodes.isEmpty() ? MerkleHash.ZERO : XetHash.salted(nodes.getLast().hash());
  }

  /** A level's nodes. */
  private record Edges(List<HashedChunk> left, List<HashedChunk> right) {}

  private List<Edges> edges() {
    var edges = new ArrayList<Edges>();
    int left = 0;
    int right = nodes.size();
    for (var level : levels) {
      edges.add(
          new Edges(
              nodes.subList(left, left + level.left()),
              nodes.subList(right - level.right(), right)));
      left += level.left();
      right -= level.right();
    }
    return edges;
  }
}
