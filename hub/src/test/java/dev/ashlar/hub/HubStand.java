package dev.ashlar.hub;

import com.fasterxml.jackson.databind.JsonNode;
import dev.ashlar.core.token.KeyRing;
import dev.ashlar.core.token.SignedUrls;
import dev.ashlar.core.token.XetTokens;
import dev.ashlar.hub.account.TokenScope;
import dev.ashlar.metadata.Columns;
import dev.ashlar.metadata.Database;
import dev.ashlar.metadata.TestDatabase;
import dev.ashlar.objectstore.MemoryStore;
import dev.ashlar.objectstore.Staging;
import dev.ashlar.web.HttpServer;
import dev.ashlar.web.Json;
import dev.ashlar.web.PublicUrl;
import dev.ashlar.web.Routes;
import java.io.ByteArrayInputStream;
import java.io.IOException;
import java.io.UncheckedIOException;
import java.net.InetAddress;
import java.net.InetSocketAddress;
import java.net.Socket;
import java.net.URI;
import java.net.http.HttpClient;
import java.net.http.HttpRequest;
import java.net.http.HttpRequest.BodyPublishers;
import java.net.http.HttpResponse;
import java.net.http.HttpResponse.BodyHandlers;
import java.nio.charset.StandardCharsets;
import java.nio.file.Path;
import java.time.Duration;
import java.time.InstantSource;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.concurrent.Future;

/** The whole hub on a port of its own with a database of its own, and a client for it. */
public final class HubStand implements AutoCloseable {
  public static final KeyRing KEYS = KeyRing.of(List.of(new byte[32]));

  public final Database database = TestDatabase.open();
  public final Hub hub;
  public final XetTokens xetTokens = new XetTokens(KEYS, InstantSource.system());
  public final MemoryStore store = new MemoryStore();
  private final HttpClient client = HttpClient.newHttpClient();
  private final HttpServer server;

  public HubStand(Path staging) {
    var clock = InstantSource.system();
    hub =
        new Hub(
            new Hub.Ports(
                database,
                store,
                new Staging(staging),
                xetTokens,
                new SignedUrls(KEYS, clock),
                (_, _, _) -> {
                  throw new UnsupportedOperationException("these tests send no large files");
                },
                (_, _) -> new byte[0],
                clock),
            new HubConfig(
                "installation",
                KEYS,
                KEYS,
                Optional.empty(),
                Duration.ofMinutes(60),
                10 << 20,
                true,
                256L << 20,
                100_000_000,
                64 << 20));
    var routes = new Routes();
    hub.routes(routes);
    server =
        new HttpServer(
            new InetSocketAddress(InetAddress.getLoopbackAddress(), 0),
            new PublicUrl(Optional.empty()),
            routes);
  }

  public String base() {
    return "http://127.0.0.1:" + server.port();
  }

  /** Adds a user and returns a token. */
  public String user(String name, TokenScope scope) {
    if (hub.accounts().listUsers().stream().noneMatch(user -> user.name().equals(name))) {
      hub.accounts().addUser(name, "", "", false, false);
    }
    return hub.accounts().addToken(name, scope, "test", Optional.empty());
  }

  public HttpResponse<byte[]> send(String method, String path, byte[] body, String... headers) {
    var request =
        HttpRequest.newBuilder(URI.create(base() + path))
            .method(
                method,
                body.length == 0 ? BodyPublishers.noBody() : BodyPublishers.ofByteArray(body));
    if (headers.length > 0) {
      request.headers(headers);
    }
    try {
      return client.send(request.build(), BodyHandlers.ofByteArray());
    } catch (IOException e) {
      throw new UncheckedIOException(e);
    } catch (InterruptedException e) {
      throw new IllegalStateException(e);
    }
  }

  public HttpResponse<byte[]> get(String path, String token) {
    return send("GET", path, new byte[0], bearer(token));
  }

  public HttpResponse<byte[]> sendJson(String method, String path, String token, Object json) {
    return send(method, path, Json.write(json), bearer(token));
  }

  public HttpResponse<byte[]> create(String token, String type, String name) {
    return sendJson("POST", "/api/repos/create", token, Map.of("name", name, "type", type));
  }

  /** Commits one small file to main. */
  public HttpResponse<byte[]> commit(String repo, String token, String path, String content) {
    var lines =
        new String(
                Json.write(Map.of("key", "header", "value", Map.of("summary", "test"))),
                StandardCharsets.UTF_8)
            + "\n"
            + new String(
                Json.write(
                    Map.of(
                        "key",
                        "file",
                        "value",
                        Map.of("path", path, "content", content, "encoding", "utf-8"))),
                StandardCharsets.UTF_8);
    return send(
        "POST", repo + "/commit/main", lines.getBytes(StandardCharsets.UTF_8), bearer(token));
  }

  /** A line of a commit. */
  public String line(String key, Object value) {
    return new String(Json.write(Map.of("key", key, "value", value)), StandardCharsets.UTF_8);
  }

  private static String[] bearer(String token) {
    return token.isEmpty() ? new String[0] : new String[] {"Authorization", "Bearer " + token};
  }

  /** The answer to a request line that Java's client would refuse to send. */
  public String raw(String requestLine) throws IOException {
    try (var socket = new Socket(InetAddress.getLoopbackAddress(), server.port())) {
      var text =
          requestLine
              + " HTTP/1.1\r\nHost: 127.0.0.1:"
              + server.port()
              + "\r\nConnection: close\r\n\r\n";
      socket.getOutputStream().write(text.getBytes(StandardCharsets.UTF_8));
      return new String(socket.getInputStream().readAllBytes(), StandardCharsets.UTF_8);
    }
  }

  public static JsonNode json(HttpResponse<byte[]> response) {
    try {
      return Json.tree(new ByteArrayInputStream(response.body()));
    } catch (IOException e) {
      throw new UncheckedIOException(e);
    }
  }

  public static String header(HttpResponse<?> response, String name) {
    return response.headers().firstValue(name).orElse("");
  }

  /** Until so many wait for locks of the database, {@code asked} still among them. */
  public void awaitLocks(int count, Future<?> asked) {
    var waiting =
        """
        SELECT count(*) AS n FROM pg_stat_activity
         WHERE datname = current_database() AND wait_event_type = 'Lock'
        """;
    while (database.<Boolean>read(
        db -> Columns.longOf(db.get(waiting).orElseThrow(), "n") < count)) {
      if (asked.isDone()) {
        throw new AssertionError("it waited for nobody");
      }
      Thread.onSpinWait();
    }
  }

  @Override
  public void close() {
    client.close();
    server.close();
    database.close();
  }
}
