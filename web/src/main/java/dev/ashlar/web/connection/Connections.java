package dev.ashlar.web.connection;

import io.helidon.common.buffers.BufferData;
import io.helidon.common.socket.SocketOptions;
import io.helidon.http.HeaderNames;
import io.helidon.http.Headers;
import io.helidon.webserver.CloseConnectionException;
import io.helidon.webserver.ConnectionContext;
import io.helidon.webserver.http1.Http1Config;
import io.helidon.webserver.http1.Http1ConnectionListener;
import io.helidon.webserver.http1.Http1ConnectionSelector;
import io.helidon.webserver.spi.ServerConnection;
import io.helidon.webserver.spi.ServerConnectionSelector;
import java.time.Duration;
import java.util.Set;
import java.util.concurrent.ConcurrentHashMap;
import java.util.regex.Pattern;

/** The connections of one server: HTTP/1.1 as Helidon speaks it, over guarded sockets. */
public final class Connections implements ServerConnectionSelector, AutoCloseable {
  private static final int WATCH_MILLIS_MAX = 250;
  private static final int HEAD_BYTES_MAX = 64 * 1024;

  private final ConnectionLimits limits;
  private final AcceptedSockets accepted = new AcceptedSockets();
  private final Set<Connection> open = ConcurrentHashMap.newKeySet();
  private final Http1ConnectionSelector http;
  private final Thread watch;
  private volatile boolean draining;

  /** Connections under these limits; close them after the server. */
  public Connections(ConnectionLimits limits) {
    this.limits = limits;
    this.http =
        Http1ConnectionSelector.builder()
            .config(
                Http1Config.builder()
                    .validatePrologue(false)
                    .validatePath(false)
                    .maxHeadersSize(HEAD_BYTES_MAX)
                    .maxPrologueLength(HEAD_BYTES_MAX)
                    .addReceiveListener(new RequestsBegun())
                    .build())
            .build();
    this.watch = Thread.ofVirtual().name("connection-watch").start(this::watch);
  }

  /** What the listener needs so that the connections can find their sockets. */
  public SocketOptions socketOptions() {
    return accepted;
  }

  @Override
  public ServerConnection connection(ConnectionContext ctx) {
    var socket = accepted.take(ctx.remotePeer().address());
    if (socket == null) {
      throw new CloseConnectionException("the accepted socket is unknown");
    }
    var connection = new Connection(socket, limits);
    open.add(connection);
    return http.connection(GuardedContext.of(ctx, connection));
  }

  @Override
  public int bytesToIdentifyConnection() {
    return http.bytesToIdentifyConnection();
  }

  @Override
  public Support supports(BufferData data) {
    return http.supports(data);
  }

  @Override
  public Set<String> supportedApplicationProtocols() {
    return http.supportedApplicationProtocols();
  }

  /**
   * From now on connections close as soon as no request is under way, so that a stopping server
   * need not wait for clients that keep them.
   */
  public void drain() {
    draining = true;
    open.forEach(Connection::cutIdle);
  }

  @Override
  public void close() {
    watch.interrupt();
  }

  private void watch() {
    long millis = Math.clamp(limits.silence().toMillis() / 10, 10, WATCH_MILLIS_MAX);
    try {
      while (true) {
        Thread.sleep(Duration.ofMillis(millis));
        open.removeIf(Connection::isClosed);
        open.forEach(Connection::cutSlowReader);
        if (draining) {
          open.forEach(Connection::cutIdle);
        }
      }
    } catch (InterruptedException _) {
      // the server stops
    }
  }

  /** Tells a connection that its request's headers are complete. */
  private static final class RequestsBegun implements Http1ConnectionListener {
    private static final Pattern LENGTH = Pattern.compile("[0-9]{1,18}");

    @Override
    public void headers(ConnectionContext ctx, Headers headers) {
      if (ctx instanceof GuardedContext guarded) {
        guarded.connection().beginRequest();
        guarded.dataReader().beginBody(declaredLength(headers));
      }
    }

    /** A length that is malformed, or beside a transfer coding, is refused by whoever routes. */
    private static long declaredLength(Headers headers) {
      return headers.contains(HeaderNames.TRANSFER_ENCODING)
          ? 0
          : headers
              .first(HeaderNames.CONTENT_LENGTH)
              .filter(text -> LENGTH.matcher(text).matches())
              .map(Long::parseLong)
              .orElse(0L);
    }
  }
}
