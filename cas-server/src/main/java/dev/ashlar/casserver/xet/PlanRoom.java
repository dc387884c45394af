package dev.ashlar.casserver.xet;

import dev.ashlar.casserver.intake.FairBudget;
import dev.ashlar.core.problem.Problem.Busy;
import dev.ashlar.core.problem.ProblemException;
import dev.ashlar.web.Exchange;
import java.io.IOException;
import java.time.Duration;
import java.util.concurrent.Semaphore;

/**
 * The memory for plans of reconstruction, shared by all requests: a plan is held until its answer
 * is written, and takes about 200 bytes a term. A request waits until there is room for the terms
 * of its file; each caller has half of the room at most, and callers have it in turn.
 */
final class PlanRoom {
  /** A term costs a shard 96 bytes, so no file has more than 700,000. */
  private static final int TERMS_EACH = 1024;

  private static final int PARTS = 768;
  private static final int WAITING_MAX = 1024;

  private final FairBudget parts = new FairBudget(PARTS, PARTS / 2);
  private final Semaphore places = new Semaphore(WAITING_MAX);

  /** Waits for room, as long as the client does. */
  FairBudget.Share take(Exchange exchange, long callerId, int terms) throws IOException {
    if (!places.tryAcquire()) {
      throw new ProblemException(new Busy("too many plans at once", Duration.ofSeconds(5)));
    }
    try {
      return parts.take(callerId, 1 + terms / TERMS_EACH, new AwaitedAnswer(exchange));
    } finally {
      places.release();
    }
  }
}
