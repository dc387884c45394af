package dev.ashlar.web.connection;

import io.helidon.webserver.CloseConnectionException;
import io.helidon.webserver.ServerConnectionException;
import java.io.ByteArrayOutputStream;
import java.io.IOException;
import java.net.Socket;
import java.net.SocketTimeoutException;
import java.util.Arrays;
import org.jspecify.annotations.Nullable;

/**
 * One client connection and what it waits for. Its reads carry a timeout that fits the phase of the
 * request; its writes are watched by {@link Connections}, as sockets have no timeout for them.
 */
public final class Connection {
  private static final ThreadLocal<Connection> CURRENT = new ThreadLocal<>();
  private static final int READ_BYTES = 64 * 1024;
  private static final int WRITE_BYTES = SliceBuffers.BYTES;
  private static final int GATHERED_BYTES = 2 * 1024;
  private static final int PEEK_MILLIS = 1;
  private static final int PEEK_BYTES = 1024;
  private static final double NANOS_A_SECOND = 1e9;
  private static final int LINGER_BYTES_MAX = 64 << 20;
  private static final long LINGER_MILLIS_MAX = 10_000;
  private static final int LINGER_SILENCE_MILLIS = 2_000;

  private enum Phase {
    IDLE,
    HEAD,
    BODY
  }

  private final Socket socket;
  private final ConnectionLimits limits;
  private final byte[] block = new byte[READ_BYTES];
  private volatile Phase phase = Phase.IDLE;
  private long headEndsMillis;
  private long bodyBytes;
  private long bodyWaitedNanos;
  private volatile long writingSinceMillis;
  private byte @Nullable [] early;
  private @Nullable ByteArrayOutputStream gathered;

  Connection(Socket socket, ConnectionLimits limits) {
    this.socket = socket;
    this.limits = limits;
  }

  /** The connection whose request the calling thread handles. */
  public static Connection current() {
    var connection = CURRENT.get();
    if (connection == null) {
      throw new IllegalStateException("no request is handled on this thread");
    }
    return connection;
  }

  /** The request's headers are read, by the thread that will handle it. */
  void beginRequest() {
    phase = Phase.BODY;
    bodyBytes = 0;
    bodyWaitedNanos = 0;
    CURRENT.set(this);
  }

  /** The request is answered and nothing of it is left to read. */
  public void endRequest() {
    phase = Phase.IDLE;
  }

  /** The next bytes from the client, or null at the end of the stream. */
  byte @Nullable [] pull() {
    var bytes = early;
    early = null;
    if (bytes == null) {
      int n = receive(block.length);
      bytes = n < 0 ? null : Arrays.copyOf(block, n);
    }
    if (bytes != null && phase == Phase.IDLE) {
      phase = Phase.HEAD;
      headEndsMillis = nowMillis() + limits.head().toMillis();
    }
    return bytes;
  }

  /** Whether bytes are kept that came before somebody wanted them. */
  boolean hasEarly() {
    return early != null;
  }

  /**
   * Waits for at most so many bytes and tells how many came, or -1 at the end of the stream. They
   * stand at the beginning of {@link #block} until the next reading.
   */
  int receive(long bytesMax) {
    try {
      long began = System.nanoTime();
      int n = read((int) Math.min(bytesMax, block.length));
      if (phase == Phase.BODY) {
        bodyBytes += Math.max(0, n);
        bodyWaitedNanos += System.nanoTime() - began;
        requireRate();
      }
      return n;
    } catch (SocketTimeoutException e) {
      throw phase == Phase.BODY
          ? new StalledException("nothing came for " + limits.silence().toMillis() / 1000.0 + " s")
          : new CloseConnectionException("no whole request came in time", e);
    } catch (IOException e) {
      throw new ServerConnectionException("reading failed", e);
    }
  }

  /** Where bytes are received. */
  byte[] block() {
    return block;
  }

  /** A byte in each silence would keep a request alive for years. */
  private void requireRate() {
    if (bodyWaitedNanos > limits.silence().toNanos()
        && bodyBytes < limits.bodyRate() * (bodyWaitedNanos / NANOS_A_SECOND)) {
      throw new StalledException("less than " + limits.bodyRate() + " bytes a second came");
    }
  }

  private int read(int bytesMax) throws IOException {
    long millis =
        switch (phase) {
          case IDLE -> limits.idle().toMillis();
          case HEAD -> headEndsMillis - nowMillis();
          case BODY -> limits.silence().toMillis();
        };
    if (millis <= 0) {
      throw new SocketTimeoutException();
    }
    socket.setSoTimeout((int) millis);
    return socket.getInputStream().read(block, 0, bytesMax);
  }

  /**
   * Whether the client has closed the connection. Only the thread that handles the request may ask,
   * which alone reads from it; what the client has sent meanwhile is kept for the next reading.
   */
  public boolean isAbandoned() {
    if (early != null) {
      return false;
    }
    try {
      socket.setSoTimeout(PEEK_MILLIS);
      var peeked = new byte[PEEK_BYTES];
      int n = socket.getInputStream().read(peeked);
      early = n < 0 ? null : Arrays.copyOf(peeked, n);
      return n < 0;
    } catch (SocketTimeoutException _) {
      return false;
    } catch (IOException _) {
      return true;
    }
  }

  /** Something that writes to a connection. */
  @FunctionalInterface
  public interface Writing {
    /** Writes. */
    void run() throws IOException;
  }

  /** What {@code writing} would send, which is little; it is for the caller to send it. */
  public byte[] gather(Writing writing) throws IOException {
    var instead = new ByteArrayOutputStream(GATHERED_BYTES);
    gathered = instead;
    try {
      writing.run();
    } finally {
      gathered = null;
    }
    return instead.toByteArray();
  }

  /** Writes both; what fits one slice leaves at once, and wakes the client once. */
  public void write(byte[] head, byte[] bytes, int offset, int length) throws IOException {
    int room = Math.clamp(WRITE_BYTES - head.length, 0, length);
    if (room == 0) {
      write(head, 0, head.length);
    } else {
      var slice = SliceBuffers.take();
      System.arraycopy(head, 0, slice, 0, head.length);
      System.arraycopy(bytes, offset, slice, head.length, room);
      write(slice, 0, head.length + room);
      SliceBuffers.give(slice);
    }
    write(bytes, offset + room, length - room);
  }

  /** Writes in slices, so that the watch sees whether the client still takes something. */
  public void write(byte[] bytes, int offset, int length) throws IOException {
    if (gathered != null) {
      gathered.write(bytes, offset, length);
      return;
    }
    var out = socket.getOutputStream();
    try {
      for (int at = 0; at < length; at += WRITE_BYTES) {
        writingSinceMillis = nowMillis();
        out.write(bytes, offset + at, Math.min(WRITE_BYTES, length - at));
      }
    } finally {
      writingSinceMillis = 0;
    }
  }

  /** Closes the connection when a write has been waiting for too long. */
  void cutSlowReader() {
    long since = writingSinceMillis;
    if (since != 0 && nowMillis() - since > limits.silence().toMillis()) {
      close();
    }
  }

  /** Closes the connection when no request is under way on it. */
  void cutIdle() {
    if (phase == Phase.IDLE) {
      close();
    }
  }

  boolean isClosed() {
    return socket.isClosed();
  }

  private void close() {
    try {
      socket.close();
    } catch (IOException _) {
      // it is given up in any case
    }
  }

  /**
   * Ends the connection behind an answer that was given before the whole request was read. Closing
   * at once would make the kernel send a reset, and a reset can overtake the answer; so only our
   * side is closed, and what the client still sends is read and dropped, within bounds.
   */
  public void linger() {
    try {
      socket.shutdownOutput();
      socket.setSoTimeout(LINGER_SILENCE_MILLIS);
      long end = nowMillis() + LINGER_MILLIS_MAX;
      long bytes = 0;
      int n = 0;
      while (n >= 0 && bytes < LINGER_BYTES_MAX && nowMillis() < end) {
        n = socket.getInputStream().read(block, 0, block.length);
        bytes += n;
      }
    } catch (IOException _) {
      // the client is gone or silent: nothing is left to do for it
    }
  }

  private static long nowMillis() {
    return System.nanoTime() / 1_000_000;
  }
}
