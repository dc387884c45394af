package dev.ashlar.e2e;

import static java.nio.charset.StandardCharsets.UTF_8;
import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import dev.ashlar.e2e.RecordingProxy.Seen;
import java.io.IOException;
import java.io.UncheckedIOException;
import java.net.InetAddress;
import java.net.ServerSocket;
import java.net.Socket;
import java.net.URI;
import java.net.http.HttpClient;
import java.net.http.HttpRequest;
import java.net.http.HttpResponse.BodyHandlers;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;

/** What the proxy notes of answers that end well and badly, and of those who ask. */
final class RecordingProxyTest {
  private static final String HEAD = "HTTP/1.1 200 OK\r\nConnection: close\r\nContent-Length: ";
  private static final int LARGE = 64 << 20;

  private final HttpClient http =
      HttpClient.newBuilder().version(HttpClient.Version.HTTP_1_1).build();
  private ServerSocket server;
  private RecordingProxy proxy;

  @BeforeEach
  void start() throws IOException {
    server = new ServerSocket(0, 8, InetAddress.getLoopbackAddress());
    proxy = new RecordingProxy(server.getLocalPort());
  }

  @AfterEach
  void stop() throws IOException {
    proxy.close();
    http.close();
    server.close();
  }

  @Test
  void givenAnAnswerThatBreaksOff_whenItsHeadHadCome_thenItIsNotedAsBroken() throws Exception {
    answerEach(HEAD + "10\r\n\r\nhalf");

    assertThatThrownBy(() -> get("/a", "")).isInstanceOf(IOException.class);

    proxy.awaitIdle();
    assertThat(proxy.seen()).extracting(Seen::toString).contains("599 GET /a");
  }

  @Test
  void givenAServerThatGoesAway_whenAsked_thenItIsNotedAsBroken() throws Exception {
    answerEach("");

    assertThatThrownBy(() -> get("/a", "")).isInstanceOf(IOException.class);

    proxy.awaitIdle();
    assertThat(proxy.seen()).extracting(Seen::toString).contains("599 GET /a");
  }

  @Test
  void givenALongAnswer_whenTheClientLeaves_thenThatIsNotedAndNoFailureOfTheServer()
      throws Exception {
    answerEach(HEAD + LARGE + "\r\n\r\n" + "x".repeat(LARGE));
    var port = URI.create(proxy.url()).getPort();
    try (var client = new Socket(InetAddress.getLoopbackAddress(), port)) {
      client.getOutputStream().write("GET /a HTTP/1.1\r\nHost: here\r\n\r\n".getBytes(UTF_8));
      assertThat(client.getInputStream().readNBytes(100)).hasSize(100);
    }

    proxy.awaitIdle();
    assertThat(proxy.seen()).extracting(Seen::toString).containsExactly("499 GET /a");
  }

  @Test
  void givenCallers_whenTheyAsk_thenEachIsKnownAgainAndNoSecretIsKept() throws Exception {
    answerEach(HEAD + "0\r\n\r\n");
    for (var secret : new String[] {"Bearer one", "Bearer two", "Bearer one", ""}) {
      get("/a", secret);
    }
    get("/cas/0/v1/chunks", "Bearer one");

    var callers = proxy.seen().stream().map(Seen::caller).toList();
    assertThat(callers.get(0)).isEqualTo(callers.get(2)).isNotEqualTo(callers.get(1)).isNotEmpty();
    assertThat(callers.subList(3, 5)).containsOnly("");
    assertThat(proxy.seen().toString()).doesNotContain("Bearer", "one", "two");
  }

  private void get(String path, String authorization) throws Exception {
    var request = HttpRequest.newBuilder(URI.create(proxy.url() + path));
    if (!authorization.isEmpty()) {
      request.header("Authorization", authorization);
    }
    http.send(request.build(), BodyHandlers.ofString());
  }

  /** Answers each connection with these bytes and ends it. */
  private void answerEach(String bytes) {
    Thread.startVirtualThread(
        () -> {
          while (!server.isClosed()) {
            try (var connection = server.accept()) {
              readHead(connection);
              connection.getOutputStream().write(bytes.getBytes(UTF_8));
            } catch (IOException e) {
              if (server.isClosed()) {
                return;
              }
            }
          }
        });
  }

  private static void readHead(Socket connection) {
    try {
      var tail = new StringBuilder();
      while (tail.indexOf("\r\n\r\n") < 0) {
        tail.append((char) connection.getInputStream().read());
      }
    } catch (IOException e) {
      throw new UncheckedIOException(e);
    }
  }
}
