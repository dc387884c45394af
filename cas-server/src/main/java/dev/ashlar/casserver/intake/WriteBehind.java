package dev.ashlar.casserver.intake;

import java.io.IOException;
import java.nio.ByteBuffer;
import java.nio.channels.FileChannel;
import java.nio.file.Path;
import java.nio.file.StandardOpenOption;

/**
 * Appends to a file that will be forced to the disk when it is whole, and lets the disk begin long
 * before: each mebibyte is written beside the next one, so that little is left for the end, when
 * the client waits for the answer.
 *
 * <p>The file stays open until this is closed: as long, the system remembers that bytes could not
 * be written, and tells whoever forces the file.
 */
final class WriteBehind implements AutoCloseable {
  private static final int BEGUN_AT_ONCE = 1 << 20;

  private final FileChannel file;
  private final EarlyWriting writing;
  private long begun;
  private long bytes;

  WriteBehind(Path path) throws IOException {
    this.file = FileChannel.open(path, StandardOpenOption.WRITE);
    this.writing = new EarlyWriting(path);
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
    if (bytes - begun >= BEGUN_AT_ONCE) {
      writing.ask(begun, bytes - begun);
      begun = bytes;
    }
  }

  @Override
  public void close() throws IOException {
    writing.close();
    file.close();
  }
}
