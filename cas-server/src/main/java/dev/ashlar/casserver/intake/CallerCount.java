package dev.ashlar.casserver.intake;

import dev.ashlar.core.problem.Problem.Busy;
import dev.ashlar.core.problem.ProblemException;
import java.time.Duration;
import java.util.concurrent.ConcurrentHashMap;

/** How many things of a kind each caller has under way; one too many is {@link Busy}. */
public final class CallerCount {
  private static final Duration RETRY_AFTER = Duration.ofSeconds(10);

  private final ConcurrentHashMap<Long, Integer> underWay = new ConcurrentHashMap<>();
  private final String what;
  private final int max;

  /** Of these things each caller has so many at most. */
  public CallerCount(String what, int max) {
    this.what = what;
    this.max = max;
  }

  /** Counts one more until {@link #leave}. */
  public void enter(long callerId) {
    underWay.merge(
        callerId,
        1,
        (before, one) -> {
          if (before >= max) {
            throw new ProblemException(
                new Busy("you have " + before + " " + what + " under way", RETRY_AFTER));
          }
          return before + one;
        });
  }

  /** One of the caller's has ended. */
  public void leave(long callerId) {
    underWay.computeIfPresent(callerId, (_, count) -> count == 1 ? null : count - 1);
  }
}
