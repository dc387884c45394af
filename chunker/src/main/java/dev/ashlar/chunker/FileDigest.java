package dev.ashlar.chunker;

import dev.ashlar.core.hash.Sha256;
import java.security.MessageDigest;
import java.security.NoSuchAlgorithmException;
import java.util.concurrent.CompletableFuture;
import java.util.concurrent.Executor;

/**
 * The SHA-256 of a file, computed beside everything else: a chain of steps, one after the other, on
 * the pool. No thread waits for the next chunk, and the chain is as short as the number of blocks.
 */
final class FileDigest {
  private final MessageDigest digest;
  private final Executor cpu;
  private CompletableFuture<Void> last = CompletableFuture.completedFuture(null);

  FileDigest(Executor cpu) {
    this.cpu = cpu;
    try {
      this.digest = MessageDigest.getInstance("SHA-256");
    } catch (NoSuchAlgorithmException e) {
      throw new IllegalStateException("every Java platform has SHA-256", e);
    }
  }

  /** Adds bytes that must not change until the result is complete. */
  CompletableFuture<Void> update(byte[] bytes, int length) {
    last = last.thenRunAsync(() -> digest.update(bytes, 0, length), cpu);
    return last;
  }

  /** The digest of all bytes, waited for. */
  Sha256 finish() {
    last.join();
    return Sha256.of(digest.digest());
  }
}
