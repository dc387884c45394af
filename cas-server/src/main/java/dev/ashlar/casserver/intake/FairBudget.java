package dev.ashlar.casserver.intake;

import java.io.IOException;
import java.io.InterruptedIOException;
import java.util.ArrayDeque;
import java.util.LinkedHashMap;
import java.util.Map;
import java.util.concurrent.CountDownLatch;
import java.util.concurrent.TimeUnit;
import java.util.concurrent.locks.ReentrantLock;

/**
 * Permits that are handed out in turn between callers: however many requests of one caller wait,
 * each other caller waits for one of them at most. Nobody overtakes, so that who needs many permits
 * gets them as well.
 */
final class FairBudget {
  private final ReentrantLock lock = new ReentrantLock();
  private final Map<Long, ArrayDeque<Waiter>> callers = new LinkedHashMap<>();
  private int free;

  FairBudget(int permits) {
    this.free = permits;
  }

  private static final class Waiter {
    final int permits;
    final CountDownLatch granted = new CountDownLatch(1);

    Waiter(int permits) {
      this.permits = permits;
    }
  }

  /** Permits held; close it to give them back. */
  interface Share extends AutoCloseable {
    @Override
    void close();
  }

  /** Waits for the caller's turn, and asks every second whether somebody still waits for it. */
  Share take(long callerId, int permits, Progress progress) throws IOException {
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
      return () -> giveBack(permits);
    } catch (InterruptedException _) {
      withdraw(callerId, waiter);
      Thread.currentThread().interrupt();
      throw new InterruptedIOException("interrupted while waiting for a turn");
    } catch (IOException | RuntimeException e) {
      withdraw(callerId, waiter);
      throw e;
    }
  }

  private void giveBack(int permits) {
    lock.lock();
    try {
      free += permits;
      grant();
    } finally {
      lock.unlock();
    }
  }

  private void withdraw(long callerId, Waiter waiter) {
    lock.lock();
    try {
      if (waiter.granted.getCount() == 0) {
        free += waiter.permits;
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
    while (!callers.isEmpty()) {
      var turn = callers.entrySet().iterator().next();
      long callerId = turn.getKey();
      var waiting = turn.getValue();
      var next = waiting.element();
      if (next.permits > free) {
        return;
      }
      waiting.remove();
      callers.remove(callerId);
      if (!waiting.isEmpty()) {
        callers.put(callerId, waiting);
      }
      free -= next.permits;
      next.granted.countDown();
    }
  }
}
