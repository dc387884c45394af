package dev.ashlar.e2e;

import static java.nio.charset.StandardCharsets.UTF_8;

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
import java.net.http.HttpResponse;
import java.net.http.HttpResponse.BodyHandlers;
import java.security.MessageDigest;
import java.security.NoSuchAlgorithmException;
import java.time.Duration;
import java.time.Instant;
import java.util.HexFormat;
import java.util.List;
import java.util.Locale;
import java.util.Optional;
import java.util.Set;
import java.util.concurrent.ConcurrentHashMap;
import java.util.concurrent.CopyOnWriteArrayList;
import java.util.concurrent.Executors;
import java.util.concurrent.atomic.AtomicInteger;
import java.util.regex.Pattern;
import java.util.stream.Collectors;
import java.util.zip.CRC32;
import java.util.zip.CheckedInputStream;
import java.util.zip.Checksum;
import org.jspecify.annotations.Nullable;

/**
 * An HTTP proxy in front of a server that notes each request and the status of its answer. It
 * passes the Host header on, so that the server's own URLs lead through the proxy as well; the JDK
 * allows that by a system property, which this module's pom sets.
 */
final class RecordingProxy implements AutoCloseable {
  private static final Set<String> OF_ONE_HOP =
      Set.of("connection", "content-length", "transfer-encoding", "expect", "upgrade");

  private static final Set<String> CONDITIONS =
      Set.of("if-match", "if-none-match", "if-modified-since", "if-unmodified-since", "if-range");

  /**
   * A request as it passed by, with the hash of what says who calls, a checksum of its body, and
   * the status of its answer: {@link #BROKEN} if the server broke it off, {@link #LEFT} if the
   * client did not wait for its end. Xet and signed URLs name their caller in the path, and their
   * tokens are new each time, so those are left out.
   */
  record Seen(
      String method,
      String path,
      String range,
      String conditions,
      String caller,
      Body body,
      int status) {
    /** A request's body: what tells it from others, and its length. */
    record Body(long checksum, long bytes) {
      static final Body NONE = new Body(0, 0);
    }

    /** Stands for the status of an answer that did not come, or not whole. */
    static final int BROKEN = 599;

    /** Stands for the status of an answer that the client did not read to its end. */
    static final int LEFT = 499;

    private static final Pattern SIGNATURE = Pattern.compile("&(exp|kid|sig)=[^&]*");

    /** All that makes it the same request as another, whoever sends it and whatever he knows. */
    Seen request() {
      return new Seen(method, path, range, "", "", body, 0);
    }

    /** All that makes it the same request of the same caller, whenever its URL was signed. */
    Seen requestOfCaller() {
      var unsigned = SIGNATURE.matcher(path).replaceAll("");
      return new Seen(method, unsigned, range, conditions, caller, body, 0);
    }

    private Seen ended(int other) {
      return new Seen(method, path, range, conditions, caller, body, other);
    }

    @Override
    public String toString() {
      return status + " " + method + " " + path + (range.isEmpty() ? "" : " " + range);
    }
  }

  /** A checksum that counts as well. */
  private static final class Sent implements Checksum {
    private final CRC32 crc = new CRC32();
    private long bytes;

    @Override
    public void update(int one) {
      crc.update(one);
      bytes++;
    }

    @Override
    public void update(byte[] some, int offset, int length) {
      crc.update(some, offset, length);
      bytes += length;
    }

    @Override
    public long getValue() {
      return crc.getValue();
    }

    @Override
    public void reset() {
      crc.reset();
      bytes = 0;
    }
  }

  private static final long IN_MEMORY_MAX = 1 << 20;
  private static final int COPIED_AT_ONCE = 1 << 14;
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
    var sent = new Sent();
    var in = new CheckedInputStream(exchange.getRequestBody(), sent);
    long announced =
        Optional.ofNullable(asked.getFirst("Content-Length")).map(Long::valueOf).orElse(-1L);
    if (failing.removeIf(uri.getPath()::contains)) {
      in.transferTo(OutputStream.nullOutputStream());
      note(seen(exchange, sent, 503));
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
      HttpResponse<InputStream> reply;
      try {
        reply = http.send(request.build(), BodyHandlers.ofInputStream());
      } catch (IOException e) {
        note(seen(exchange, sent, Seen.BROKEN));
        throw e;
      }
      int at = note(seen(exchange, sent, reply.statusCode()));
      passBack(exchange, reply, at);
    } catch (InterruptedException e) {
      throw new IllegalStateException(e);
    }
  }

  private void passBack(HttpExchange exchange, HttpResponse<InputStream> reply, int at)
      throws IOException {
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
        copy(answer, exchange.getResponseBody(), at);
      }
    }
  }

  /** Passes the body on; whoever ends it too early is noted in the place of the status. */
  private void copy(InputStream answer, OutputStream client, int at) throws IOException {
    var buffer = new byte[COPIED_AT_ONCE];
    for (int count = read(answer, buffer, at); count >= 0; count = read(answer, buffer, at)) {
      try {
        client.write(buffer, 0, count);
      } catch (IOException e) {
        end(at, Seen.LEFT);
        throw e;
      }
    }
  }

  private int read(InputStream answer, byte[] buffer, int at) throws IOException {
    try {
      return answer.read(buffer);
    } catch (IOException e) {
      end(at, Seen.BROKEN);
      throw e;
    }
  }

  private static Seen seen(HttpExchange exchange, Sent sent, int status) {
    var asked = exchange.getRequestHeaders();
    var path = exchange.getRequestURI().toString();
    return new Seen(
        exchange.getRequestMethod(),
        path,
        Optional.ofNullable(asked.getFirst("Range")).orElse(""),
        asked.entrySet().stream()
            .filter(header -> CONDITIONS.contains(header.getKey().toLowerCase(Locale.ROOT)))
            .map(header -> header.getKey() + ": " + String.join(",", header.getValue()))
            .sorted()
            .collect(Collectors.joining("; ")),
        path.startsWith("/cas/") ? "" : caller(asked.getFirst("Authorization")),
        new Seen.Body(sent.getValue(), sent.bytes),
        status);
  }

  /** The same for the same credentials, which themselves are kept nowhere. */
  private static String caller(@Nullable String authorization) {
    if (authorization == null) {
      return "";
    }
    try {
      var hash = MessageDigest.getInstance("SHA-256").digest(authorization.getBytes(UTF_8));
      return HexFormat.of().formatHex(hash, 0, 8);
    } catch (NoSuchAlgorithmException e) {
      throw new IllegalStateException(e);
    }
  }

  /** Notes an exchange and returns its place. */
  private synchronized int note(Seen one) {
    seen.add(one);
    return seen.size() - 1;
  }

  private synchronized void end(int at, int status) {
    seen.set(at, seen.get(at).ended(status));
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
