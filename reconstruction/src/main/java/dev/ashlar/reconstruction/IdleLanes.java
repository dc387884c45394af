package dev.ashlar.reconstruction;

import dev.ashlar.core.xorb.Spares;

/**
 * Lanes that are used again by the next range: clearing fresh arrays would take a good part of a
 * small one's time. At most about six MiB stay.
 */
final class IdleLanes {
  private static final Spares<Lane> KEPT = new Spares<>(12, Lane::new);

  private IdleLanes() {}

  /** A lane that nobody else uses. */
  static Lane take() {
    return KEPT.take();
  }

  /** Keeps a lane; its giver must not use it again. */
  static void give(Lane lane) {
    KEPT.give(lane);
  }
}
