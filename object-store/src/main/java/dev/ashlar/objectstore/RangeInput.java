package dev.ashlar.objectstore;

import dev.ashlar.core.manifest.ByteRange;
import java.io.EOFException;
import java.io.IOException;
import java.io.InputStream;
import java.nio.ByteBuffer;
import java.nio.channels.FileChannel;

/** A range of an open file; an early end of the file is an error, not the stream's end. */
final class RangeInput extends InputStream {
  private final FileChannel file;
  private final ObjectKey key;
  private final long end;
  private long at;

  RangeInput(FileChannel file, ObjectKey key, ByteRange range) {
    this.file = file;
    this.key = key;
    this.at = range.start();
    this.end = range.end();
  }

  @Override
  public int read() throws IOException {
    var one = new byte[1];
    return read(one, 0, 1) < 0 ? -1 : one[0] & 0xff;
  }

  @Override
  public int read(byte[] target, int offset, int length) throws IOException {
    if (length == 0) {
      return 0;
    }
    if (at == end) {
      return -1;
    }
    int wanted = (int) Math.min(length, end - at);
    int n = file.read(ByteBuffer.wrap(target, offset, wanted), at);
    if (n < 0) {
      throw new EOFException(key + " ends at byte " + at + ", before byte " + end);
    }
    at += n;
    return n;
  }

  @Override
  public long skip(long count) {
    long skipped = Math.clamp(count, 0, end - at);
    at += skipped;
    return skipped;
  }

  @Override
  public int available() {
    return (int) Math.min(Integer.MAX_VALUE, end - at);
  }

  @Override
  public void close() throws IOException {
    file.close();
  }
}
