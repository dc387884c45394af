package dev.ashlar.hub.info;

/**
 * How much memory the file names of all repositories on one page may take together. The names of a
 * repository are taken as a whole or not at all, as a part of them would pass for all.
 */
final class PageRoom {
  /** Enough for 100,000 files of usual names. */
  static final long BYTES_MAX = 16L << 20;

  /** What an element takes beside its name. */
  private static final int ELEMENT_BYTES = 128;

  private final long bytesMax;
  private long taken;
  private long takenBefore;
  private boolean full;

  PageRoom(long bytesMax) {
    this.bytesMax = bytesMax;
  }

  /** The names of another repository begin. */
  void begin() {
    takenBefore = taken;
  }

  /** Takes a name of the repository; false when there is no room, which gives its others back. */
  boolean take(String name) {
    taken += ELEMENT_BYTES + 2L * name.length();
    if (taken <= bytesMax) {
      return true;
    }
    full = takenBefore > 0;
    taken = takenBefore;
    return false;
  }

  /** Whether the last repository did not fit beside the others, and may on a page of its own. */
  boolean isFull() {
    return full;
  }
}
