package dev.ashlar.web;

import dev.ashlar.web.connection.Connection;
import io.helidon.webserver.CloseConnectionException;
import java.io.ByteArrayOutputStream;
import java.io.IOException;
import java.io.OutputStream;
import java.util.Arrays;

/**
 * The body of a streamed reply. A reply of declared length that is closed before its end fails: it
 * must never look complete.
 *
 * <p>Small pieces are joined here. Where the length is declared, Helidon sees only the first byte
 * of a reply, which makes it write the headers; all further bytes go past it straight to the
 * connection, the first of them together with what it wrote, as it would allocate and copy for each
 * reply. Of a slice that does not begin with its array Helidon 4.1.7 writes, in {@code
 * FixedBufferData.writeTo}, as many bytes too many as stand before the slice, so it gets whole
 * arrays alone.
 */
final class ReplyOutput extends OutputStream {
  /** The length of a chunked reply. */
  static final long UNKNOWN = -1;

  /** Pieces of this size are not worth another copy. */
  private static final int LARGE_BYTES = 16 * 1024;

  private static final int HELD_BYTES_MAX = 64 * 1024;

  private final OutputStream helidon;
  private final Connection connection;
  private final long declared;
  private final ByteArrayOutputStream held = new ByteArrayOutputStream();
  private boolean begun;
  private long bytes;

  ReplyOutput(OutputStream helidon, Connection connection, long declared) {
    this.helidon = helidon;
    this.connection = connection;
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
    if (held.size() + length > HELD_BYTES_MAX || length >= LARGE_BYTES) {
      sendHeld();
    }
    if (length < LARGE_BYTES) {
      held.write(source, offset, length);
    } else {
      send(source, offset, length);
    }
    bytes += length;
  }

  private void sendHeld() throws IOException {
    if (held.size() > 0) {
      var joined = held.toByteArray();
      held.reset();
      if (declared == UNKNOWN) {
        byHelidon(joined);
      } else {
        send(joined, 0, joined.length);
      }
    }
  }

  private void send(byte[] source, int offset, int length) throws IOException {
    if (declared == UNKNOWN) {
      byHelidon(Arrays.copyOfRange(source, offset, offset + length));
    } else if (begun) {
      past(() -> connection.write(source, offset, length));
    } else {
      begun = true;
      var head = connection.gather(() -> byHelidon(new byte[] {source[offset]}));
      past(() -> connection.write(head, source, offset + 1, length - 1));
    }
  }

  /** Gives away an array that nobody changes afterwards: Helidon keeps the first one. */
  private void byHelidon(byte[] whole) throws IOException {
    try {
      helidon.write(whole, 0, whole.length);
    } catch (CloseConnectionException e) {
      throw new ClientGoneException(e);
    }
  }

  private static void past(Connection.Writing writing) throws ClientGoneException {
    try {
      writing.run();
    } catch (IOException e) {
      throw new ClientGoneException(e);
    }
  }

  @Override
  public void flush() throws IOException {
    sendHeld();
    try {
      helidon.flush();
    } catch (CloseConnectionException e) {
      throw new ClientGoneException(e);
    }
  }

  @Override
  public void close() throws IOException {
    if (isShort()) {
      throw new IOException("the reply ended after " + bytes + " of " + declared + " bytes");
    }
    sendHeld();
    try {
      helidon.close();
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
