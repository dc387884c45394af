package dev.ashlar.core.hash;

import dev.ashlar.core.problem.Problem.OverLimit;
import dev.ashlar.core.problem.ProblemException;
import java.util.ArrayList;
import java.util.List;

/**
 * Summarizes a run of chunks as they come, for runs of any length.
 *
 * <p>A node goes up as soon as a fixed place ({@link FixedPlaces}) lies behind it, so that memory
 * grows with the summary, which for usual chunks has a few dozen nodes a level. Content can be made
 * whose chunks fix no place, and such a summary is as long as its run: it is refused over {@link
 * #NODES_MAX}.
 */
public final class SubtreeFold {
  /** Nodes of a summary at most. */
  public static final int NODES_MAX = 1 << 16;

  /** The nodes of one level that did not go up. */
  private static final class Row {
    final List<HashedChunk> left = new ArrayList<>();
    final List<HashedChunk> open = new ArrayList<>();
    final FixedPlaces places = new FixedPlaces();
    long openFrom;
    boolean begun;
    boolean sentUp;

    Row(boolean begun) {
      this.begun = begun;
    }

    void move(long count, List<HashedChunk> to) {
      var front = open.subList(0, (int) count);
      to.addAll(front);
      front.clear();
      openFrom += count;
    }
  }

  private final boolean atStart;
  private final List<Row> rows = new ArrayList<>();
  private int held;

  /** A run that begins with the file's first chunk, or later. */
  public SubtreeFold(boolean atStart) {
    this.atStart = atStart;
  }

  /** Adds the next chunk. */
  public void add(HashedChunk chunk) {
    add(0, chunk);
  }

  private void add(int height, HashedChunk node) {
    if (height == rows.size()) {
      rows.add(new Row(atStart));
    }
    if (held == NODES_MAX) {
      throw new ProblemException(new OverLimit("nodes of a partial tree", NODES_MAX));
    }
    held++;
    var row = rows.get(height);
    row.open.add(node);
    long place = row.places.after(node);
    if (place != FixedPlaces.NONE && row.begun) {
      sendUp(height, place - row.openFrom);
    } else if (place != FixedPlaces.NONE) {
      row.move(place, row.left);
      row.begun = true;
      row.places.beginThere();
    }
  }

  private void sendUp(int height, long count) {
    var row = rows.get(height);
    var nodes = new ArrayList<HashedChunk>();
    row.move(count, nodes);
    row.sentUp = true;
    held -= (int) count;
    for (var parent : XetHash.parents(nodes)) {
      add(height + 1, parent);
    }
  }

  /** The summary; the fold is used up. */
  public Subtree finish(boolean atEnd) {
    var levels = new SubtreeLevels(atStart, atEnd);
    for (int height = 0; height < rows.size(); height++) {
      var row = rows.get(height);
      boolean isRoot = atStart && !row.sentUp && row.open.size() == 1;
      if (atEnd && row.begun && !isRoot) {
        sendUp(height, row.open.size());
      }
      if (!row.sentUp) {
        row.move(row.open.size(), row.left);
      }
      levels.push(row.left, row.open);
    }
    if (rows.isEmpty()) {
      levels.push(List.of(), List.of());
    }
    return levels.build();
  }
}
