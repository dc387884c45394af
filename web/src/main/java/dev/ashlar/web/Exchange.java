package dev.ashlar.web;

import dev.ashlar.core.problem.Problem.OverLimit;
import dev.ashlar.core.problem.ProblemException;
import io.helidon.http.HeaderNames;
import io.helidon.http.Status;
import io.helidon.webserver.http.ServerRequest;
import io.helidon.webserver.http.ServerResponse;
import java.io.IOException;
import java.io.InputStream;
import java.io.OutputStream;
import java.util.List;
import java.util.Map;
import java.util.Optional;

/** One request and its reply. */
public final class Exchange {
  private final ServerRequest request;
  private final ServerResponse response;
  private final String rawPath;
  private final PublicUrl publicUrl;
  private Map<String, String> rawParams = Map.of();

  Exchange(ServerRequest request, ServerResponse response, String rawPath, PublicUrl publicUrl) {
    this.request = request;
    this.response = response;
    this.rawPath = rawPath;
    this.publicUrl = publicUrl;
  }

  void matched(Map<String, String> params) {
    this.rawParams = params;
  }

  /** GET, HEAD, POST, … */
  public String method() {
    return request.prologue().method().text();
  }

  /** The undecoded path, without a public path prefix and without the query. */
  public String rawPath() {
    return rawPath;
  }

  /** The undecoded query without its question mark, or an empty string. */
  public String rawQuery() {
    return request.prologue().query().rawValue();
  }

  /** A path parameter, percent-decoded as UTF-8. */
  public String param(String name) {
    return decode(rawParam(name));
  }

  /** A path parameter as it was sent. */
  public String rawParam(String name) {
    var value = rawParams.get(name);
    if (value == null) {
      throw new IllegalStateException("the route has no parameter " + name);
    }
    return value;
  }

  /** Percent-decodes one path segment or sub-path (a plus sign stays a plus sign). */
  public static String decode(String raw) {
    return UrlText.decodePath(raw);
  }

  /** The first value of a query parameter. */
  public Optional<String> query(String name) {
    return queries(name).stream().findFirst();
  }

  /** All values of a query parameter in order; {@code name} and {@code name[]} are the same. */
  public List<String> queries(String name) {
    return UrlText.parseQuery(rawQuery()).stream()
        .filter(pair -> pair.getKey().equals(name) || pair.getKey().equals(name + "[]"))
        .map(Map.Entry::getValue)
        .toList();
  }

  /** The first value of a request header. */
  public Optional<String> header(String name) {
    return request.headers().first(HeaderNames.create(name));
  }

  /** The public base URL of this server as the client knows it, without a trailing slash. */
  public String baseUrl() {
    return publicUrl.of(header("Host").orElse("localhost"));
  }

  /** The id that the answer carries as X-Request-Id. */
  public String requestId() {
    return response.headers().first(HeaderNames.create("X-Request-Id")).orElse("");
  }

  /** The declared length of the body, or empty when it is chunked. */
  public Optional<Long> declaredLength() {
    return header("Content-Length").map(Long::parseLong);
  }

  /**
   * The body, failing with {@link OverLimit} as soon as more than {@code bytesMax} bytes are
   * declared or read.
   */
  public InputStream body(String what, long bytesMax) {
    if (declaredLength().orElse(0L) > bytesMax) {
      throw new ProblemException(new OverLimit(what, bytesMax));
    }
    return new BoundedInput(request.content().inputStream(), what, bytesMax);
  }

  /** The whole body, for small ones. */
  public byte[] bodyBytes(String what, int bytesMax) throws IOException {
    try (var in = body(what, bytesMax)) {
      return in.readAllBytes();
    }
  }

  /** Sets a reply header. */
  public void setHeader(String name, String value) {
    response.header(HeaderNames.create(name), value);
  }

  /** Sends a whole reply; for HEAD only its headers. */
  public void send(Reply reply) {
    reply.headers().forEach(this::setHeader);
    response.status(Status.create(reply.status()));
    if (method().equals("HEAD")) {
      sendHead(reply.status(), reply.body().length);
    } else if (reply.body().length == 0) {
      response.send();
    } else {
      response.send(reply.body());
    }
  }

  /** Ends a HEAD request: the length is announced, no body follows. */
  public void sendHead(int status, long contentLength) {
    response.status(Status.create(status));
    response.header(HeaderNames.CONTENT_LENGTH, Long.toString(contentLength));
    response.send();
  }

  /**
   * Begins a streamed reply of known length; the caller closes the stream. After the first byte no
   * other reply can be given: an exception then drops the connection, which is what clients need.
   */
  public OutputStream stream(int status, long contentLength) {
    response.status(Status.create(status));
    response.header(HeaderNames.CONTENT_LENGTH, Long.toString(contentLength));
    return response.outputStream();
  }

  /** Begins a chunked reply; flushing sends what was written. */
  public OutputStream stream(int status) {
    response.status(Status.create(status));
    return response.outputStream();
  }

  /** Whether a reply was sent or begun. */
  public boolean isSent() {
    return response.isSent();
  }
}
