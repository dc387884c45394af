package dev.ashlar.hub.smart;

import dev.ashlar.core.problem.Problem.Busy;
import dev.ashlar.core.problem.ProblemException;
import java.io.IOException;
import java.io.InterruptedIOException;
import java.time.Duration;
import java.util.concurrent.ArrayBlockingQueue;
import java.util.concurrent.ExecutionException;
import java.util.concurrent.Future;
import java.util.concurrent.RejectedExecutionException;
import java.util.concurrent.ThreadPoolExecutor;
import java.util.concurrent.TimeUnit;

/**
 * The platform threads that walk histories and copy packs. On virtual threads such work would keep
 * all other requests from the cores; and more than so many transfers at once would take more memory
 * than there may be.
 */
final class GitWorkers {
  private static final Duration RETRY = Duration.ofSeconds(5);
  private static final long KEPT_SECONDS = 30;
  private static final int WAITING_MAX = 64;

  private final ThreadPoolExecutor threads;

  /** Work on a request, which may answer it. */
  @FunctionalInterface
  interface Work {
    void run() throws IOException;
  }

  /** At most so many at once; a bounded number waits. */
  GitWorkers(String name, int threadsMax) {
    threads =
        new ThreadPoolExecutor(
            threadsMax,
            threadsMax,
            KEPT_SECONDS,
            TimeUnit.SECONDS,
            new ArrayBlockingQueue<>(WAITING_MAX),
            Thread.ofPlatform().daemon().name(name + "-", 0).factory());
    threads.allowCoreThreadTimeOut(true);
  }

  /** Does the work and waits for its end; {@link Busy} when too much is waiting already. */
  void run(Work work) throws IOException {
    Future<?> done;
    try {
      done =
          threads.submit(
              () -> {
                work.run();
                return 0;
              });
    } catch (RejectedExecutionException _) {
      throw new ProblemException(new Busy("too many Git transfers at this moment", RETRY));
    }
    await(done);
  }

  private static void await(Future<?> done) throws IOException {
    try {
      done.get();
    } catch (InterruptedException e) {
      done.cancel(true);
      throw (IOException) new InterruptedIOException("the transfer was interrupted").initCause(e);
    } catch (ExecutionException e) {
      switch (e.getCause()) {
        case IOException cause -> throw cause;
        case RuntimeException cause -> throw cause;
        case Error cause -> throw cause;
        case null, default -> throw new IllegalStateException(e);
      }
    }
  }
}
