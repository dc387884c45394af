package dev.ashlar.web.connection;

import io.helidon.common.buffers.BufferData;
import io.helidon.common.buffers.DataReader;
import io.helidon.http.BadRequestException;

/**
 * Reads with limits where the HTTP parser has none: it would gather a chunk of any declared size,
 * and a chunk header of any length, in memory.
 *
 * <p>A body of declared length is not gathered at all. Its bytes stay in the connection's one block
 * until the handler has taken them, and only then is more received: an upload of gigabytes makes no
 * garbage.
 */
final class GuardedReader extends DataReader {
  private static final int PIECE_BYTES_MAX = 16 << 20;
  private static final int LINE_BYTES_MAX = 8 * 1024;

  private final Connection connection;
  private long bodyLeft;
  private int at;
  private int end;

  GuardedReader(Connection connection) {
    super(connection::pull);
    this.connection = connection;
  }

  /** What comes next is a body of so many bytes; 0 when there is none, or of unknown length. */
  void beginBody(long bytes) {
    bodyLeft = bytes;
    at = 0;
    end = 0;
  }

  @Override
  public void ensureAvailable() {
    if (at < end) {
      return;
    }
    if (bodyLeft == 0 || super.available() > 0 || connection.hasEarly()) {
      super.ensureAvailable();
      return;
    }
    int n = connection.receive(bodyLeft);
    if (n < 0) {
      throw new InsufficientDataAvailableException();
    }
    at = 0;
    end = n;
  }

  @Override
  public int available() {
    return at < end ? end - at : super.available();
  }

  @Override
  public BufferData readBuffer(int length) {
    if (length > PIECE_BYTES_MAX) {
      throw new BadRequestException("a chunk has at most " + PIECE_BYTES_MAX + " bytes");
    }
    bodyLeft -= Math.min(bodyLeft, length);
    if (at == end) {
      return super.readBuffer(length);
    }
    var bytes = BufferData.create(connection.block(), at, Math.min(length, end - at));
    at += bytes.available();
    return bytes;
  }

  @Override
  public String readLine() {
    int length = findNewLine(LINE_BYTES_MAX);
    if (length >= LINE_BYTES_MAX) {
      throw new BadRequestException("a chunk header has at most " + LINE_BYTES_MAX + " bytes");
    }
    var line = readAsciiString(length);
    skip(2);
    return line;
  }
}
