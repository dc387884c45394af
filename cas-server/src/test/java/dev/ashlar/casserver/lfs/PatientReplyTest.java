package dev.ashlar.casserver.lfs;

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
import java.net.URI;
import java.net.http.HttpClient;
import java.net.http.HttpRequest;
import java.net.http.HttpResponse;
import java.net.http.HttpResponse.BodyHandlers;
import java.time.Duration;
import java.util.Optional;
import java.util.concurrent.Callable;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;

final class PatientReplyTest {
  private static final Duration SHORT = Duration.ofMillis(50);
  private static final Duration LONG = Duration.ofSeconds(20);

  private final HttpClient http = HttpClient.newHttpClient();
  private HttpServer server;

  @BeforeEach
  void start() {
    var routes =
        new Routes()
            .get("/done", e -> PatientReply.send(e, () -> 1, LONG, LONG))
            .get("/refused", e -> PatientReply.send(e, refusal(0), LONG, LONG))
            .get("/slow", PatientReplyTest::slow)
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
    PatientReply.send(
        exchange,
        () -> {
          Thread.sleep(400);
          return 1;
        },
        SHORT,
        SHORT);
  }

  private static Callable<Object> refusal(long millis) {
    return () -> {
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
}
