package dev.ashlar.reconstruction;

import dev.ashlar.core.xorb.Spares;
import java.io.IOException;
import java.io.InterruptedIOException;
import java.nio.ByteBuffer;
import java.util.concurrent.Semaphore;

/**
 * Memory outside of the heap for a piece's stored chunks, into which the kernel's bytes go without
 * a copy. There is so much of it, however many files are read: whoever finds none waits until a
 * piece is decoded, and no piece being read or decoded waits for a client.
 */
final class Blocks {
  /** Sixteen MiB in all. */
  static final int COUNT_MAX = 62;

  private static final Semaphore FREE = new Semaphore(COUNT_MAX);
  private static final Spares<ByteBuffer> KEPT =
      new Spares<>(COUNT_MAX, () -> ByteBuffer.allocateDirect(Piece.BYTES_MAX));

  private Blocks() {}

  /** Something that needs a block. */
  @FunctionalInterface
  interface Use {
    /** The block holds anything, and must not be touched later. */
    void with(ByteBuffer block) throws IOException;
  }

  static void use(Use use) throws IOException {
    try {
      FREE.acquire();
    } catch (InterruptedException _) {
      Thread.currentThread().interrupt();
      throw new InterruptedIOException("interrupted while other ranges were being read");
    }
    try {
      var block = KEPT.take();
      try {
        use.with(block);
      } finally {
        KEPT.give(block);
      }
    } finally {
      FREE.release();
    }
  }

  /** How many could be used now. */
  static int free() {
    return FREE.availablePermits();
  }
}
