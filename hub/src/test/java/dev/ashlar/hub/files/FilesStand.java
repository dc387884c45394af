package dev.ashlar.hub.files;

import static java.nio.charset.StandardCharsets.UTF_8;

import com.fasterxml.jackson.databind.JsonNode;
import dev.ashlar.core.hash.Sha256;
import dev.ashlar.core.token.SignedUrls;
import dev.ashlar.hub.commit.CommitEndpoints;
import dev.ashlar.hub.commit.CommitLimits;
import dev.ashlar.hub.commit.PreuploadEndpoints;
import dev.ashlar.hub.commit.UploadModes;
import dev.ashlar.hub.discussion.Proposals;
import dev.ashlar.hub.resolve.DownloadUrls;
import dev.ashlar.hub.resolve.ResolveEndpoints;
import dev.ashlar.hub.tree.BlobShapes;
import dev.ashlar.hub.tree.CommitFiles;
import dev.ashlar.hub.tree.CommitLogEndpoints;
import dev.ashlar.hub.tree.CompareEndpoints;
import dev.ashlar.hub.tree.LastCommits;
import dev.ashlar.hub.tree.RefEndpoints;
import dev.ashlar.hub.tree.TreeEndpoints;
import dev.ashlar.hub.tree.TreeEntries;
import dev.ashlar.objectstore.Staging;
import dev.ashlar.web.HttpServer;
import dev.ashlar.web.Json;
import dev.ashlar.web.PublicUrl;
import dev.ashlar.web.Routes;
import java.io.ByteArrayInputStream;
import java.io.IOException;
import java.net.InetAddress;
import java.net.InetSocketAddress;
import java.net.Socket;
import java.net.URI;
import java.net.http.HttpClient;
import java.net.http.HttpRequest;
import java.net.http.HttpRequest.BodyPublishers;
import java.net.http.HttpResponse;
import java.net.http.HttpResponse.BodyHandlers;
import java.nio.file.Path;
import java.util.Base64;
import java.util.Map;
import java.util.Optional;
import java.util.regex.Pattern;

/** The file endpoints on a port of their own, and a client for them. */
final class FilesStand implements AutoCloseable {
  static final String REPO = "/api/models/ann/model";
  static final CommitLimits LIMITS = new CommitLimits(2_000, 512L << 20, 64L << 20, 10L << 20);

  private static final Proposals NO_PULLS =
      (_, _, _) -> {
        throw new UnsupportedOperationException("these tests open no pull requests");
      };

  final MemoryDoor door;
  private final HttpClient client = HttpClient.newHttpClient();
  private final HttpServer server;

  FilesStand(Path staging, SignedUrls signed, MemoryDoor door) {
    this.door = door;
    var routes = new Routes();
    var shapes = new BlobShapes();
    new TreeEndpoints(door, new TreeEntries(shapes, door), new LastCommits()).routes(routes);
    new RefEndpoints(door, new CommitFiles(door, shapes)).routes(routes);
    new CommitLogEndpoints(door).routes(routes);
    new CompareEndpoints(door, shapes).routes(routes);
    new PreuploadEndpoints(door, door, shapes, new UploadModes(LIMITS.lfsBytesMin(), true))
        .routes(routes);
    new CommitEndpoints(door, NO_PULLS, door, shapes, door, new Staging(staging), LIMITS)
        .routes(routes);
    var urls =
        new DownloadUrls(
            signed,
            Optional.empty(),
            (exchange, _) -> exchange.baseUrl() + "/cas/0123456789abcdef");
    new ResolveEndpoints(door, door, shapes, urls, (_, _) -> {}).routes(routes);
    server =
        new HttpServer(
            new InetSocketAddress(InetAddress.getLoopbackAddress(), 0),
            new PublicUrl(Optional.empty()),
            routes);
  }

  String base() {
    return "http://127.0.0.1:" + server.port();
  }

  HttpResponse<byte[]> send(String method, String path, byte[] body, String... headers) {
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
      throw new java.io.UncheckedIOException(e);
    } catch (InterruptedException e) {
      throw new IllegalStateException(e);
    }
  }

  HttpResponse<byte[]> get(String path, String... headers) {
    return send("GET", path, new byte[0], headers);
  }

  HttpResponse<byte[]> head(String path, String... headers) {
    return send("HEAD", path, new byte[0], headers);
  }

  HttpResponse<byte[]> post(String path, Object json) {
    return send("POST", path, Json.write(json), "Content-Type", "application/json");
  }

  HttpResponse<byte[]> commit(String revision, String... lines) {
    var body = String.join("\n", lines).getBytes(UTF_8);
    return send("POST", REPO + "/commit/" + revision, body, "Content-Type", "application/x-ndjson");
  }

  /** The status and headers of a request line that Java's client would refuse to send. */
  String raw(String requestLine) throws IOException {
    try (var socket = new Socket(InetAddress.getLoopbackAddress(), server.port())) {
      socket
          .getOutputStream()
          .write((requestLine + "\r\nHost: x\r\nConnection: close\r\n\r\n").getBytes(UTF_8));
      var answer = new StringBuilder();
      var buffer = new byte[64 * 1024];
      while (!isWhole(answer.toString())) {
        int n = socket.getInputStream().read(buffer);
        if (n < 0) {
          break;
        }
        answer.append(new String(buffer, 0, n, UTF_8));
      }
      return answer.toString();
    }
  }

  private static boolean isWhole(String answer) {
    var length = Pattern.compile("(?i)\\r\\ncontent-length: *([0-9]+)").matcher(answer);
    int body = answer.indexOf("\r\n\r\n");
    return body > 0
        && length.find()
        && answer.length() - body - 4 >= Integer.parseInt(length.group(1));
  }

  static JsonNode json(HttpResponse<byte[]> response) {
    try {
      return Json.tree(new ByteArrayInputStream(response.body()));
    } catch (IOException e) {
      throw new java.io.UncheckedIOException(e);
    }
  }

  static String title(String summary) {
    return line("header", Map.of("summary", summary));
  }

  static String file(String path, String content) {
    return file(path, content.getBytes(UTF_8));
  }

  static String file(String path, byte[] content) {
    var text = Base64.getEncoder().encodeToString(content);
    return line("file", Map.of("content", text, "path", path, "encoding", "base64"));
  }

  static String lfs(String path, Sha256 oid, long bytes) {
    return line(
        "lfsFile", Map.of("path", path, "algo", "sha256", "oid", oid.toString(), "size", bytes));
  }

  static String deleted(String path) {
    return line("deletedFile", Map.of("path", path));
  }

  static String line(String key, Map<String, ?> value) {
    return new String(Json.write(Map.of("key", key, "value", value)), UTF_8);
  }

  @Override
  public void close() {
    client.shutdownNow();
    server.close();
  }
}
