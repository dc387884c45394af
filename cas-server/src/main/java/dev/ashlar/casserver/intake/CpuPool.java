package dev.ashlar.casserver.intake;

import dev.ashlar.core.problem.Problem.Busy;
import dev.ashlar.core.problem.ProblemException;
import dev.ashlar.core.xorb.Hands;
import java.io.IOException;
import java.io.InterruptedIOException;
import java.time.Duration;
import java.util.concurrent.ArrayBlockingQueue;
import java.util.concurrent.Callable;
import java.util.concurrent.ExecutionException;
import java.util.concurrent.Executor;
import java.util.concurrent.FutureTask;
import java.util.concurrent.RejectedExecutionException;
import java.util.concurrent.ThreadPoolExecutor;
import java.util.concurrent.TimeUnit;

/**
 * The threads that hash and decode: one platform thread a core, and a bounded queue.
 *
 * <p>Virtual threads wait here while their work is done, so that long computations never keep the
 * few carrier threads from serving sockets; a file that is taken in hashes some chunks itself where
 * it would wait. What is handed over must not wait for a network.
 */
public final class CpuPool implements Executor, Hands, AutoCloseable {
  private static final int WAITING_MAX = 1024;
  private static final Duration RETRY_AFTER = Duration.ofSeconds(5);

  private final ThreadPoolExecutor threads;

  /** A pool of that many threads. */
  public CpuPool(int cores) {
    this.threads =
        new ThreadPoolExecutor(
            cores,
            cores,
            0,
            TimeUnit.SECONDS,
            new ArrayBlockingQueue<>(WAITING_MAX),
            Thread.ofPlatform().name("cpu-", 0).daemon(true).factory());
  }

  /** Hands the work over; a full queue is {@link Busy}. */
  @Override
  public void execute(Runnable work) {
    try {
      threads.execute(work);
    } catch (RejectedExecutionException _) {
      throw new ProblemException(new Busy("too many uploads at once", RETRY_AFTER));
    }
  }

  /** Has the work done by one of the threads, beside what the calling one does. */
  @Override
  public Pending hand(Runnable work) {
    var task = new FutureTask<Void>(work, null);
    execute(task);
    return () -> await(task);
  }

  /** Has the work done by one of the threads and waits for it. */
  <T> T run(Callable<T> work) throws IOException {
    var task = new FutureTask<>(work);
    execute(task);
    return await(task);
  }

  private static <T> T await(FutureTask<T> task) throws IOException {
    try {
      return task.get();
    } catch (InterruptedException _) {
      Thread.currentThread().interrupt();
      throw new InterruptedIOException("interrupted while bytes were being hashed");
    } catch (ExecutionException e) {
      switch (e.getCause()) {
        case IOException io -> throw io;
        case RuntimeException unchecked -> throw unchecked;
        case Error error -> throw error;
        case null, default -> throw new IllegalStateException(e);
      }
    }
  }

  @Override
  public void close() {
    threads.close();
  }
}
