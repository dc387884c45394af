package dev.ashlar.web;

import dev.ashlar.core.problem.Kind;
import dev.ashlar.core.problem.Problem.Invalid;
import dev.ashlar.core.problem.Problem.Missing;
import dev.ashlar.core.problem.Problem.Moved;
import dev.ashlar.core.problem.ProblemException;
import dev.ashlar.web.connection.ConnectionLimits;
import dev.ashlar.web.connection.Connections;
import io.helidon.webserver.CloseConnectionException;
import io.helidon.webserver.WebServer;
import io.helidon.webserver.http.RoutingResponse;
import io.helidon.webserver.http.ServerRequest;
import io.helidon.webserver.http.ServerResponse;
import java.io.IOException;
import java.io.UncheckedIOException;
import java.lang.System.Logger.Level;
import java.net.InetSocketAddress;
import java.time.Duration;

/** A listening server: routes requests, maps problems, and gives every answer a request id. */
public final class HttpServer implements AutoCloseable {
  private static final System.Logger LOG = System.getLogger(HttpServer.class.getName());

  /** What is worth joining is joined in {@link ReplyOutput}. */
  private static final int WRITE_BUFFER_BYTES = 1;

  private static final Duration GRACE = Duration.ofSeconds(15);
  private static final Duration NEVER = Duration.ofDays(365);

  private final Routes routes;
  private final PublicUrl publicUrl;
  private final AccessLog log;
  private final Connections connections;
  private final WebServer server;

  /** Binds and starts with the usual limits; port 0 picks a free one. */
  public HttpServer(InetSocketAddress listen, PublicUrl publicUrl, Routes routes) {
    this(listen, publicUrl, routes, ConnectionLimits.DEFAULT, new Metrics());
  }

  /** Binds and starts; port 0 picks a free one. */
  public HttpServer(
      InetSocketAddress listen,
      PublicUrl publicUrl,
      Routes routes,
      ConnectionLimits limits,
      Metrics metrics) {
    this.routes = routes;
    this.publicUrl = publicUrl;
    this.log = new AccessLog(metrics);
    this.connections = new Connections(limits);
    var config =
        WebServer.builder()
            .address(listen.getAddress())
            .port(listen.getPort())
            .shutdownHook(false)
            .shutdownGracePeriod(GRACE)
            .writeBufferSize(WRITE_BUFFER_BYTES)
            .idleConnectionTimeout(NEVER)
            .connectionOptions(connections.socketOptions())
            .protocolsDiscoverServices(false)
            .addConnectionSelector(connections)
            .contentEncoding(new NoCodings())
            .directHandlers(EarlyReplies.handlers())
            .routing(routing -> routing.any(this::serve))
            .buildPrototype();
    this.server = WebServer.create(ReceiveBuffers.ofKernel(config)).start();
  }

  /** The bound port. */
  public int port() {
    return server.port();
  }

  @Override
  public void close() {
    connections.drain();
    server.stop();
    connections.close();
  }

  private void serve(ServerRequest request, ServerResponse response) {
    long began = System.nanoTime();
    var exchange = new Exchange(request, (RoutingResponse) response, publicUrl);
    boolean whole = false;
    try {
      answer(exchange, request);
      exchange.complete();
      whole = true;
    } finally {
      log.answered(exchange, began, whole);
    }
    exchange.settle();
  }

  private void answer(Exchange exchange, ServerRequest request) {
    try {
      Framing.check(request.headers());
      if (Cors.isPreflight(exchange)) {
        exchange.send(Cors.preflight(exchange));
      } else {
        route(exchange);
      }
    } catch (ProblemException e) {
      var reply =
          e.problem() instanceof Moved moved
              ? MovedReply.of(exchange, moved)
              : Problems.reply(e.problem());
      if (reply.status() >= 500) {
        LOG.log(Level.WARNING, "request refused id=" + exchange.requestId(), e);
      }
      fail(exchange, reply, e);
    } catch (ClientGoneException e) {
      throw new CloseConnectionException(e.getMessage(), e);
    } catch (CloseConnectionException e) {
      throw e;
    } catch (IOException | RuntimeException e) {
      if (e instanceof UncheckedIOException && e.getCause() instanceof ClientGoneException) {
        throw new CloseConnectionException("the client closed the connection", e);
      }
      LOG.log(Level.ERROR, "request failed id=" + exchange.requestId(), e);
      fail(exchange, Problems.of(500, "", "internal error, request " + exchange.requestId()), e);
    }
  }

  private void route(Exchange exchange) throws IOException {
    if (!exchange.rawPath().startsWith("/")) {
      throw new ProblemException(new Invalid("request line", "its target must be a path"));
    }
    var match =
        routes
            .find(exchange.method(), exchange.rawPath())
            .orElseThrow(() -> new ProblemException(new Missing(Kind.ROUTE, exchange.rawPath())));
    exchange.matched(match.rawParams());
    match.handler().handle(exchange);
    if (!exchange.isSent()) {
      throw new IllegalStateException("no reply was given");
    }
  }

  /** Answers with the failure, or drops the connection when a part of another answer has left. */
  private static void fail(Exchange exchange, Reply reply, Exception cause) {
    if (!exchange.restart()) {
      throw new CloseConnectionException("the reply had begun", cause);
    }
    exchange.send(reply);
  }
}
