package dev.ashlar.casserver.lfs;

import static java.nio.charset.StandardCharsets.US_ASCII;
import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import dev.ashlar.core.problem.Problem.Unprocessable;
import dev.ashlar.core.problem.ProblemException;
import dev.ashlar.web.Exchange;
import dev.ashlar.web.HttpServer;
import dev.ashlar.web.PublicUrl;
import dev.ashlar.web.Routes;
import java.io.IOException;
import java.net.InetAddress;
import java.net.InetSocketAddress;
import java.net.Socket;
import java.net.URI;
import java.net.http.HttpClient;
import java.net.http.HttpRequest;
import java.net.http.HttpResponse;
import java.net.http.HttpResponse.BodyHandlers;
import java.time.Duration;
import java.util.Optional;
import java.util.concurrent.CountDownLatch;
import java.util.concurrent.TimeUnit;
import java.util.function.BooleanSupplier;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;

final class PatientReplyTest {
  private static final Duration SHORT = Duration.ofMillis(50);
  private static final Duration LONG = Duration.ofSeconds(20);

  private final HttpClient http = HttpClient.newHttpClient();
  private final CountDownLatch waited = new CountDownLatch(1);
  private HttpServer server;

  @BeforeEach
  void start() {
    var routes =
        new Routes()
            .get("/done", e -> PatientReply.send(e, _ -> {}, LONG, LONG))
            .get("/refused", e -> PatientReply.send(e, refusal(0), LONG, LONG))
            .get("/slow", PatientReplyTest::slow)
            .get("/left", e -> PatientReply.send(e, this::wait, LONG, LONG))
            .get("/left-in-blanks", e -> PatientReply.send(e, this::wait, SHORT, LONG))
            .get("/slowly-refused", e -> PatientReply.send(e, refusal(400), SHORT, SHORT));
    server =
        new HttpServer(
            new InetSocketAddress(InetAddress.getLoopbackAddress(), 0),
            new PublicUrl(Optional.empty()),
            routes);
  }

  @AfterEach
  void stop() {
    http.shutdownNow();
    server.close();
  }

  private static void slow(Exchange exchange) throws IOException {
    PatientReply.send(exchange, _ -> Thread.sleep(400), SHORT, SHORT);
  }

  /** Work that lasts as long as somebody waits for it. */
  private void wait(BooleanSupplier isAwaited) throws InterruptedException {
    while (isAwaited.getAsBoolean()) {
      Thread.sleep(20);
    }
    waited.countDown();
  }

  private static PatientReply.Work refusal(long millis) {
    return _ -> {
      Thread.sleep(millis);
      throw new ProblemException(new Unprocessable("object", "its SHA-256 is another"));
    };
  }

  private HttpResponse<String> get(String path) throws IOException, InterruptedException {
    var url = URI.create("http://127.0.0.1:" + server.port() + path);
    return http.send(HttpRequest.newBuilder(url).build(), BodyHandlers.ofString());
  }

  @Test
  void givenQuickWork_whenAsked_thenItsOutcomeIsTheStatus() throws Exception {
    assertThat(get("/done").statusCode()).isEqualTo(200);
    assertThat(get("/refused").statusCode()).isEqualTo(422);
  }

  @Test
  void givenSlowWork_whenAsked_thenBlanksComeBeforeTheEnd() throws Exception {
    var answer = get("/slow");

    assertThat(answer.statusCode()).isEqualTo(200);
    assertThat(answer.body()).startsWith(" ").endsWith("{}");
    assertThat(answer.body().strip()).isEqualTo("{}");
  }

  @Test
  void givenSlowWorkThatFails_whenAsked_thenTheAnswerNeverLooksComplete() {
    assertThatThrownBy(() -> get("/slowly-refused")).isInstanceOf(IOException.class);
  }

  @ParameterizedTest
  @ValueSource(strings = {"/left", "/left-in-blanks"})
  void givenAClientThatLeaves_whenTheWorkAsks_thenItIsToldSoon(String path) throws Exception {
    try (var client = new Socket(InetAddress.getLoopbackAddress(), server.port())) {
      client
          .getOutputStream()
          .write(("GET " + path + " HTTP/1.1\r\nHost: x\r\n\r\n").getBytes(US_ASCII));
      assertThat(waited.await(1500, TimeUnit.MILLISECONDS)).as("while it is there").isFalse();
    }

    assertThat(waited.await(5, TimeUnit.SECONDS)).isTrue();
  }
}
