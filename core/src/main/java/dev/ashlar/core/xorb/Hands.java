package dev.ashlar.core.xorb;

import java.io.IOException;

/** Whoever computes while a body is being read. */
@FunctionalInterface
public interface Hands {
  /** The reading thread computes by itself. */
  Hands OWN =
      work -> {
        work.run();
        return () -> {};
      };

  /** Work that was handed over. */
  @FunctionalInterface
  interface Pending {
    /** Returns when the work is done; what it failed with is thrown here. */
    void await() throws IOException;
  }

  /** Takes work over, or does it at once. It never waits for a network or for other work. */
  Pending hand(Runnable work);
}
