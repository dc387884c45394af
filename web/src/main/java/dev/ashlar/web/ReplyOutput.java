package dev.ashlar.web;

import io.helidon.webserver.CloseConnectionException;
import java.io.IOException;
import java.io.OutputStream;
import java.util.Arrays;

/**
 * The body of a streamed reply. A reply of declared length that is closed before its end fails: it
 * must never look complete.
 *
 * <p>Only whole arrays are handed to Helidon 4.1.7: of a slice that begins further on it writes, in
 * {@code FixedBufferData.writeTo}, as many bytes too many as stand before the slice.
 */
final class ReplyOutput extends OutputStream {
  /** The length of a chunked reply. */
  static final long UNKNOWN = -1;

  private final OutputStream out;
  private final long declared;
  private long bytes;

  ReplyOutput(OutputStream out, long declared) {
    this.out = out;
    this.declared = declared;
  }

  @Override
  public void write(int b) throws IOException {
    write(new byte[] {(byte) b}, 0, 1);
  }

  @Override
  public void write(byte[] source, int offset, int length) throws IOException {
    if (declared != UNKNOWN && bytes + length > declared) {
      throw new IllegalStateException("the reply is longer than its " + declared + " bytes");
    }
    try {
      if (offset == 0) {
        out.write(source, 0, length);
      } else {
        out.write(Arrays.copyOfRange(source, offset, offset + length), 0, length);
      }
      bytes += length;
    } catch (CloseConnectionException e) {
      throw new ClientGoneException(e);
    }
  }

  @Override
  public void flush() throws IOException {
    try {
      out.flush();
    } catch (CloseConnectionException e) {
      throw new ClientGoneException(e);
    }
  }

  @Override
  public void close() throws IOException {
    if (isShort()) {
      throw new IOException("the reply ended after " + bytes + " of " + declared + " bytes");
    }
    try {
      out.close();
    } catch (CloseConnectionException e) {
      throw new ClientGoneException(e);
    }
  }

  /** The number of bytes written so far. */
  long bytes() {
    return bytes;
  }

  /** Whether declared bytes are still missing. */
  boolean isShort() {
    return declared != UNKNOWN && bytes < declared;
  }
}
