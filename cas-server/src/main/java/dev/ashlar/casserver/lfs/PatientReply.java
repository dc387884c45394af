package dev.ashlar.casserver.lfs;

import dev.ashlar.core.problem.ProblemException;
import dev.ashlar.web.Exchange;
import dev.ashlar.web.Reply;
import java.io.IOException;
import java.time.Duration;
import java.util.Map;
import java.util.concurrent.Callable;
import java.util.concurrent.ExecutionException;
import java.util.concurrent.FutureTask;
import java.util.concurrent.TimeUnit;
import java.util.concurrent.TimeoutException;

/**
 * An answer to work that may take minutes. Most work is done soon, and its outcome is the status.
 * When it takes longer, a 200 begins and blanks follow while the work goes on, so that neither
 * client nor proxy gives up; should it fail after all, the connection drops, and whoever asks again
 * is told why. The work goes on without its client.
 */
final class PatientReply {
  private static final Duration SILENCE = Duration.ofSeconds(20);
  private static final Duration BLANK_EVERY = Duration.ofSeconds(10);

  private PatientReply() {}

  /** Does the work and sends an empty JSON object when it is done. */
  static void send(Exchange exchange, Callable<?> work) throws IOException {
    send(exchange, work, SILENCE, BLANK_EVERY);
  }

  static void send(Exchange exchange, Callable<?> work, Duration silence, Duration blankEvery)
      throws IOException {
    var task = new FutureTask<>(work);
    Thread.ofVirtual().name("lfs-joining").start(task);
    if (await(task, silence)) {
      exchange.send(Reply.json(200, Map.of()));
      return;
    }
    exchange.setHeader("Content-Type", "application/json; charset=utf-8");
    try (var out = exchange.stream(200)) {
      do {
        out.write(' ');
        out.flush();
      } while (!await(task, blankEvery));
      out.write('{');
      out.write('}');
    }
  }

  private static boolean await(FutureTask<?> task, Duration time) throws IOException {
    try {
      task.get(time.toMillis(), TimeUnit.MILLISECONDS);
      return true;
    } catch (TimeoutException _) {
      return false;
    } catch (InterruptedException e) {
      Thread.currentThread().interrupt();
      throw new IOException("interrupted", e);
    } catch (ExecutionException e) {
      switch (e.getCause()) {
        case ProblemException problem -> throw problem;
        case IOException fault -> throw fault;
        case RuntimeException bug -> throw bug;
        case Error error -> throw error;
        case null, default -> throw new IllegalStateException(e);
      }
    }
  }
}
