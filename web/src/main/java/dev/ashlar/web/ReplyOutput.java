package dev.ashlar.web;

import dev.ashlar.web.connection.Connection;
import io.helidon.webserver.CloseConnectionException;
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
 * together with what it wrote, as it would allocate and copy for each reply. A chunked reply is
 * Helidon's while it is small: then it gets a length. Of a slice that does not begin with its array
 * Helidon 4.1.7 writes, in {@code FixedBufferData.writeTo}, as many bytes too many as stand before
 * the slice, so it gets whole arrays alone.
 */
final class ReplyOutput extends OutputStream {
  /** The length of a chunked reply. */
  static final long UNKNOWN = -1;

  /** Pieces of this size are not worth another copy. */
  private static final int LARGE_BYTES = 16 * 1024;

  private static final int HELD_BYTES_MAX = 64 * 1024;
  private static final byte[] NOTHING = {};

  private final OutputStream helidon;
  private final Connection connection;
  private final long declared;
  private final ByteArrayOutputStream held = new ByteArrayOutputStream();
  private @Nullable ChunkFrames frames;
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
    var head = begun ? NOTHING : connection.gather(() -> beginChunked(full.removeFirst()));
    past(() -> full.send(head, NOTHING));
  }

  /** Lets Helidon write the headers, and a chunk of one byte. */
  private void beginChunked(byte first) throws IOException {
    begun = true;
    helidon.write(new byte[] {first});
    helidon.flush();
  }

  private void release(ChunkFrames done) {
    done.release();
    frames = null;
  }

  private void sendHeld() throws IOException {
    if (held.size() > 0) {
      var joined = held.toByteArray();
      held.reset();
      if (declared == UNKNOWN) {
        begun = true;
        byHelidon(joined);
      } else {
        send(joined, 0, joined.length);
      }
    }
  }

  private void send(byte[] source, int offset, int length) throws IOException {
    if (begun) {
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
    if (frames != null) {
      sendChunk(frames);
      return;
    }
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
    if (frames != null && !begun) {
      byHelidon(frames.held());
      release(frames);
    }
    sendHeld();
    try {
      helidon.close();
    } catch (CloseConnectionException e) {
      throw new ClientGoneException(e);
    }
  }

  /**
   * Lets the end of the reply go out. What Helidon puts behind chunks leaves with the last of them.
   */
  void complete(Runnable commit) {
    var last = frames;
    if (last == null) {
      commit.run();
      return;
    }
    if (!begun) {
      throw new CloseConnectionException("the reply was not ended");
    }
    try {
      var behind = connection.gather(commit::run);
      last.send(NOTHING, behind);
    } catch (IOException e) {
      throw new CloseConnectionException("the client closed the connection", e);
    }
    release(last);
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
