package dev.ashlar.web;

import dev.ashlar.core.problem.Kind;
import dev.ashlar.core.problem.Problem.Missing;
import dev.ashlar.core.problem.ProblemException;
import io.helidon.http.HeaderNames;
import io.helidon.webserver.WebServer;
import io.helidon.webserver.http.ServerRequest;
import io.helidon.webserver.http.ServerResponse;
import io.helidon.webserver.http1.Http1Config;
import java.io.IOException;
import java.lang.System.Logger.Level;
import java.net.InetSocketAddress;
import java.time.Duration;
import java.util.UUID;
import java.util.regex.Pattern;

/** A listening server: routes requests, maps problems, and gives every answer a request id. */
public final class HttpServer implements AutoCloseable {
  private static final System.Logger LOG = System.getLogger(HttpServer.class.getName());
  private static final Pattern REQUEST_ID = Pattern.compile("[A-Za-z0-9._:;=/+-]{1,128}");
  private static final int WRITE_BUFFER_BYTES = 256 * 1024;
  private static final int HEADER_BYTES_MAX = 64 * 1024;
  private static final Duration GRACE = Duration.ofSeconds(15);

  private final Routes routes;
  private final PublicUrl publicUrl;
  private final WebServer server;

  /** Binds and starts; port 0 picks a free one. */
  public HttpServer(InetSocketAddress listen, PublicUrl publicUrl, Routes routes) {
    this.routes = routes;
    this.publicUrl = publicUrl;
    this.server =
        WebServer.builder()
            .address(listen.getAddress())
            .port(listen.getPort())
            .shutdownHook(false)
            .shutdownGracePeriod(GRACE)
            .writeBufferSize(WRITE_BUFFER_BYTES)
            .addProtocol(
                Http1Config.builder()
                    .validatePrologue(false)
                    .maxHeadersSize(HEADER_BYTES_MAX)
                    .maxPrologueLength(HEADER_BYTES_MAX)
                    .build())
            .routing(routing -> routing.any(this::serve))
            .build()
            .start();
  }

  /** The bound port. */
  public int port() {
    return server.port();
  }

  @Override
  public void close() {
    server.stop();
  }

  private void serve(ServerRequest request, ServerResponse response) {
    response.header(HeaderNames.create("X-Request-Id"), requestId(request));
    var exchange = new Exchange(request, response, path(request), publicUrl);
    try {
      var match =
          routes
              .find(exchange.method(), exchange.rawPath())
              .orElseThrow(() -> new ProblemException(new Missing(Kind.ROUTE, exchange.rawPath())));
      exchange.matched(match.rawParams());
      match.handler().handle(exchange);
    } catch (ProblemException e) {
      fail(exchange, Problems.reply(e.problem()), e);
    } catch (IOException | RuntimeException e) {
      LOG.log(Level.ERROR, "request failed id=" + exchange.requestId(), e);
      fail(exchange, Problems.of(500, "", "internal error, request " + exchange.requestId()), e);
    }
  }

  private static void fail(Exchange exchange, Reply reply, Exception cause) {
    if (exchange.isSent()) {
      throw new IllegalStateException("the reply had begun", cause);
    }
    exchange.send(reply);
  }

  private String path(ServerRequest request) {
    var raw = request.prologue().uriPath().rawPath();
    var prefix = publicUrl.prefix();
    return !prefix.isEmpty() && (raw.equals(prefix) || raw.startsWith(prefix + "/"))
        ? "/" + raw.substring(Math.min(raw.length(), prefix.length() + 1))
        : raw;
  }

  private static String requestId(ServerRequest request) {
    for (var name : new String[] {"X-Request-Id", "X-Amzn-Trace-Id"}) {
      var sent = request.headers().first(HeaderNames.create(name)).orElse("");
      if (REQUEST_ID.matcher(sent).matches()) {
        return sent;
      }
    }
    return UUID.randomUUID().toString();
  }
}
