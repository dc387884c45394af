package dev.ashlar.reconstruction;

import java.util.concurrent.ArrayBlockingQueue;

/**
 * Lanes whose buffers hold a few chunks, used again by the next small range: clearing fresh ones
 * would take a good part of its time. At most about three MiB stay.
 */
final class IdleLanes {
  private static final int KEPT_MAX = 6;
  private static final ArrayBlockingQueue<Lane> KEPT = new ArrayBlockingQueue<>(KEPT_MAX);

  private IdleLanes() {}

  /** A lane that nobody else uses. */
  static Lane take() {
    var kept = KEPT.poll();
    return kept == null ? new Lane() : kept;
  }

  /** Keeps a lane that has only passed pieces on; its giver must not use it again. */
  static void give(Lane lane) {
    var _ = KEPT.offer(lane);
  }
}
