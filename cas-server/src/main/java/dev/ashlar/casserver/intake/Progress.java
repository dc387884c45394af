package dev.ashlar.casserver.intake;

/** Hears how far the checking of a shard is; called often, so it must be cheap. */
public interface Progress {
  /** Nobody listens. */
  Progress NONE =
      new Progress() {
        @Override
        public void validating(long verified, long total) {}

        @Override
        public void committing() {}
      };

  /** So many of so many bytes are checked; the total may grow. */
  void validating(long verified, long total);

  /** Everything is checked and is being registered. */
  void committing();
}
