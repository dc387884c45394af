package dev.ashlar.casserver.intake;

import java.io.IOException;
import java.io.InterruptedIOException;
import java.util.ArrayDeque;
import java.util.HashMap;
import java.util.LinkedHashMap;
import java.util.Map;
import java.util.Optional;
import java.util.concurrent.CountDownLatch;
import java.util.concurrent.TimeUnit;
import java.util.concurrent.locks.ReentrantLock;

/**
 * Permits that are handed out in turn between callers: however many requests of one caller wait,
 * each other caller waits for one of them at most. Nobody overtakes, so that who needs many permits
 * gets them as well, except those who hold as much as one caller may.
 */
public final class FairBudget {
  private final ReentrantLock lock = new ReentrantLock();
  private final Map<Long, ArrayDeque<Waiter>> callers = new LinkedHashMap<>();
  private final Map<Long, Integer> held = new HashMap<>();
  private final int callersMax;
  private int free;

  FairBudget(int permits) {
    this(permits, permits);
  }

  /** Of so many permits one caller holds no more than {@code callersMax}. */
  public FairBudget(int permits, int callersMax) {
    this.free = permits;
    this.callersMax = callersMax;
  }

  private static final class Waiter {
    final int permits;
    final CountDownLatch granted = new CountDownLatch(1);

    Waiter(int permits) {
      this.permits = permits;
    }
  }

  /** Permits held; close it to give them back. */
  public interface Share extends AutoCloseable {
    @Override
    void close();
  }

  /**
   * Waits for the caller's turn, takes what is wanted or all that one may have, and asks every
   * second whether somebody still waits for it.
   */
  public Share take(long callerId, int wanted, Progress progress) throws IOException {
    int permits = Math.clamp(wanted, 1, callersMax);
    var waiter = new Waiter(permits);
    lock.lock();
    try {
      callers.computeIfAbsent(callerId, _ -> new ArrayDeque<>()).add(waiter);
      grant();
    } finally {
      lock.unlock();
    }
    try {
      while (!waiter.granted.await(1, TimeUnit.SECONDS)) {
        progress.requireListener();
      }
      return () -> giveBack(callerId, permits);
    } catch (InterruptedException _) {
      withdraw(callerId, waiter);
      Thread.currentThread().interrupt();
      throw new InterruptedIOException("interrupted while waiting for a turn");
    } catch (IOException | RuntimeException e) {
      withdraw(callerId, waiter);
      throw e;
    }
  }

  private void giveBack(long callerId, int permits) {
    lock.lock();
    try {
      release(callerId, permits);
      grant();
    } finally {
      lock.unlock();
    }
  }

  private void release(long callerId, int permits) {
    free += permits;
    held.computeIfPresent(callerId, (_, sum) -> sum == permits ? null : sum - permits);
  }

  private void withdraw(long callerId, Waiter waiter) {
    lock.lock();
    try {
      if (waiter.granted.getCount() == 0) {
        release(callerId, waiter.permits);
      } else {
        remove(callerId, waiter);
      }
      grant();
    } finally {
      lock.unlock();
    }
  }

  private void remove(long callerId, Waiter waiter) {
    var waiting = callers.getOrDefault(callerId, new ArrayDeque<>());
    waiting.remove(waiter);
    if (waiting.isEmpty()) {
      callers.remove(callerId);
    }
  }

  /** Serves the caller whose turn it is, then puts him behind all others. */
  private void grant() {
    for (var callerId = next(); callerId.isPresent(); callerId = next()) {
      long served = callerId.get();
      var waiting = callers.remove(served);
      if (waiting == null) {
        throw new IllegalStateException("nobody waits for caller " + served);
      }
      var waiter = waiting.remove();
      if (!waiting.isEmpty()) {
        callers.put(served, waiting);
      }
      free -= waiter.permits;
      held.merge(served, waiter.permits, Integer::sum);
      waiter.granted.countDown();
    }
  }

  /** The first caller that may hold what he asks for, if it is there. */
  private Optional<Long> next() {
    return callers.entrySet().stream()
        .filter(
            turn ->
                held.getOrDefault(turn.getKey(), 0) + turn.getValue().element().permits
                    <= callersMax)
        .findFirst()
        .filter(turn -> turn.getValue().element().permits <= free)
        .map(Map.Entry::getKey);
  }
}
