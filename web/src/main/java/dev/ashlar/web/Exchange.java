package dev.ashlar.web;

import dev.ashlar.core.problem.Problem.OverLimit;
import dev.ashlar.web.connection.Connection;
import io.helidon.http.HeaderNames;
import io.helidon.http.HeaderValues;
import io.helidon.http.Status;
import io.helidon.webserver.CloseConnectionException;
import io.helidon.webserver.http.RoutingResponse;
import io.helidon.webserver.http.ServerRequest;
import java.io.IOException;
import java.io.InputStream;
import java.io.OutputStream;
import java.util.List;
import java.util.Locale;
import java.util.Map;
import java.util.Optional;
import org.jspecify.annotations.Nullable;

/** One request and its reply. */
public final class Exchange {
  private final ServerRequest request;
  private final RoutingResponse response;
  private final PublicUrl publicUrl;
  private final RequestBody body;
  private final String requestId;
  private final Connection connection = Connection.current();
  private Map<String, String> rawParams = Map.of();
  private @Nullable ReplyOutput stream;
  private @Nullable CountedBody counted;
  private long replyBytes;

  Exchange(ServerRequest request, RoutingResponse response, PublicUrl publicUrl) {
    this.request = request;
    this.response = response;
    this.publicUrl = publicUrl;
    this.body = new RequestBody(request);
    this.requestId = RequestId.of(request.headers());
    setCommonHeaders();
  }

  private void setCommonHeaders() {
    setHeader(RequestId.NAME, requestId);
    Cors.expose(this);
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
    return publicUrl.withoutPrefix(request.prologue().uriPath().rawPath());
  }

  /** A path of this server, with its query, as the client has to ask for it. */
  String publicPath(String rawPath) {
    return publicUrl.prefix() + rawPath + (rawQuery().isEmpty() ? "" : "?" + rawQuery());
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

  /** The address that the connection comes from: a proxy's, if one is in front. */
  public String peer() {
    return request.remotePeer().host();
  }

  /** The public base URL of this server as the client knows it, without a trailing slash. */
  public String baseUrl() {
    return publicUrl.of(header("Host").orElse("localhost"));
  }

  /** The id that the answer carries as X-Request-Id. */
  public String requestId() {
    return requestId;
  }

  /** The declared length of the body, or empty when it is chunked. */
  public Optional<Long> declaredLength() {
    return body.declaredLength();
  }

  /**
   * The body, failing with {@link OverLimit} as soon as more than {@code bytesMax} bytes are
   * declared or read. Opening it asks a waiting client to send, so refuse first what can be
   * refused. A body with a content coding is refused with 415.
   */
  public InputStream body(String what, long bytesMax) {
    return body.open(what, bytesMax);
  }

  /** Like {@link #body}, and a gzip coding is undone; the limit counts decoded bytes. */
  public InputStream decodedBody(String what, long bytesMax) throws IOException {
    return body.openDecoded(what, bytesMax);
  }

  /** The whole body, for small ones. */
  public byte[] bodyBytes(String what, int bytesMax) throws IOException {
    try (var in = body(what, bytesMax)) {
      return in.readAllBytes();
    }
  }

  /**
   * Fails when the client has closed the connection, so that long work for it can end. To be asked
   * behind the body, by the thread that handles the request.
   */
  public void requireClient() throws ClientGoneException {
    if (connection.isAbandoned()) {
      throw new ClientGoneException();
    }
  }

  /** Sets a reply header. */
  public void setHeader(String name, String value) {
    response.header(HeaderNames.create(name), value);
  }

  /** Sends a whole reply; for HEAD only its headers. */
  public void send(Reply reply) {
    reply.headers().forEach(this::setHeader);
    if (method().equals("HEAD")) {
      sendHead(reply.status(), reply.body().length);
    } else {
      begin(reply.status());
      replyBytes = reply.body().length;
      response.send(reply.body());
    }
  }

  /** Ends a HEAD request: the length is announced, no body follows. */
  public void sendHead(int status, long contentLength) {
    begin(status);
    endHead(contentLength);
  }

  private void endHead(long contentLength) {
    if (status() != 204 && status() != 304) {
      response.header(HeaderNames.CONTENT_LENGTH, Long.toString(contentLength));
    }
    response.send();
  }

  /**
   * Begins a streamed reply of known length; the caller closes the stream. For HEAD only the
   * headers go out. After the first byte no other reply can be given: an exception then drops the
   * connection, which is what clients need, and so does a stream closed before its end.
   */
  public OutputStream stream(int status, long contentLength) {
    if (method().equals("HEAD")) {
      sendHead(status, contentLength);
      return OutputStream.nullOutputStream();
    }
    begin(status);
    response.header(HeaderNames.CONTENT_LENGTH, Long.toString(contentLength));
    return opened(contentLength);
  }

  /**
   * Begins a chunked reply; flushing sends what was written. For HEAD only the headers go out, with
   * the length of what was written, when the handler is done: it may still fail.
   */
  public OutputStream stream(int status) {
    begin(status);
    if (method().equals("HEAD")) {
      counted = new CountedBody();
      return counted;
    }
    return opened(ReplyOutput.UNKNOWN);
  }

  private OutputStream opened(long contentLength) {
    var opened = new ReplyOutput(response, connection, contentLength);
    stream = opened;
    return opened;
  }

  private void begin(int status) {
    if (body.isLeft() && !body.isWorthDraining()) {
      response.header(HeaderValues.CONNECTION_CLOSE);
    }
    response.status(Status.create(status));
  }

  /** Whether a reply was sent or begun. */
  public boolean isSent() {
    return counted != null || stream != null || response.hasEntity();
  }

  /** The status that was sent, for logs and metrics. */
  int status() {
    return response.status().code();
  }

  long replyBytes() {
    return stream == null ? replyBytes : stream.bytes();
  }

  /** Takes back a reply of which no byte has left; false when one has. */
  boolean restart() {
    if (!response.reset()) {
      return false;
    }
    stream = null;
    counted = null;
    setCommonHeaders();
    return true;
  }

  /** Lets the whole reply go out. */
  void complete() {
    if (counted != null) {
      endHead(counted.bytes());
    }
    if (stream != null) {
      stream.complete();
    }
  }

  /** Decides, behind the reply, what becomes of the unread body and of the connection. */
  void settle() {
    if (endsConnection()) {
      if (body.isLeft()) {
        connection.linger();
      }
      throw new CloseConnectionException("the connection ends with this reply");
    }
    if (body.isLeft()) {
      drain();
    }
    connection.endRequest();
  }

  /** The client may ask for it in a list or in other letters than Helidon knows. */
  private boolean endsConnection() {
    return response.headers().contains(HeaderValues.CONNECTION_CLOSE)
        || header("Connection").orElse("").toLowerCase(Locale.ROOT).contains("close");
  }

  private void drain() {
    try {
      body.drain();
    } catch (IOException | RuntimeException e) {
      throw new CloseConnectionException("the request body did not end", e);
    }
  }
}
