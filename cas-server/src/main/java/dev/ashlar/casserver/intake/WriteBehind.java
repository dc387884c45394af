package dev.ashlar.casserver.intake;

import java.io.IOException;
import java.io.InterruptedIOException;
import java.nio.ByteBuffer;
import java.nio.channels.FileChannel;
import java.nio.file.Path;
import java.nio.file.StandardOpenOption;
import java.util.concurrent.ExecutionException;
import java.util.concurrent.FutureTask;

/**
 * Appends to a file that will be forced to the disk when it is whole, and lets the disk begin long
 * before: some mebibytes after the other are forced beside the writing, so that little is left for
 * the end, when the client waits for the answer.
 */
final class WriteBehind implements AutoCloseable {
  private static final int FORCED_AT_ONCE = 8 << 20;

  private final FileChannel file;
  private FutureTask<Void> forcing = new FutureTask<>(() -> null);
  private long forcedFrom;
  private long bytes;

  WriteBehind(Path path) throws IOException {
    this.file = FileChannel.open(path, StandardOpenOption.WRITE);
    forcing.run();
  }

  /** How many bytes were appended. */
  long bytes() {
    return bytes;
  }

  void append(byte[] source, int offset, int length) throws IOException {
    var block = ByteBuffer.wrap(source, offset, length);
    while (block.hasRemaining()) {
      file.write(block);
    }
    bytes += length;
    if (bytes - forcedFrom >= FORCED_AT_ONCE && forcing.isDone()) {
      requireForced();
      forcedFrom = bytes;
      forcing = new FutureTask<>(this::force);
      Thread.ofVirtual().name("write-behind").start(forcing);
    }
  }

  private Void force() throws IOException {
    file.force(false);
    return null;
  }

  /**
   * No more follows. Bytes that could not be forced count as lost, whatever a later try says, so a
   * failure of one is thrown here at the latest.
   */
  void finish() throws IOException {
    requireForced();
    file.close();
  }

  private void requireForced() throws IOException {
    try {
      forcing.get();
    } catch (InterruptedException _) {
      Thread.currentThread().interrupt();
      throw new InterruptedIOException("interrupted while the disk was busy");
    } catch (ExecutionException e) {
      throw new IOException("forcing a staged file to the disk failed", e.getCause());
    }
  }

  @Override
  public void close() throws IOException {
    file.close();
  }
}
