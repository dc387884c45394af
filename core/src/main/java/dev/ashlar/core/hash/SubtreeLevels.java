package dev.ashlar.core.hash;

import java.util.ArrayList;
import java.util.List;

/**
 * Puts the levels of a {@link Subtree} together, from the lowest up: of each row of nodes, what
 * lies between its first and its last fixed place goes up into the next.
 */
final class SubtreeLevels {
  private final boolean atStart;
  private final boolean atEnd;
  private final List<List<HashedChunk>> lefts = new ArrayList<>();
  private final List<List<HashedChunk>> rights = new ArrayList<>();
  private boolean leftStays;
  private boolean rightStays;

  SubtreeLevels(boolean atStart, boolean atEnd) {
    this.atStart = atStart;
    this.atEnd = atEnd;
  }

  /** Adds the next level as it is. */
  void push(List<HashedChunk> left, List<HashedChunk> right) {
    lefts.add(left);
    rights.add(right);
    leftStays |= !left.isEmpty();
    rightStays |= !right.isEmpty();
  }

  /** Adds the next level from all nodes of that level, and returns what goes up. */
  List<HashedChunk> split(List<HashedChunk> row) {
    long start = FixedPlaces.NONE;
    long end = FixedPlaces.NONE;
    if (row.size() > 1) {
      var places = new FixedPlaces();
      start = atStart && !leftStays ? 0 : start;
      for (var node : row) {
        long place = places.after(node);
        if (place != FixedPlaces.NONE && start == FixedPlaces.NONE) {
          start = place;
          places.beginThere();
        } else if (place != FixedPlaces.NONE) {
          end = place;
        }
      }
      end = atEnd && !rightStays ? row.size() : end;
    }
    if (start == FixedPlaces.NONE || end == FixedPlaces.NONE) {
      push(row, List.of());
      return List.of();
    }
    push(row.subList(0, (int) start), row.subList((int) end, row.size()));
    return XetHash.parents(row.subList((int) start, (int) end));
  }

  /** Adds this row's level and all levels above it. */
  void splitUp(List<HashedChunk> row) {
    var up = row;
    while (up.size() > 1) {
      up = split(up);
    }
    if (!up.isEmpty()) {
      push(up, List.of());
    }
  }

  Subtree build() {
    while (lefts.size() > 1 && lefts.getLast().isEmpty() && rights.getLast().isEmpty()) {
      lefts.removeLast();
      rights.removeLast();
    }
    var nodes = new ArrayList<HashedChunk>();
    var levels = new ArrayList<Subtree.Level>();
    for (int i = 0; i < lefts.size(); i++) {
      nodes.addAll(lefts.get(i));
      levels.add(new Subtree.Level(lefts.get(i).size(), rights.get(i).size()));
    }
    rights.reversed().forEach(nodes::addAll);
    return new Subtree(nodes, levels, atStart, atEnd);
  }
}
