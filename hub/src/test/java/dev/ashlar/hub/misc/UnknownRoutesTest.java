package dev.ashlar.hub.misc;

import static java.nio.charset.StandardCharsets.ISO_8859_1;
import static org.assertj.core.api.Assertions.assertThat;

import dev.ashlar.web.HttpServer;
import dev.ashlar.web.PublicUrl;
import dev.ashlar.web.Routes;
import java.io.IOException;
import java.net.InetAddress;
import java.net.InetSocketAddress;
import java.net.Socket;
import java.util.List;
import java.util.Optional;
import java.util.concurrent.CopyOnWriteArrayList;
import java.util.logging.Handler;
import java.util.logging.LogRecord;
import java.util.logging.Logger;
import java.util.logging.SimpleFormatter;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;

/** What the log tells of routes that nobody knows. */
class UnknownRoutesTest {
  private static final Logger LOG = Logger.getLogger(MiscEndpoints.class.getName());

  private static final class Lines extends Handler {
    private final List<String> said = new CopyOnWriteArrayList<>();

    @Override
    public void publish(LogRecord line) {
      said.add(new SimpleFormatter().formatMessage(line));
    }

    @Override
    public void flush() {}

    @Override
    public void close() {}
  }

  private final Lines lines = new Lines();
  private final Routes routes = new Routes();
  private Optional<HttpServer> server = Optional.empty();

  @BeforeEach
  void start() {
    new MiscEndpoints().routes(routes);
    server =
        Optional.of(
            new HttpServer(
                new InetSocketAddress(InetAddress.getLoopbackAddress(), 0),
                new PublicUrl(Optional.empty()),
                routes));
    LOG.addHandler(lines);
  }

  @AfterEach
  void stop() {
    LOG.removeHandler(lines);
    server.orElseThrow().close();
  }

  /** The answer to a request, whose bytes are these characters. */
  private String ask(String line, String agent) throws IOException {
    try (var socket = new Socket(InetAddress.getLoopbackAddress(), server.orElseThrow().port())) {
      var text = line + " HTTP/1.1\r\nHost: x\r\nConnection: close\r\nUser-Agent: " + agent;
      socket.getOutputStream().write((text + "\r\n\r\n").getBytes(ISO_8859_1));
      return new String(socket.getInputStream().readAllBytes(), ISO_8859_1);
    }
  }

  @Test
  void givenAnUnknownRoute_whenAskedAgain_thenItWasLoggedOnceWithMethodPathAndAgent()
      throws IOException {
    for (var query : List.of("", "?a=1", "?a=2")) {
      assertThat(ask("GET /api/no/where" + query, "probe/1.0"))
          .startsWith("HTTP/1.1 404")
          .containsIgnoringCase("Content-Type: application/json")
          .contains("{\"error\":\"")
          .doesNotContainIgnoringCase("X-Error-Code: ");
    }
    ask("DELETE /api/no/where", "other/2.0");

    assertThat(lines.said)
        .containsExactly(
            "unknown route GET /api/no/where agent=probe/1.0",
            "unknown route DELETE /api/no/where agent=other/2.0");
  }

  @Test
  void givenSecretsInPathAndQuery_whenAsked_thenTheyAreNotInTheLog() throws IOException {
    var secret = "hf_0123456789abcdefghijABCDEFGHIJ";

    ask("GET /api/no/" + secret + "?token=" + secret + "&password=open", "probe/1.0");

    assertThat(lines.said).containsExactly("unknown route GET /api/no/hf_... agent=probe/1.0");
  }

  @Test
  void givenControlCharactersAndGreatLengths_whenAsked_thenALineOfTheLogStaysOneShortLine()
      throws IOException {
    assertThat(ask("GET /api/a%0Ab%1B[31m/{1}", "tab\there, \u00fcber {0}"))
        .startsWith("HTTP/1.1 404");
    assertThat(ask("GET /api/" + "a".repeat(3000), "b".repeat(3000))).startsWith("HTTP/1.1 404");
    ask("GET /api/bell", "bell\u0007");
    ask("GET /api/escape", "escape\u001b[2J");
    ask("GET /api/line\u001b[2J", "x");
    ask("GET /api/feed", "x\n2033-01-01 INFO all is well");

    assertThat(lines.said)
        .contains("unknown route GET /api/a%0Ab%1B[31m/{1} agent=tab?here, ?ber {0}")
        .hasSizeGreaterThan(1)
        .allSatisfy(line -> assertThat(line).matches("[\\x20-\\x7e]{1,900}"));
  }

  @Test
  void givenManyUnknownRoutes_whenAsked_thenNoMoreThanAThousandAreLoggedAndKept()
      throws IOException {
    for (int i = 0; i < 1_050; i++) {
      assertThat(ask("GET /api/no/" + i, "probe/1.0")).startsWith("HTTP/1.1 404");
    }

    assertThat(lines.said).hasSize(1_000);
  }
}
