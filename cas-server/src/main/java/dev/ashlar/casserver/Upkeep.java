package dev.ashlar.casserver;

import java.lang.System.Logger.Level;
import java.time.Duration;
import java.util.List;
import java.util.concurrent.Executors;
import java.util.concurrent.ScheduledExecutorService;
import java.util.concurrent.TimeUnit;

/** Chores of a running server, done one after the other on a thread of their own. */
final class Upkeep implements AutoCloseable {
  private static final System.Logger LOG = System.getLogger(Upkeep.class.getName());
  private static final long PAUSE_SECONDS = 60;
  private static final Duration STOP_MAX = Duration.ofSeconds(30);

  /** Something that may be left undone until the next round. */
  @FunctionalInterface
  interface Chore {
    void run() throws Exception;
  }

  private final ScheduledExecutorService thread =
      Executors.newSingleThreadScheduledExecutor(
          work -> Thread.ofPlatform().daemon().name("upkeep").unstarted(work));

  /** Begins with the first round after a pause. */
  Upkeep(List<Chore> chores) {
    var _ =
        thread.scheduleWithFixedDelay(
            () -> chores.forEach(Upkeep::tryOnce), PAUSE_SECONDS, PAUSE_SECONDS, TimeUnit.SECONDS);
  }

  /** A chore that fails must neither stop the others nor the rounds to come. */
  private static void tryOnce(Chore chore) {
    try {
      chore.run();
    } catch (Exception e) {
      LOG.log(Level.WARNING, "a chore failed and is tried again", e);
    }
  }

  /** Waits for the chore at work, so that nothing runs on a closed database. */
  @Override
  public void close() {
    thread.shutdownNow();
    try {
      if (!thread.awaitTermination(STOP_MAX.toSeconds(), TimeUnit.SECONDS)) {
        LOG.log(Level.WARNING, "a chore was still running at the end");
      }
    } catch (InterruptedException e) {
      Thread.currentThread().interrupt();
    }
  }
}
