package dev.ashlar.hub.commit;

import dev.ashlar.core.problem.Problem.Invalid;
import dev.ashlar.core.problem.Problem.OverLimit;
import dev.ashlar.core.problem.ProblemException;
import java.io.IOException;
import java.io.InputStream;
import java.io.OutputStream;

/** Bytes of a request read one after the other, with the number of the line they stand in. */
final class LineInput {
  private final InputStream in;
  private final long lineBytesMax;
  private final byte[] buffer = new byte[64 * 1024];
  private int at;
  private int end;
  private int line = 1;
  private long lineBytes;

  LineInput(InputStream in, long lineBytesMax) {
    this.in = in;
    this.lineBytesMax = lineBytesMax;
  }

  /** The next byte without taking it, or -1 at the end. */
  int peek() throws IOException {
    if (at == end) {
      end = Math.max(0, in.read(buffer, 0, buffer.length));
      at = 0;
      if (end == 0) {
        return -1;
      }
    }
    return buffer[at];
  }

  /** Takes the next byte; the end of the request is a fault here. */
  byte take() throws IOException {
    if (peek() < 0 && at == end) {
      throw fault("the request ends too early");
    }
    byte b = buffer[at++];
    if (b == '\n') {
      line++;
      lineBytes = 0;
    } else {
      count(1);
    }
    return b;
  }

  /** Whether all was taken. */
  boolean isAtEnd() throws IOException {
    peek();
    return at == end;
  }

  /** Moves bytes to {@code target} up to a quote, a backslash, a control character or the end. */
  void copyPlain(OutputStream target) throws IOException {
    while (!isAtEnd()) {
      int from = at;
      while (at < end && isPlain(buffer[at])) {
        at++;
      }
      count(at - from);
      target.write(buffer, from, at - from);
      if (at < end) {
        return;
      }
    }
  }

  private static boolean isPlain(byte b) {
    return b != '"' && b != '\\' && (b < 0 || b >= 0x20);
  }

  private void count(int bytes) {
    lineBytes += bytes;
    if (lineBytes > lineBytesMax) {
      throw new ProblemException(new OverLimit("line " + line + " of the commit", lineBytesMax));
    }
  }

  /** A fault in the current line. */
  ProblemException fault(String reason) {
    return new ProblemException(new Invalid("commit line " + line, reason));
  }
}
