package dev.ashlar.web.connection;

import io.helidon.common.buffers.BufferData;
import io.helidon.common.buffers.DataReader;
import io.helidon.http.BadRequestException;

/**
 * Reads with limits where the HTTP parser has none: it would gather a chunk of any declared size,
 * and a chunk header of any length, in memory.
 */
final class GuardedReader extends DataReader {
  private static final int PIECE_BYTES_MAX = 16 << 20;
  private static final int LINE_BYTES_MAX = 8 * 1024;

  GuardedReader(Connection connection) {
    super(connection::pull);
  }

  @Override
  public BufferData readBuffer(int length) {
    if (length > PIECE_BYTES_MAX) {
      throw new BadRequestException("a chunk has at most " + PIECE_BYTES_MAX + " bytes");
    }
    return super.readBuffer(length);
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
