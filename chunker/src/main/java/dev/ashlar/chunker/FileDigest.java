package dev.ashlar.chunker;

import dev.ashlar.core.hash.Sha256;
import java.nio.ByteBuffer;
import java.security.MessageDigest;
import java.util.ArrayDeque;
import java.util.concurrent.CompletableFuture;
import java.util.concurrent.Executor;
import org.jspecify.annotations.Nullable;

/**
 * The SHA-256 of a file, computed beside everything else, one step after the other.
 *
 * <p>It is what a file's way in takes longest for, so a thread of the pool stays at it while there
 * are more steps. After some it goes behind what others wait for. When it has caught up with the
 * file it does other work on it, which it is given as an {@link Executor}; whoever waits for either
 * may do of that work too.
 */
final class FileDigest implements Executor {
  private static final int STEPS_AT_ONCE = 16;

  private final MessageDigest digest = Sha256.begin();
  private final Executor cpu;
  private final ArrayDeque<Step> steps = new ArrayDeque<>();
  private final ArrayDeque<Runnable> others = new ArrayDeque<>();
  private CompletableFuture<Void> last = CompletableFuture.completedFuture(null);
  private boolean underWay;
  private @Nullable Throwable failure;

  private final class Step implements Runnable {
    private final ByteBuffer bytes;
    private final CompletableFuture<Void> done = new CompletableFuture<>();

    Step(ByteBuffer bytes) {
      this.bytes = bytes;
    }

    @Override
    public void run() {
      try {
        digest.update(bytes);
        done.complete(null);
      } catch (RuntimeException | Error e) {
        done.completeExceptionally(e);
        fail(e);
      }
    }
  }

  FileDigest(Executor cpu) {
    this.cpu = cpu;
  }

  /** Adds bytes that must not change until the result is complete. */
  CompletableFuture<Void> update(byte[] bytes, int offset, int length) {
    var step = new Step(ByteBuffer.wrap(bytes, offset, length));
    last = step.done;
    if (isFirst(step)) {
      goOn();
    }
    return step.done;
  }

  private synchronized boolean isFirst(Step step) {
    if (failure != null) {
      step.done.completeExceptionally(failure);
      return false;
    }
    steps.add(step);
    return begins();
  }

  /** Takes work to be done when the digest has caught up, unless {@link #help} does it before. */
  @Override
  public void execute(Runnable work) {
    if (isFirst(work)) {
      goOn();
    }
  }

  private synchronized boolean isFirst(Runnable work) {
    others.add(work);
    return failure == null && begins();
  }

  private boolean begins() {
    boolean begins = !underWay;
    underWay = true;
    return begins;
  }

  /** Does some of the work that waits for the digest; false when there is none. */
  boolean help() {
    var work = other();
    if (work != null) {
      work.run();
    }
    return work != null;
  }

  private synchronized @Nullable Runnable other() {
    return others.poll();
  }

  private synchronized @Nullable Runnable next() {
    Runnable next = steps.isEmpty() ? others.poll() : steps.remove();
    underWay = next != null;
    return next;
  }

  private void goOn() {
    try {
      cpu.execute(this::run);
    } catch (RuntimeException refused) {
      fail(refused);
    }
  }

  private void run() {
    for (int i = 0; i < STEPS_AT_ONCE; i++) {
      var work = next();
      if (work == null) {
        return;
      }
      work.run();
    }
    goOn();
  }

  /** No step after one that was left out may count: all that wait, and all to come, fail too. */
  private synchronized void fail(Throwable cause) {
    failure = cause;
    steps.forEach(step -> step.done.completeExceptionally(cause));
    steps.clear();
  }

  /** The digest of all bytes, waited for. */
  Sha256 finish() {
    last.join();
    return Sha256.of(digest.digest());
  }
}
