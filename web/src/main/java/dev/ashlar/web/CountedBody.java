package dev.ashlar.web;

import java.io.OutputStream;
import java.util.function.LongConsumer;

/** The body of a reply to HEAD: its bytes are counted, and told when it is closed. */
final class CountedBody extends OutputStream {
  private final LongConsumer whole;
  private long bytes;
  private boolean closed;

  CountedBody(LongConsumer whole) {
    this.whole = whole;
  }

  @Override
  public void write(int b) {
    bytes++;
  }

  @Override
  public void write(byte[] source, int offset, int length) {
    bytes += length;
  }

  @Override
  public void close() {
    if (!closed) {
      closed = true;
      whole.accept(bytes);
    }
  }
}
