package dev.ashlar.web;

import dev.ashlar.core.problem.Problem.OverLimit;
import dev.ashlar.core.problem.ProblemException;
import java.io.FilterInputStream;
import java.io.IOException;
import java.io.InputStream;

/** Fails as soon as a body is longer than allowed. */
final class BoundedInput extends FilterInputStream {
  private final String what;
  private final long bytesMax;
  private long bytes;

  BoundedInput(InputStream in, String what, long bytesMax) {
    super(in);
    this.what = what;
    this.bytesMax = bytesMax;
  }

  @Override
  public int read() throws IOException {
    int b = in.read();
    if (b >= 0) {
      count(1);
    }
    return b;
  }

  @Override
  public int read(byte[] target, int offset, int length) throws IOException {
    int n = in.read(target, offset, length);
    if (n > 0) {
      count(n);
    }
    return n;
  }

  @Override
  public boolean markSupported() {
    return false;
  }

  private void count(int n) {
    bytes += n;
    if (bytes > bytesMax) {
      throw new ProblemException(new OverLimit(what, bytesMax));
    }
  }
}
