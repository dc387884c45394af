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
 * are more steps. After some it goes behind what others wait for.
 */
final class FileDigest {
  private static final int STEPS_AT_ONCE = 16;

  private record Step(ByteBuffer bytes, CompletableFuture<Void> done) {}

  private final MessageDigest digest = Sha256.begin();
  private final Executor cpu;
  private final ArrayDeque<Step> waiting = new ArrayDeque<>();
  private CompletableFuture<Void> last = CompletableFuture.completedFuture(null);
  private boolean underWay;
  private @Nullable Throwable failure;

  FileDigest(Executor cpu) {
    this.cpu = cpu;
  }

  /** Adds bytes that must not change until the result is complete. */
  CompletableFuture<Void> update(byte[] bytes, int offset, int length) {
    last = new CompletableFuture<>();
    if (isFirst(new Step(ByteBuffer.wrap(bytes, offset, length), last))) {
      goOn();
    }
    return last;
  }

  private synchronized boolean isFirst(Step step) {
    if (failure != null) {
      step.done().completeExceptionally(failure);
      return false;
    }
    waiting.add(step);
    boolean isFirst = !underWay;
    underWay = true;
    return isFirst;
  }

  private synchronized @Nullable Step next() {
    underWay = !waiting.isEmpty();
    return waiting.poll();
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
      var step = next();
      if (step == null) {
        return;
      }
      try {
        digest.update(step.bytes());
        step.done().complete(null);
      } catch (RuntimeException | Error e) {
        step.done().completeExceptionally(e);
        fail(e);
        return;
      }
    }
    goOn();
  }

  /** No step after one that was left out may count: all that wait, and all to come, fail too. */
  private synchronized void fail(Throwable cause) {
    failure = cause;
    waiting.forEach(step -> step.done().completeExceptionally(cause));
    waiting.clear();
  }

  /** The digest of all bytes, waited for. */
  Sha256 finish() {
    last.join();
    return Sha256.of(digest.digest());
  }
}
