package dev.ashlar.web;

import dev.ashlar.web.connection.Connection;
import io.helidon.webserver.CloseConnectionException;
import io.helidon.webserver.http.RoutingResponse;
import java.io.ByteArrayOutputStream;
import java.io.IOException;
import java.io.OutputStream;
import org.jspecify.annotations.Nullable;

/**
 * The body of a streamed reply. A reply of declared length that is closed before its end fails: it
 * must never look complete.
 *
 * <p>Small pieces are joined here. Of a large reply Helidon sees only the first byte, which makes
 * it write the headers; all further bytes go past it straight to the connection, the first of them
 * together with what it wrote, as it would allocate and copy for each reply. A reply of which
 * nothing has left when it ends is sent as a whole, with its length.
 *
 * <p>Of Helidon 4.1.7 two things must not be used: of a slice that does not begin with its array it
 * writes, in {@code FixedBufferData.writeTo}, as many bytes too many as stand before the slice, so
 * it gets whole arrays alone; and to a client that takes trailers it writes them behind the length
 * that it gives to a small stream, where the next reply belongs.
 */
final class ReplyOutput extends OutputStream {
  /** The length of a chunked reply. */
  static final long UNKNOWN = -1;

  /** Pieces of this size are not worth another copy. */
  private static final int LARGE_BYTES = 16 * 1024;

  private static final int HELD_BYTES_MAX = 64 * 1024;
  private static final byte[] NOTHING = {};

  private final RoutingResponse response;
  private final Connection connection;
  private final long declared;
  private final ByteArrayOutputStream held = new ByteArrayOutputStream();
  private @Nullable ChunkFrames frames;
  private @Nullable OutputStream begun;
  private boolean ended;
  private long bytes;

  ReplyOutput(RoutingResponse response, Connection connection, long declared) {
    this.response = response;
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
    if (declared == UNKNOWN) {
      writeChunked(source, offset, length);
    } else {
      writeDeclared(source, offset, length);
    }
    bytes += length;
  }

  private void writeDeclared(byte[] source, int offset, int length) throws IOException {
    if (held.size() + length > HELD_BYTES_MAX || length >= LARGE_BYTES) {
      sendHeld();
    }
    if (length < LARGE_BYTES) {
      held.write(source, offset, length);
    } else {
      send(source, offset, length);
    }
  }

  private void writeChunked(byte[] source, int offset, int length) throws IOException {
    if (frames == null && held.size() + length < LARGE_BYTES) {
      held.write(source, offset, length);
      return;
    }
    if (frames == null) {
      frames = new ChunkFrames(connection);
      var before = held.toByteArray();
      held.reset();
      frame(frames, before, 0, before.length);
    }
    frame(frames, source, offset, length);
  }

  private void frame(ChunkFrames into, byte[] source, int offset, int length) throws IOException {
    int at = into.add(source, offset, length);
    while (at < length) {
      sendChunk(into);
      at += into.add(source, offset + at, length - at);
    }
  }

  private void sendChunk(ChunkFrames full) throws IOException {
    var head = begun != null ? NOTHING : connection.gather(() -> beginChunked(full.removeFirst()));
    past(() -> full.send(head, NOTHING));
  }

  /** Lets Helidon write the headers, and a chunk of one byte. */
  private void beginChunked(byte first) throws IOException {
    byHelidon(new byte[] {first});
    flushBegun();
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
    if (begun != null) {
      past(() -> connection.write(source, offset, length));
    } else {
      var head = connection.gather(() -> byHelidon(new byte[] {source[offset]}));
      past(() -> connection.write(head, source, offset + 1, length - 1));
    }
  }

  /**
   * Begins the reply if need be. Gives away an array that nobody changes afterwards: Helidon keeps
   * the first one.
   */
  private void byHelidon(byte[] whole) throws IOException {
    if (begun == null) {
      begun = response.outputStream();
    }
    try {
      begun.write(whole, 0, whole.length);
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
    if (frames != null) {
      sendChunk(frames);
      return;
    }
    sendHeld();
    flushBegun();
  }

  private void flushBegun() throws IOException {
    if (begun == null) {
      return;
    }
    try {
      begun.flush();
    } catch (CloseConnectionException e) {
      throw new ClientGoneException(e);
    }
  }

  @Override
  public void close() throws IOException {
    if (bytes < declared) {
      throw new IOException("the reply ended after " + bytes + " of " + declared + " bytes");
    }
    if (begun != null || declared != UNKNOWN) {
      sendHeld();
    }
    ended = true;
  }

  /**
   * Lets the end of the reply go out, or the whole when nothing has left. What Helidon puts behind
   * chunks leaves with the last of them.
   */
  void complete() {
    if (!ended) {
      throw new CloseConnectionException("the reply was not ended");
    }
    var last = frames;
    if (begun == null) {
      response.send(last == null ? held.toByteArray() : last.held());
    } else if (last == null) {
      response.commit();
    } else {
      sendLast(last);
    }
    if (last != null) {
      last.release();
    }
  }

  private void sendLast(ChunkFrames last) {
    try {
      var behind = connection.gather(response::commit);
      last.send(NOTHING, behind);
    } catch (IOException e) {
      throw new CloseConnectionException("the client closed the connection", e);
    }
  }

  /** The number of bytes written so far. */
  long bytes() {
    return bytes;
  }
}
