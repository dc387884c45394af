package dev.ashlar.web;

import java.io.OutputStream;

/** The body of a reply to HEAD: its bytes are counted. */
final class CountedBody extends OutputStream {
  private long bytes;

  @Override
  public void write(int b) {
    bytes++;
  }

  @Override
  public void write(byte[] source, int offset, int length) {
    bytes += length;
  }

  /** How many bytes were written. */
  long bytes() {
    return bytes;
  }
}
