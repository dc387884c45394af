package dev.ashlar.core.hash;

/**
 * Finds the places in a row of nodes where a group ends whatever stands before or behind the row.
 *
 * <p>A node whose hash is a multiple of four is natural: it ends a group of at least three nodes.
 * Let two natural nodes follow each other at a distance of three to seven. If the first ends a
 * group, the next group has three to seven nodes up to the second one and ends there. If not, the
 * first is the first or second node of its group, and that group ends at the second one too, as its
 * ninth node at the latest. So behind the second one is a fixed place. The reference asks for a
 * third natural node at such a distance before it trusts the place, and so must we: where summaries
 * are split is part of their form.
 */
final class FixedPlaces {
  static final long NONE = -1;

  private static final int DISTANCE_MIN = 3;
  private static final int DISTANCE_MAX = 7;

  private long count;
  private long last = NONE;
  private long before = NONE;

  /** Takes the next node; if that makes a place certain, returns the number of nodes before it. */
  long after(HashedChunk node) {
    long at = count++;
    if (!XetHash.isNatural(node)) {
      return NONE;
    }
    boolean certain = before != NONE && isNear(last - before) && isNear(at - last);
    long place = certain ? last + 1 : NONE;
    before = last;
    last = at;
    return place;
  }

  /** Begins a new row at the place found just now: only the newest natural node lies behind it. */
  void beginThere() {
    before = NONE;
  }

  private static boolean isNear(long distance) {
    return distance >= DISTANCE_MIN && distance <= DISTANCE_MAX;
  }
}
