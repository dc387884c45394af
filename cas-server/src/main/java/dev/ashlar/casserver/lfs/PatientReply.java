package dev.ashlar.casserver.lfs;

import dev.ashlar.core.problem.ProblemException;
import dev.ashlar.web.Exchange;
import dev.ashlar.web.Reply;
import java.io.IOException;
import java.time.Duration;
import java.util.Map;
import java.util.concurrent.ExecutionException;
import java.util.concurrent.FutureTask;
import java.util.concurrent.TimeUnit;
import java.util.concurrent.TimeoutException;
import java.util.concurrent.atomic.AtomicBoolean;
import java.util.function.BooleanSupplier;
import org.jspecify.annotations.Nullable;

/**
 * An answer to work that may take minutes. Most work is done soon, and its outcome is the status.
 * When it takes longer, a 200 begins and blanks follow while the work goes on, so that neither
 * client nor proxy gives up; should it fail after all, the connection drops, and whoever asks again
 * is told why. The work goes on without its client, unless it asks whether one is there.
 */
final class PatientReply {
  private static final Duration SILENCE = Duration.ofSeconds(20);
  private static final Duration BLANK_EVERY = Duration.ofSeconds(10);

  private static final Duration GLANCE = Duration.ofSeconds(1);

  private PatientReply() {}

  /** What is done meanwhile; it may ask whether the client still waits for it. */
  @FunctionalInterface
  interface Work {
    void run(BooleanSupplier isAwaited) throws Exception;
  }

  /** Does the work and sends an empty JSON object when it is done. */
  static void send(Exchange exchange, Work work) throws IOException {
    send(exchange, work, SILENCE, BLANK_EVERY);
  }

  static void send(Exchange exchange, Work work, Duration silence, Duration blankEvery)
      throws IOException {
    var isAwaited = new AtomicBoolean(true);
    var task =
        new FutureTask<@Nullable Void>(
            () -> {
              work.run(isAwaited::get);
              return null;
            });
    Thread.ofVirtual().name("lfs-joining").start(task);
    try {
      answer(exchange, task, silence, blankEvery);
    } finally {
      isAwaited.set(false);
    }
  }

  private static void answer(
      Exchange exchange, FutureTask<?> task, Duration silence, Duration blankEvery)
      throws IOException {
    if (await(exchange, task, silence)) {
      exchange.send(Reply.json(200, Map.of()));
      return;
    }
    exchange.setHeader("Content-Type", "application/json; charset=utf-8");
    try (var out = exchange.stream(200)) {
      do {
        out.write(' ');
        out.flush();
      } while (!await(exchange, task, blankEvery));
      out.write('{');
      out.write('}');
    }
  }

  /** Whether the work was done in this time; a client that leaves meanwhile is an exception. */
  private static boolean await(Exchange exchange, FutureTask<?> task, Duration time)
      throws IOException {
    long end = System.nanoTime() + time.toNanos();
    for (long left = time.toNanos(); left > 0; left = end - System.nanoTime()) {
      if (await(task, Duration.ofNanos(Math.min(left, GLANCE.toNanos())))) {
        return true;
      }
      exchange.requireClient();
    }
    return false;
  }

  private static boolean await(FutureTask<?> task, Duration time) throws IOException {
    try {
      task.get(time.toNanos(), TimeUnit.NANOSECONDS);
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
