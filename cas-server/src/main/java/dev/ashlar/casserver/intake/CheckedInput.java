package dev.ashlar.casserver.intake;

import dev.ashlar.core.problem.Problem.Unprocessable;
import dev.ashlar.core.problem.ProblemException;
import java.io.FilterInputStream;
import java.io.IOException;
import java.io.InputStream;

/** Refuses a body as soon as it is longer than the object it shall be. */
final class CheckedInput extends FilterInputStream {
  private final long bytesExpected;
  private long bytes;

  CheckedInput(InputStream in, long bytesExpected) {
    super(in);
    this.bytesExpected = bytesExpected;
  }

  @Override
  public int read() throws IOException {
    int b = super.read();
    if (b >= 0) {
      count(1);
    }
    return b;
  }

  @Override
  public int read(byte[] target, int offset, int length) throws IOException {
    int n = super.read(target, offset, length);
    count(Math.max(0, n));
    return n;
  }

  private void count(int read) {
    bytes += read;
    if (bytes > bytesExpected) {
      throw new ProblemException(
          new Unprocessable(
              "object", "it has more than the announced " + bytesExpected + " bytes"));
    }
  }
}
