package dev.ashlar.e2e;

import static org.assertj.core.api.Assertions.assertThat;

import java.io.IOException;
import java.net.URI;
import java.nio.charset.StandardCharsets;
import java.nio.file.Path;
import java.util.Locale;
import java.util.Map;
import org.junit.jupiter.api.AfterAll;
import org.junit.jupiter.api.BeforeAll;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.TestInstance;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;

/** The gateway as a process of its own beside the server: bytes leave through it alone. */
@TestInstance(TestInstance.Lifecycle.PER_CLASS)
final class SeparateGatewayTest {
  private Stack stack;
  private String token;
  private Process gateway;
  private String gatewayUrl;

  @BeforeAll
  void start() throws Exception {
    int port = Stack.freePort();
    gatewayUrl = "http://127.0.0.1:" + port;
    stack = Stack.start("gateway", Map.of(), "--gateway-url", gatewayUrl);
    token = stack.adminToken();
    gateway = startGateway("gateway.log", port);
  }

  @AfterAll
  void stop() throws InterruptedException {
    gateway.destroy();
    gateway.waitFor();
    stack.close();
  }

  @ParameterizedTest
  @CsvSource({"HUB_2,true", "HUB_2,false", "HUB_1,true"})
  void givenAGateway_whenAClientDownloads_thenTheBytesComeThroughIt(Client client, boolean xet)
      throws Exception {
    var name = client.name().toLowerCase(Locale.ROOT) + (xet ? "-xet" : "-lfs");
    var trip = new RoundTrip(client, stack, token, xet ? Map.of() : RoundTrip.WITHOUT_XET);
    var folder = RoundTrip.folder(stack, name);
    trip.upload("admin/" + name, folder);
    long before = replyBytes(gatewayUrl);
    long serverBefore = replyBytes(stack.url());

    assertThat(trip.download("admin/" + name)).isEqualTo(TestFolder.hashes(folder));

    assertThat(replyBytes(gatewayUrl) - before).isGreaterThan(3_000_000);
    assertThat(replyBytes(stack.url()) - serverBefore).isLessThan(200_000);
  }

  @Test
  void givenAGateway_whenAskedForAnythingElse_thenItIs404() throws Exception {
    for (var path :
        new String[] {
          "/api/whoami-v2", "/api/models", "/admin/m/resolve/main/a", "/cas/0123456789abcdef/v1/x"
        }) {
      assertThat(stack.get(gatewayUrl + path, token).statusCode()).as(path).isEqualTo(404);
    }
    var create = "{\"name\":\"x\"}".getBytes(StandardCharsets.UTF_8);
    assertThat(stack.send("POST", gatewayUrl + "/api/repos/create", token, create).statusCode())
        .isEqualTo(404);
    assertThat(stack.get(gatewayUrl + "/health", "").statusCode()).isEqualTo(200);
  }

  @Test
  void givenASignedUrl_whenItIsAlteredOrTheGatewayIsStartedAgain_thenOnlyTheHonestOneWorks()
      throws Exception {
    new RoundTrip(Client.HUB_2, stack, token, Map.of())
        .upload("admin/signed", RoundTrip.folder(stack, "signed"));
    var reply = stack.get("/admin/signed/resolve/main/weights.bin", token);
    var url = URI.create(reply.headers().firstValue("Location").orElseThrow());
    assertThat(reply.statusCode()).isEqualTo(302);

    assertThat(stack.get(url.toString(), "").body()).hasSize(3_000_000);
    assertThat(stack.get(url.toString().replace("/file/", "/file/0"), "").statusCode())
        .isIn(400, 403, 404);
    gateway.destroy();
    gateway.waitFor();
    gateway = startGateway("gateway-again.log", url.getPort());
    assertThat(stack.get(url.toString(), "", "Range", "bytes=10-19").body()).hasSize(10);
  }

  @Test
  void givenAFreePortToTake_whenAGatewayStarts_thenItSaysWhichOneAndAnswersThere()
      throws Exception {
    var log = stack.folder().resolve("any-port.log");
    var other = start(log, 0);
    try {
      var address = Ashlar.awaitAddress(other, log);

      assertThat(stack.get(address + "/health", "").statusCode()).isEqualTo(200);
    } finally {
      other.destroy();
      other.waitFor();
    }
  }

  private Process startGateway(String logName, int port) throws Exception {
    var log = stack.folder().resolve(logName);
    var started = start(log, port);
    assertThat(Ashlar.awaitAddress(started, log)).isEqualTo(gatewayUrl);
    return started;
  }

  private Process start(Path log, int port) throws IOException {
    return Ashlar.start(
        log,
        Map.of(),
        "gateway",
        "--data",
        stack.data().toString(),
        "--listen",
        "127.0.0.1:" + port);
  }

  private long replyBytes(String base) throws IOException {
    var metrics = new String(stack.get(base + "/metrics", "").body(), StandardCharsets.UTF_8);
    return metrics
        .lines()
        .filter(line -> line.startsWith("http_reply_bytes_total "))
        .mapToLong(line -> (long) Double.parseDouble(line.substring(line.indexOf(' ') + 1)))
        .findFirst()
        .orElse(0);
  }
}
