package dev.ashlar.web;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import dev.ashlar.core.problem.Problem.Invalid;
import dev.ashlar.core.problem.ProblemException;
import dev.ashlar.web.connection.ConnectionLimits;
import java.io.ByteArrayOutputStream;
import java.io.IOException;
import java.io.OutputStream;
import java.net.InetAddress;
import java.net.InetSocketAddress;
import java.net.SocketException;
import java.nio.charset.StandardCharsets;
import java.time.Duration;
import java.util.Map;
import java.util.Optional;
import java.util.concurrent.CountDownLatch;
import java.util.concurrent.TimeUnit;
import java.util.concurrent.atomic.AtomicBoolean;
import java.util.zip.GZIPOutputStream;
import org.junit.jupiter.api.AfterAll;
import org.junit.jupiter.api.BeforeAll;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.TestInstance;

@TestInstance(TestInstance.Lifecycle.PER_CLASS)
final class HttpServerTest {
  private static final int MIB = 1 << 20;
  private static final int UPLOAD_BYTES_MAX = 200 * MIB;

  private final Metrics metrics = new Metrics();
  private final AtomicBoolean ready = new AtomicBoolean(true);
  private final CountDownLatch slowReaderCut = new CountDownLatch(1);
  private final CountDownLatch bodySent = new CountDownLatch(1);
  private volatile Optional<HttpServer> started = Optional.empty();

  @BeforeAll
  void start() {
    var routes =
        new Routes()
            .get("/q", e -> e.send(Reply.text(200, String.join("|", e.queries("expand")))))
            .get("/seg/{a}/{rest...}", e -> e.send(Reply.text(200, e.param("a"))))
            .get("/known", e -> e.stream(200, 5).close())
            .head("/known", e -> e.sendHead(200, 123_456_789_012L))
            .get("/stream", HttpServerTest::lines)
            .get("/breaks", HttpServerTest::breaks)
            .get("/breaks-chunked", HttpServerTest::breaksChunked)
            .get("/early", HttpServerTest::failsBeforeTheFirstByte)
            .get("/big", this::big)
            .get("/slices", HttpServerTest::slices)
            .get("/none", e -> e.send(Reply.empty(304).with("ETag", "\"x\"")))
            .get("/base", e -> e.send(Reply.text(200, e.baseUrl())))
            .get("/bug", _ -> failWithABug())
            .get("/bad", _ -> refuse())
            .post("/refuse", _ -> refuse())
            .post("/upload", e -> e.send(Reply.text(200, "got " + count(e))))
            .post("/late", this::readsLate)
            .post("/short", e -> e.send(Reply.text(200, "got " + e.bodyBytes("note", 10).length)))
            .post("/decoded", HttpServerTest::decoded);
    new ServiceEndpoints(metrics, ready::get).routes(routes);
    started =
        Optional.of(
            new HttpServer(
                new InetSocketAddress(InetAddress.getLoopbackAddress(), 0),
                new PublicUrl(Optional.empty()),
                routes,
                new ConnectionLimits(
                    Duration.ofMillis(700), 64, Duration.ofMillis(900), Duration.ofSeconds(3)),
                metrics));
  }

  @AfterAll
  void stop() {
    started.orElseThrow().close();
  }

  @Test
  void givenRawBracketsInTheQuery_whenAsked_thenTheyNameTheSameParameter() throws IOException {
    assertThat(get("/q?expand[]=likes&expand%5B%5D=sha&expand=a,b")).endsWith("likes|sha|a,b");
  }

  @Test
  void givenSlicesOfAnArray_whenStreamed_thenNothingAroundThemIsSent() throws IOException {
    var answer = get("/slices");

    assertThat(answer.substring(answer.indexOf("\r\n\r\n") + 4)).isEqualTo("x".repeat(3 * MIB));
  }

  @Test
  void givenAnEncodedSlash_whenRouted_thenItStaysInsideItsSegment() throws IOException {
    assertThat(get("/seg/refs%2Fpr%2F1/x/y%20z")).endsWith("refs/pr/1");
  }

  @Test
  void givenABrokenEscape_whenRouted_thenItIsABadRequest() throws IOException {
    assertThat(get("/seg/%zz/x")).startsWith("HTTP/1.1 400 ").contains("\"error\":");
  }

  @Test
  void givenHead_whenAnswered_thenTheTrueLengthComesAndNoBody() throws IOException {
    try (var client = client()) {
      client.send("HEAD /known HTTP/1.1\nHost: h\n\nHEAD /q?expand=abc HTTP/1.1\nHost: h\n\n");

      assertThat(client.readUntil("\r\n\r\n")).contains("Content-Length: 123456789012\r\n");
      assertThat(client.readUntil("\r\n\r\n"))
          .startsWith("HTTP/1.1 200 ")
          .contains("Content-Length: 3\r\n");
    }
  }

  @Test
  void givenALineStream_whenALineIsFlushed_thenItArrivesBeforeTheNextIsWritten()
      throws IOException {
    try (var client = client()) {
      client.send("GET /stream HTTP/1.1\nHost: h\n\n");

      assertThat(client.readUntil("\r\n\r\n")).contains("Transfer-Encoding: chunked");
      long began = System.nanoTime();
      assertThat(client.readUntil("1\n\r\n")).endsWith("1\n\r\n");
      assertThat(Duration.ofNanos(System.nanoTime() - began)).isLessThan(Duration.ofMillis(250));
      assertThat(client.readUntil("0\r\n\r\n")).contains("2\n");
    }
  }

  @Test
  void givenAHandlerThatIsBusy_whenAClientSends_thenTheKernelTakesTheBytesMeanwhile()
      throws IOException {
    try (var client = client()) {
      client.socket().setSendBufferSize(4096);
      client.send("POST /late HTTP/1.1\nHost: h\nContent-Length: 32768\n\n");
      client.sendRaw(new byte[32_768]);
      bodySent.countDown();

      assertThat(client.readUntil("got 32768")).startsWith("HTTP/1.1 200 ");
    }
  }

  @Test
  void givenABodyInPieces_whenItsLastComesWithTheNextRequests_thenEachFindsItsOwnBytes()
      throws IOException {
    try (var client = client()) {
      client.send("POST /decoded HTTP/1.1\nHost: h\nContent-Length: 9\n\nabc");
      client.readNothing();
      client.send("def");
      client.readNothing();
      client.send(
          "ghiPOST /decoded HTTP/1.1\nHost: h\nContent-Length: 2\n\njk"
              + "POST /decoded HTTP/1.1\nHost: h\nTransfer-Encoding: chunked\n\n"
              + "2\nlm\n3\nnop\n0\n\n"
              + "GET /q?expand=z HTTP/1.1\nHost: h\n\n");

      assertThat(client.readUntil("abcdefghi")).startsWith("HTTP/1.1 200 ");
      assertThat(client.readUntil("jk")).startsWith("HTTP/1.1 200 ");
      assertThat(client.readUntil("lmnop")).startsWith("HTTP/1.1 200 ");
      assertThat(client.readUntil("z")).startsWith("HTTP/1.1 200 ");
    }
  }

  @Test
  void givenExpectContinue_whenTheHandlerReads_thenItIsAskedFor() throws IOException {
    try (var client = client()) {
      client.send("POST /upload HTTP/1.1\nHost: h\nContent-Length: 3\nExpect: 100-continue\n\n");

      assertThat(client.readUntil("\r\n\r\n")).isEqualTo("HTTP/1.1 100 Continue\r\n\r\n");
      client.send("abc");
      assertThat(client.readUntil("got 3")).startsWith("HTTP/1.1 200 ");
    }
  }

  @Test
  void givenExpectContinue_whenTheHandlerRefuses_thenTheBodyIsNeverAskedFor() throws IOException {
    try (var client = client()) {
      client.send("POST /refuse HTTP/1.1\nHost: h\nContent-Length: 3\nExpect: 100-continue\n\n");

      assertThat(client.readAll())
          .startsWith("HTTP/1.1 400 ")
          .contains("Connection: close")
          .doesNotContain("100 Continue");
    }
  }

  @Test
  void givenAFailureBehindTheFirstByte_whenTheClientReads_thenTheReplyIsShort() throws IOException {
    try (var client = client()) {
      client.send("GET /breaks HTTP/1.1\nHost: h\n\n");

      var reply = client.readAll();
      assertThat(reply).contains("Content-Length: 1000000");
      assertThat(reply.length()).isBetween(300_000, 999_999);
    }
  }

  @Test
  void givenAFailureInAChunkedReply_whenTheClientReads_thenNoLastChunkComes() throws IOException {
    try (var client = client()) {
      client.send("GET /breaks-chunked HTTP/1.1\nHost: h\n\n");

      assertThat(client.readAll()).contains("one\n").doesNotContain("\r\n0\r\n\r\n");
    }
  }

  @Test
  void givenAFailureBeforeTheFirstByte_whenAStreamWasOpen_thenTheErrorIsAnswered()
      throws IOException {
    assertThat(get("/early"))
        .startsWith("HTTP/1.1 400 ")
        .contains("X-Error-Message: thing: wrong")
        .contains("X-Request-Id: ");
  }

  @Test
  void givenAStreamClosedTooEarly_whenTheClientReads_thenNoCompleteReplyComes() throws IOException {
    assertThat(get("/known")).startsWith("HTTP/1.1 500 ");
  }

  @Test
  void givenABug_whenItIsAnswered_thenNothingInternalShows() throws IOException {
    assertThat(get("/bug")).startsWith("HTTP/1.1 500 ").doesNotContain("secret");
  }

  @Test
  void givenALargeUnreadUpload_whenRefused_thenTheStatusArrivesAndNoReset() throws IOException {
    try (var client = client()) {
      client.send("POST /refuse HTTP/1.1\nHost: h\nContent-Length: " + 30 * MIB + "\n\n");
      var piece = new byte[MIB];
      for (int i = 0; i < 30; i++) {
        client.sendRaw(piece);
      }

      assertThat(client.readAll()).startsWith("HTTP/1.1 400 ").endsWith("}");
    }
  }

  @Test
  void givenASmallUnreadBody_whenRefused_thenTheConnectionStaysUsable() throws IOException {
    try (var client = client()) {
      client.send("POST /refuse HTTP/1.1\nHost: h\nContent-Length: 5\n\nabcde");
      assertThat(client.readUntil("}")).startsWith("HTTP/1.1 400 ");

      client.send("GET /q?expand=next HTTP/1.1\nHost: h\n\n");
      assertThat(client.readUntil("next")).startsWith("HTTP/1.1 200 ");
    }
  }

  @Test
  void givenALongBody_whenItPassesTheLimit_thenItIs413() throws IOException {
    try (var client = client()) {
      client.send("POST /short HTTP/1.1\nHost: h\nTransfer-Encoding: chunked\n\n");
      client.send("14\n01234567890123456789\n0\n\n");

      assertThat(client.readUntil("}")).startsWith("HTTP/1.1 413 ");
    }
  }

  @Test
  void givenABodyThatStops_whenSilenceIsOver_thenItIs408AndTheEnd() throws IOException {
    try (var client = client()) {
      client.send("POST /upload HTTP/1.1\nHost: h\nContent-Length: 10\n\nabc");

      assertThat(client.readAll()).startsWith("HTTP/1.1 408 ").contains("Connection: close");
    }
  }

  @Test
  void givenABodyThatTrickles_whenItsRateIsTooLow_thenItIs408AndTheEnd() throws Exception {
    try (var client = client()) {
      client.send("POST /upload HTTP/1.1\nHost: h\nContent-Length: 1000\n\n");
      long began = System.nanoTime();
      var writer = Thread.ofVirtual().start(() -> trickle(client, "x", 40));

      assertThat(client.readAll()).startsWith("HTTP/1.1 408 ").contains("64 bytes a second");
      assertThat(Duration.ofNanos(System.nanoTime() - began)).isLessThan(Duration.ofSeconds(3));
      writer.interrupt();
    }
  }

  @Test
  void givenABodyOnASlowLink_whenItsRateIsEnough_thenItIsTaken() throws Exception {
    try (var client = client()) {
      client.send("POST /upload HTTP/1.1\nHost: h\nConnection: close\nContent-Length: 1000\n\n");

      trickle(client, "x".repeat(50), 20);

      assertThat(client.readAll()).startsWith("HTTP/1.1 200 ");
    }
  }

  private static void trickle(RawClient client, String piece, int times) {
    try {
      for (int i = 0; i < times; i++) {
        TimeUnit.MILLISECONDS.sleep(100);
        client.send(piece);
      }
    } catch (IOException | InterruptedException _) {
      // the server has had enough
    }
  }

  @Test
  void givenHalfSentHeaders_whenTimeIsOver_thenTheConnectionIsClosed() throws IOException {
    try (var client = client()) {
      client.send("GET /q HTTP/1.1\nHos");
      long began = System.nanoTime();

      assertThat(client.readAll()).isEmpty();
      assertThat(Duration.ofNanos(System.nanoTime() - began)).isLessThan(Duration.ofSeconds(3));
    }
  }

  @Test
  void givenHeadersThatTrickle_whenTimeIsOver_thenTheyDoNotHoldTheConnection() throws Exception {
    try (var client = client()) {
      assertThatThrownBy(
              () -> {
                client.send("GET /q HTTP/1.1\n");
                for (int i = 0; i < 30; i++) {
                  client.send("A" + i + ": b\n");
                  TimeUnit.MILLISECONDS.sleep(150);
                }
              })
          .isInstanceOf(SocketException.class);
    }
  }

  @Test
  void givenAReaderThatTakesNothing_whenSilenceIsOver_thenTheHandlerIsFreed() throws Exception {
    try (var client = client()) {
      client.send("GET /big HTTP/1.1\nHost: h\n\n");

      assertThat(slowReaderCut.await(10, TimeUnit.SECONDS)).isTrue();
    }
  }

  @Test
  void givenHugeHeaders_whenSent_thenTheyAreRefusedInOurForm() throws IOException {
    try (var client = client()) {
      client.send("GET /q HTTP/1.1\nHost: h\nX: " + "a".repeat(70_000) + "\n\n");

      assertThat(client.readUntil("}")).startsWith("HTTP/1.1 400 ").contains("\"error\":");
    }
  }

  @Test
  void givenAHugeRequestLine_whenSent_thenItIs414() throws IOException {
    try (var client = client()) {
      client.send("GET /q?" + "a".repeat(70_000) + " HTTP/1.1\nHost: h\n\n");

      assertThat(client.readUntil("}")).startsWith("HTTP/1.1 414 ");
    }
  }

  @Test
  void givenAGiantChunk_whenDeclared_thenItIsRefusedAndNotGathered() throws IOException {
    try (var client = client()) {
      client.send("POST /upload HTTP/1.1\nHost: h\nTransfer-Encoding: chunked\n\n7fffffff\nabc");

      assertThat(client.readUntil("}")).startsWith("HTTP/1.1 400 ");
    }
  }

  @Test
  void givenAmbiguousFraming_whenSent_thenItIsRefusedAndTheConnectionEnds() throws IOException {
    for (var headers :
        new String[] {
          "Content-Length: 5\nTransfer-Encoding: chunked",
          "Transfer-Encoding: gzip, chunked",
          "Content-Length: -5",
          "Content-Length: 5\nContent-Length: 6"
        }) {
      try (var client = client()) {
        client.send("POST /upload HTTP/1.1\nHost: h\n" + headers + "\n\n0\n\nGET /q HTTP/1.1\n\n");

        assertThat(client.readAll())
            .as(headers)
            .startsWith("HTTP/1.1 400 ")
            .doesNotContain("HTTP/1.1 200 ");
      }
    }
  }

  @Test
  void givenACodedUpload_whenItMustBePlain_thenItIs415() throws IOException {
    try (var client = client()) {
      client.send(
          "POST /upload HTTP/1.1\nHost: h\nContent-Encoding: gzip\nContent-Length: 3\n\nabc");

      assertThat(client.readUntil("}")).startsWith("HTTP/1.1 415 ");
    }
  }

  @Test
  void givenACodedBody_whenTheHandlerAsksForIt_thenItIsDecodedUnderTheLimit() throws IOException {
    assertThat(decode(gzip("hello".getBytes(StandardCharsets.UTF_8)))).endsWith("hello");
    assertThat(decode(gzip(new byte[5 * MIB]))).startsWith("HTTP/1.1 413 ");
    assertThat(decode(new byte[] {1, 2, 3})).startsWith("HTTP/1.1 400 ");
  }

  @Test
  void givenRequestIds_whenAnswered_thenASensibleOneIsKeptAndOthersAreReplaced()
      throws IOException {
    assertThat(get("/q", "X-Request-Id: abc-1\nX-Amzn-Trace-Id: t"))
        .contains("X-Request-Id: abc-1\r\n");
    assertThat(get("/q", "X-Amzn-Trace-Id: Root=1-2")).contains("X-Request-Id: Root=1-2\r\n");
    assertThat(get("/q", "X-Request-Id: <b> x")).containsPattern("X-Request-Id: [0-9a-f-]{36}\r\n");
    assertThat(get("/nowhere")).contains("X-Request-Id: ").startsWith("HTTP/1.1 404 ");
  }

  @Test
  void givenAnError_whenItsTextIsNotAscii_thenTheHeaderIsPrintable() throws IOException {
    assertThat(get("/n%C3%B6")).contains("X-Error-Message: Route not found: /n%C3%B6\r\n");
    assertThat(Problems.headerValue("ö\r\nSet-Cookie: x")).isEqualTo("???Set-Cookie: x");
  }

  @Test
  void givenABrowser_whenItAsksFirst_thenItMaySendItsRequest() throws IOException {
    try (var client = client()) {
      client.send(
          """
          OPTIONS /q HTTP/1.1
          Host: h
          Origin: https://site
          Access-Control-Request-Method: POST

          """);

      assertThat(client.readUntil("\r\n\r\n"))
          .startsWith("HTTP/1.1 204 ")
          .contains("Access-Control-Allow-Origin: *\r\n")
          .contains("X-Range-Dirty")
          .containsIgnoringCase("authorization");
    }
    assertThat(get("/bad")).contains("Access-Control-Expose-Headers: X-Repo-Commit");
  }

  @Test
  void givenAForgedHost_whenTheBaseUrlIsMade_thenItIsRefused() throws IOException {
    assertThat(get("/base")).endsWith("http://h");
    try (var client = client()) {
      client.send("GET /base HTTP/1.1\nHost: a>b\n\n");
      assertThat(client.readUntil("}")).startsWith("HTTP/1.1 400 ");
    }
  }

  @Test
  void givenNotModified_whenAnswered_thenNoBodyFollows() throws IOException {
    try (var client = client()) {
      client.send("GET /none HTTP/1.1\nHost: h\n\nGET /q?expand=z HTTP/1.1\nHost: h\n\n");

      assertThat(client.readUntil("\r\n\r\n")).startsWith("HTTP/1.1 304 ").contains("ETag: \"x\"");
      assertThat(client.readUntil("\r\n\r\n")).startsWith("HTTP/1.1 200 ");
    }
  }

  @Test
  void givenSomeRequests_whenMetricsAreRead_thenTheyAreCounted() throws IOException {
    get("/nowhere");

    assertThat(get("/metrics"))
        .containsPattern("http_requests_total\\{method=\"GET\",status=\"4xx\"} [1-9]")
        .contains("# TYPE http_request_seconds histogram")
        .contains("http_request_seconds_bucket{le=\"+Inf\"}");
    assertThat(get("/health")).startsWith("HTTP/1.1 200 ").contains("Pragma: no-cache");
  }

  @Test
  void givenAServerThatWarmsUp_whenAsked_thenItIsAliveAndNotReady() throws IOException {
    assertThat(get("/ready")).startsWith("HTTP/1.1 200 ").contains("Pragma: no-cache");

    ready.set(false);

    assertThat(get("/ready")).startsWith("HTTP/1.1 503 ").endsWith("warming up\n");
    assertThat(get("/health")).startsWith("HTTP/1.1 200 ");
    ready.set(true);
  }

  @Test
  void givenAKeptConnection_whenTheServerStops_thenItDoesNotWaitForIt() throws IOException {
    var server =
        new HttpServer(
            new InetSocketAddress(InetAddress.getLoopbackAddress(), 0),
            new PublicUrl(Optional.empty()),
            new Routes().get("/q", e -> e.send(Reply.text(200, "done"))));
    try (var client = new RawClient(server.port())) {
      client.send("GET /q HTTP/1.1\nHost: h\n\n").readUntil("done");
      long began = System.nanoTime();

      server.close();

      assertThat(Duration.ofNanos(System.nanoTime() - began)).isLessThan(Duration.ofSeconds(5));
      assertThat(client.readAll()).isEmpty();
    }
  }

  /** Reads nothing until the client has sent everything. */
  private void readsLate(Exchange e) throws IOException {
    boolean sent;
    try {
      sent = bodySent.await(15, TimeUnit.SECONDS);
    } catch (InterruptedException interrupt) {
      throw new IllegalStateException(interrupt);
    }
    e.send(Reply.text(200, (sent ? "got " : "the client still waits: ") + count(e)));
  }

  private static void lines(Exchange exchange) throws IOException {
    try (var out = exchange.stream(200)) {
      write(out, "1\n");
      out.flush();
      sleep(500);
      write(out, "2\n");
    }
  }

  private static void slices(Exchange exchange) throws IOException {
    var letters = "-".repeat(1_000) + "x".repeat(MIB) + "!".repeat(1_000);
    var bytes = letters.getBytes(StandardCharsets.US_ASCII);
    try (var out = exchange.stream(200, 3L * MIB)) {
      for (int i = 0; i < 3; i++) {
        out.write(bytes, 1_000, MIB);
      }
    }
  }

  private static void breaks(Exchange exchange) throws IOException {
    try (var out = exchange.stream(200, 1_000_000)) {
      out.write(new byte[500_000]);
      refuse();
    }
  }

  private static void breaksChunked(Exchange exchange) throws IOException {
    try (var out = exchange.stream(200)) {
      write(out, "one\n");
      out.flush();
      refuse();
    }
  }

  private static void failsBeforeTheFirstByte(Exchange exchange) throws IOException {
    try (var out = exchange.stream(200, 100)) {
      write(out, "buffered");
      refuse();
    }
  }

  private void big(Exchange exchange) throws IOException {
    try (var out = exchange.stream(200, 1L << 40)) {
      var piece = new byte[MIB];
      while (true) {
        out.write(piece);
      }
    } finally {
      slowReaderCut.countDown();
    }
  }

  private static void decoded(Exchange exchange) throws IOException {
    try (var in = exchange.decodedBody("text", MIB)) {
      exchange.send(new Reply(200, Map.of(), in.readAllBytes()));
    }
  }

  private static long count(Exchange exchange) throws IOException {
    try (var in = exchange.body("upload", UPLOAD_BYTES_MAX)) {
      return in.transferTo(OutputStream.nullOutputStream());
    }
  }

  private static void refuse() {
    throw new ProblemException(new Invalid("thing", "wrong"));
  }

  private static void failWithABug() {
    throw new IllegalStateException("secret");
  }

  private static void sleep(long millis) {
    try {
      TimeUnit.MILLISECONDS.sleep(millis);
    } catch (InterruptedException e) {
      throw new IllegalStateException(e);
    }
  }

  private static void write(OutputStream out, String text) throws IOException {
    out.write(text.getBytes(StandardCharsets.UTF_8));
  }

  private static byte[] gzip(byte[] bytes) throws IOException {
    var out = new ByteArrayOutputStream();
    try (var gzip = new GZIPOutputStream(out)) {
      gzip.write(bytes);
    }
    return out.toByteArray();
  }

  private String decode(byte[] body) throws IOException {
    try (var client = client()) {
      client.send(
          "POST /decoded HTTP/1.1\nHost: h\nConnection: close\nContent-Encoding: gzip\n"
              + "Content-Length: "
              + body.length
              + "\n\n");
      return client.sendRaw(body).readAll();
    }
  }

  private String get(String target) throws IOException {
    return get(target, "X-Other: y");
  }

  private String get(String target, String headers) throws IOException {
    try (var client = client()) {
      return client
          .send("GET " + target + " HTTP/1.1\nHost: h\nConnection: close\n" + headers + "\n\n")
          .readAll();
    }
  }

  private RawClient client() throws IOException {
    return new RawClient(started.orElseThrow().port());
  }
}
