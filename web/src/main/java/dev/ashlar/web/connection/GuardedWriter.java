package dev.ashlar.web.connection;

import io.helidon.common.buffers.BufferData;
import io.helidon.common.buffers.DataWriter;
import io.helidon.webserver.ServerConnectionException;
import java.io.IOException;
import java.io.OutputStream;
import java.io.UncheckedIOException;

/** Writes through the connection, which watches how long it takes. */
final class GuardedWriter implements DataWriter {
  private final OutputStream out;

  GuardedWriter(Connection connection) {
    this.out =
        new OutputStream() {
          @Override
          public void write(int b) throws IOException {
            connection.write(new byte[] {(byte) b}, 0, 1);
          }

          @Override
          public void write(byte[] bytes, int offset, int length) throws IOException {
            connection.write(bytes, offset, length);
          }
        };
  }

  @Override
  public void write(BufferData... buffers) {
    write(BufferData.create(buffers));
  }

  @Override
  public void write(BufferData buffer) {
    try {
      buffer.writeTo(out);
    } catch (UncheckedIOException e) {
      throw new ServerConnectionException("writing failed", e);
    }
  }

  @Override
  public void writeNow(BufferData... buffers) {
    write(buffers);
  }

  @Override
  public void writeNow(BufferData buffer) {
    write(buffer);
  }
}
