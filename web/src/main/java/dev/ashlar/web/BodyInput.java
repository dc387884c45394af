package dev.ashlar.web;

import dev.ashlar.core.problem.Problem.Malformed;
import dev.ashlar.core.problem.Problem.OverLimit;
import dev.ashlar.core.problem.Problem.Stalled;
import dev.ashlar.core.problem.ProblemException;
import dev.ashlar.web.connection.StalledException;
import io.helidon.common.buffers.DataReader.IncorrectNewLineException;
import io.helidon.common.buffers.DataReader.InsufficientDataAvailableException;
import io.helidon.http.HttpException;
import io.helidon.http.RequestException;
import io.helidon.webserver.CloseConnectionException;
import java.io.IOException;
import java.io.InputStream;

/**
 * A request body under a limit. It fails as soon as it is longer than allowed, and turns the
 * server's exceptions into problems or, when the client went away, into a {@link
 * ClientGoneException}.
 */
final class BodyInput extends InputStream {
  private final InputStream in;
  private final String what;
  private final long bytesMax;
  private final Runnable broken;
  private long bytes;

  /** A body that runs {@code broken} when nothing sensible can follow any more. */
  BodyInput(InputStream in, String what, long bytesMax, Runnable broken) {
    this.in = in;
    this.what = what;
    this.bytesMax = bytesMax;
    this.broken = broken;
  }

  @Override
  public int read() throws IOException {
    var one = new byte[1];
    return read(one, 0, 1) < 0 ? -1 : one[0] & 0xff;
  }

  @Override
  public int read(byte[] target, int offset, int length) throws IOException {
    int n = receive(target, offset, length);
    bytes += Math.max(0, n);
    if (bytes > bytesMax) {
      throw new ProblemException(new OverLimit(what, bytesMax));
    }
    return n;
  }

  private int receive(byte[] target, int offset, int length) throws IOException {
    try {
      return in.read(target, offset, length);
    } catch (StalledException e) {
      broken.run();
      throw new ProblemException(new Stalled(what + ": " + e.getMessage()));
    } catch (InsufficientDataAvailableException | CloseConnectionException e) {
      broken.run();
      throw new ClientGoneException(e);
    } catch (IncorrectNewLineException | RequestException | HttpException _) {
      broken.run();
      throw new ProblemException(new Malformed("chunked body", bytes, "its framing is broken"));
    }
  }

  @Override
  public int available() throws IOException {
    return in.available();
  }
}
