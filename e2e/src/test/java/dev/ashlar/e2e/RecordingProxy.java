package dev.ashlar.e2e;

import com.sun.net.httpserver.HttpExchange;
import com.sun.net.httpserver.HttpServer;
import java.io.IOException;
import java.io.InputStream;
import java.io.OutputStream;
import java.net.InetAddress;
import java.net.InetSocketAddress;
import java.net.URI;
import java.net.http.HttpClient;
import java.net.http.HttpRequest;
import java.net.http.HttpRequest.BodyPublishers;
import java.net.http.HttpResponse.BodyHandlers;
import java.time.Duration;
import java.time.Instant;
import java.util.List;
import java.util.Locale;
import java.util.Optional;
import java.util.Set;
import java.util.concurrent.ConcurrentHashMap;
import java.util.concurrent.CopyOnWriteArrayList;
import java.util.concurrent.Executors;
import java.util.concurrent.atomic.AtomicInteger;
import java.util.zip.CRC32;
import java.util.zip.CheckedInputStream;

/**
 * An HTTP proxy in front of a server that notes each request and the status of its answer. It
 * passes the Host header on, so that the server's own URLs lead through the proxy as well; the JDK
 * allows that by a system property, which this module's pom sets.
 */
final class RecordingProxy implements AutoCloseable {
  private static final Set<String> OF_ONE_HOP =
      Set.of("connection", "content-length", "transfer-encoding", "expect", "upgrade");

  /** A request as it passed by, with a checksum of its body, and the status of its answer. */
  record Seen(String method, String path, String range, long body, int status) {
    /** All that makes it the same request as another. */
    Seen request() {
      return new Seen(method, path, range, body, 0);
    }

    @Override
    public String toString() {
      return status + " " + method + " " + path + (range.isEmpty() ? "" : " " + range);
    }
  }

  private static final long IN_MEMORY_MAX = 1 << 20;
  private static final Duration IDLE = Duration.ofMillis(300);
  private static final Duration IDLE_WAIT_MAX = Duration.ofMinutes(1);

  private final HttpServer server;
  private final HttpClient http =
      HttpClient.newBuilder().version(HttpClient.Version.HTTP_1_1).build();
  private final List<Seen> seen = new CopyOnWriteArrayList<>();
  private final Set<String> failing = ConcurrentHashMap.newKeySet();
  private final AtomicInteger open = new AtomicInteger();

  /** Listens on a free port and passes on to the server on that other one. */
  RecordingProxy(int target) throws IOException {
    server = HttpServer.create(new InetSocketAddress(InetAddress.getLoopbackAddress(), 0), 0);
    server.setExecutor(Executors.newVirtualThreadPerTaskExecutor());
    server.createContext("/", exchange -> counted(exchange, target));
    server.start();
  }

  /** In front of that stack. */
  static RecordingProxy before(Stack stack) throws IOException {
    return new RecordingProxy(URI.create(stack.url()).getPort());
  }

  String url() {
    return "http://127.0.0.1:" + server.getAddress().getPort();
  }

  /** Answers the next request whose path has this part with 503, as a tired proxy would. */
  void failOnce(String part) {
    failing.add(part);
  }

  /** What has passed by so far. */
  List<Seen> seen() {
    return List.copyOf(seen);
  }

  /** Waits until what a client asked for that was killed has passed by as well. */
  void awaitIdle() throws InterruptedException {
    var deadline = Instant.now().plus(IDLE_WAIT_MAX);
    var idleSince = Instant.now();
    while (Instant.now().isBefore(idleSince.plus(IDLE))) {
      if (open.get() > 0) {
        idleSince = Instant.now();
      }
      if (idleSince.isAfter(deadline)) {
        throw new IllegalStateException("requests are still open: " + open.get());
      }
      Thread.sleep(10);
    }
  }

  private void counted(HttpExchange exchange, int target) throws IOException {
    open.incrementAndGet();
    try {
      pass(exchange, target);
    } finally {
      open.decrementAndGet();
    }
  }

  private void pass(HttpExchange exchange, int target) throws IOException {
    var asked = exchange.getRequestHeaders();
    var uri = exchange.getRequestURI();
    var checksum = new CRC32();
    var in = new CheckedInputStream(exchange.getRequestBody(), checksum);
    long announced =
        Optional.ofNullable(asked.getFirst("Content-Length")).map(Long::valueOf).orElse(-1L);
    if (failing.removeIf(uri.getPath()::contains)) {
      in.transferTo(OutputStream.nullOutputStream());
      var sum = checksum.getValue();
      seen.add(new Seen(exchange.getRequestMethod(), uri.toString(), "", sum, 503));
      exchange.sendResponseHeaders(503, -1);
      exchange.close();
      return;
    }
    var request =
        HttpRequest.newBuilder(URI.create("http://127.0.0.1:" + target + uri))
            .method(exchange.getRequestMethod(), body(in, announced));
    asked.forEach(
        (name, values) -> {
          if (!OF_ONE_HOP.contains(name.toLowerCase(Locale.ROOT))) {
            values.forEach(value -> request.header(name, value));
          }
        });
    try (exchange) {
      var reply = http.send(request.build(), BodyHandlers.ofInputStream());
      var range = Optional.ofNullable(asked.getFirst("Range")).orElse("");
      seen.add(
          new Seen(
              exchange.getRequestMethod(),
              uri.toString(),
              range,
              checksum.getValue(),
              reply.statusCode()));
      reply
          .headers()
          .map()
          .forEach(
              (name, values) -> {
                if (!OF_ONE_HOP.contains(name.toLowerCase(Locale.ROOT))) {
                  exchange.getResponseHeaders().put(name, values);
                }
              });
      var length = reply.headers().firstValueAsLong("Content-Length");
      boolean isHead = exchange.getRequestMethod().equals("HEAD");
      if (isHead) {
        length.ifPresent(
            bytes -> exchange.getResponseHeaders().set("Content-Length", Long.toString(bytes)));
      }
      boolean isEmpty = isHead || length.orElse(-1) == 0 || reply.statusCode() == 304;
      exchange.sendResponseHeaders(reply.statusCode(), isEmpty ? -1 : length.orElse(0));
      if (!isEmpty) {
        try (var answer = reply.body()) {
          answer.transferTo(exchange.getResponseBody());
        }
      }
    } catch (InterruptedException e) {
      throw new IllegalStateException(e);
    }
  }

  /** Small bodies are read here, whatever their framing; large ones pass through as they come. */
  private static HttpRequest.BodyPublisher body(InputStream in, long announced) throws IOException {
    if (announced > IN_MEMORY_MAX) {
      return BodyPublishers.fromPublisher(BodyPublishers.ofInputStream(() -> in), announced);
    }
    var bytes = in.readAllBytes();
    return bytes.length == 0 ? BodyPublishers.noBody() : BodyPublishers.ofByteArray(bytes);
  }

  @Override
  public void close() {
    server.stop(0);
    http.close();
  }
}
