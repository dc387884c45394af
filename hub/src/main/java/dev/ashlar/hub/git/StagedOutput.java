package dev.ashlar.hub.git;

import java.io.IOException;
import java.nio.ByteBuffer;
import java.nio.channels.FileChannel;
import java.nio.file.Path;
import java.nio.file.StandardOpenOption;
import org.eclipse.jgit.internal.storage.dfs.DfsOutputStream;

/**
 * A file of a pack while JGit writes it, on local disk. JGit reads back what it has just written,
 * to resolve deltas. One thread.
 */
final class StagedOutput extends DfsOutputStream {
  private static final int BUFFER_BYTES = 1 << 16;

  private final FileChannel file;
  private final ByteBuffer buffer = ByteBuffer.allocate(BUFFER_BYTES);

  StagedOutput(Path path) throws IOException {
    file = FileChannel.open(path, StandardOpenOption.READ, StandardOpenOption.WRITE);
  }

  @Override
  public void write(byte[] bytes, int offset, int length) throws IOException {
    if (length > buffer.remaining()) {
      drain();
    }
    if (length >= BUFFER_BYTES) {
      writeFully(ByteBuffer.wrap(bytes, offset, length));
    } else {
      buffer.put(bytes, offset, length);
    }
  }

  @Override
  public int read(long position, ByteBuffer target) throws IOException {
    drain();
    return file.read(target, position);
  }

  /** Leaves the file in its place; it is forced to the disk when it is published. */
  @Override
  public void close() throws IOException {
    if (file.isOpen()) {
      try (file) {
        drain();
      }
    }
  }

  private void drain() throws IOException {
    buffer.flip();
    writeFully(buffer);
    buffer.clear();
  }

  private void writeFully(ByteBuffer source) throws IOException {
    while (source.hasRemaining()) {
      file.write(source);
    }
  }
}
