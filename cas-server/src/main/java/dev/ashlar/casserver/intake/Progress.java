package dev.ashlar.casserver.intake;

import java.io.IOException;

/** Hears how far the checking of a shard is; called often, so it must be cheap. */
public interface Progress {
  /** Nobody listens, and the work is wanted all the same. */
  Progress NONE =
      new Progress() {
        @Override
        public void requireListener() {}

        @Override
        public void validating(long verified, long total) {}

        @Override
        public void committing() {}
      };

  /** Fails when nobody waits for the outcome any more. */
  void requireListener() throws IOException;

  /** So many of so many bytes are checked; the total may grow. */
  void validating(long verified, long total);

  /** Everything is checked and is being registered. */
  void committing();
}
