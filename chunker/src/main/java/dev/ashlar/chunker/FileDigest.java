package dev.ashlar.chunker;

import dev.ashlar.core.hash.Sha256;
import java.nio.ByteBuffer;
import java.security.MessageDigest;
import java.util.ArrayDeque;
import java.util.concurrent.CompletableFuture;
import java.util.concurrent.CompletionException;
import java.util.concurrent.Executor;
import org.jspecify.annotations.Nullable;

/**
 * The SHA-256 of a file, computed beside everything else, one step after the other.
 *
 * <p>It is what a file's way in takes longest for, so a thread of the pool stays at it while there
 * are more steps. After some it goes behind what others wait for. When it has caught up with the
 * file it does other work on it, which it is given as an {@link Executor}; whoever waits does of
 * that work too.
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
    if (addStep(step)) {
      goOn();
    }
    return step.done;
  }

  /** Takes work for when the digest has caught up, or somebody waits. It must not throw. */
  @Override
  public void execute(Runnable work) {
    if (addOther(work)) {
      goOn();
    }
  }

  /** True when no thread is at it. */
  private synchronized boolean addStep(Step step) {
    if (failure != null) {
      step.done.completeExceptionally(failure);
      return false;
    }
    steps.add(step);
    return begins();
  }

  /** The same; after a failure others are left to whoever waits for them. */
  private synchronized boolean addOther(Runnable work) {
    others.add(work);
    return failure == null && begins();
  }

  private boolean begins() {
    boolean begins = !underWay;
    underWay = true;
    return begins;
  }

  /** Waits for what is computed elsewhere, and does of the other work while there is some. */
  <T> T await(CompletableFuture<T> wanted) {
    while (!wanted.isDone()) {
      var work = other();
      if (work == null) {
        break;
      }
      work.run();
    }
    try {
      return wanted.join();
    } catch (CompletionException e) {
      if (e.getCause() instanceof RuntimeException cause) {
        throw cause;
      }
      throw e;
    }
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
    } catch (RuntimeException | Error refused) {
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
    await(last);
    return Sha256.of(digest.digest());
  }
}
