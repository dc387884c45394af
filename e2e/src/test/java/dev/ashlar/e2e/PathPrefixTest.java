package dev.ashlar.e2e;

import static org.assertj.core.api.Assertions.assertThat;

import com.fasterxml.jackson.databind.JsonNode;
import com.fasterxml.jackson.databind.ObjectMapper;
import java.io.IOException;
import java.net.http.HttpResponse;
import java.nio.charset.StandardCharsets;
import java.util.Locale;
import java.util.Map;
import org.junit.jupiter.api.AfterAll;
import org.junit.jupiter.api.BeforeAll;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.TestInstance;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;

/** A server whose public URL has a path: every URL that it gives has that path too. */
@TestInstance(TestInstance.Lifecycle.PER_CLASS)
final class PathPrefixTest {
  private static final ObjectMapper JSON = new ObjectMapper();

  private Stack stack;
  private String token;

  @BeforeAll
  void start() throws Exception {
    stack = Stack.start("prefix", Map.of(), "--public-url", "http://127.0.0.1:PORT/hf");
    token = stack.adminToken();
    new RoundTrip(Client.HUB_2, stack, token, Map.of())
        .upload("admin/seen", RoundTrip.folder(stack, "seen"));
  }

  @AfterAll
  void stop() {
    stack.close();
  }

  @ParameterizedTest
  @CsvSource({"HUB_2,true", "HUB_2,false", "HUB_1,true", "HUB_1,false"})
  void givenAPrefix_whenAClientUploadsAndDownloads_thenTheBytesAreEqual(Client client, boolean xet)
      throws Exception {
    var name = client.name().toLowerCase(Locale.ROOT) + (xet ? "-xet" : "-lfs");
    var trip = new RoundTrip(client, stack, token, xet ? Map.of() : RoundTrip.WITHOUT_XET);

    trip.check("admin/" + name, RoundTrip.folder(stack, name));
  }

  @Test
  void givenAPrefix_whenAFileIsResolved_thenItsLinksAndItsPlaceCarryIt() throws Exception {
    var head = stack.send("HEAD", "/admin/seen/resolve/main/weights.bin", token, new byte[0]);
    var get = stack.get("/admin/seen/resolve/main/weights.bin", token, "Range", "bytes=0-9");

    assertThat(head.headers().firstValue("Link").orElse(""))
        .startsWith("<" + stack.url() + "/api/models/admin/seen/xet-read-token/")
        .contains("<" + stack.url() + "/cas/");
    assertThat(get.headers().firstValue("Location").orElse("")).startsWith(stack.url() + "/cas/");
  }

  @Test
  void givenAPrefix_whenAListHasAnotherPage_thenItsLinkCarriesIt() throws Exception {
    var commits = stack.get("/api/models/admin/seen/commits/main?limit=1", token);
    var tree = stack.get("/api/models/admin/seen/tree/main?limit=1", token);

    for (var reply : new HttpResponse<?>[] {commits, tree}) {
      var link = reply.headers().firstValue("Link").orElse("");
      assertThat(link).startsWith("<" + stack.url() + "/api/models/admin/seen/");
      var next = link.substring(1, link.indexOf('>'));
      assertThat(stack.get(next, token).statusCode()).isEqualTo(200);
    }
  }

  @Test
  void givenAPrefix_whenACommitIsMade_thenItsUrlAndThoseOfTheRepositoryCarryIt() throws Exception {
    var made = post("/api/repos/create", "application/json", "{\"name\":\"raw\"}");
    var commit =
        post(
            "/api/models/admin/raw/commit/main",
            "application/x-ndjson",
            """
            {"key":"header","value":{"summary":"one","description":""}}
            {"key":"file","value":{"path":"a.txt","content":"YQ==","encoding":"base64"}}
            """);

    assertThat(made.get("url").asText()).isEqualTo(stack.url() + "/admin/raw");
    assertThat(commit.get("commitUrl").asText()).startsWith(stack.url() + "/admin/raw/commit/");
  }

  @Test
  void givenAPrefix_whenTokensAndUploadsAreNegotiated_thenTheirUrlsCarryIt() throws Exception {
    var xet = JSON.readTree(stack.get("/api/models/admin/seen/xet-write-token/main", token).body());
    var batch =
        post(
            "/admin/seen.git/info/lfs/objects/batch",
            "application/vnd.git-lfs+json",
            """
            {"operation":"upload","transfers":["basic"],
             "objects":[{"oid":"%s","size":12345678}]}
            """
                .formatted("ab".repeat(32)));

    assertThat(xet.get("casUrl").asText()).startsWith(stack.url() + "/cas/");
    var actions = batch.at("/objects/0/actions");
    assertThat(actions.at("/upload/href").asText()).startsWith(stack.url() + "/cas/put/lfs/");
    assertThat(actions.at("/verify/href").asText()).startsWith(stack.url() + "/admin/seen.git/");
  }

  @Test
  void givenAProxyThatTakesThePrefixOff_whenAsked_thenTheAnswerIsTheSame() throws Exception {
    var stripped = stack.url().substring(0, stack.url().length() - "/hf".length());

    assertThat(stack.get(stripped + "/api/models/admin/seen", token).body())
        .isEqualTo(stack.get("/api/models/admin/seen", token).body());
    assertThat(stack.get(stripped + "/hfx/api/models/admin/seen", token).statusCode())
        .isEqualTo(404);
  }

  private JsonNode post(String path, String type, String body) throws IOException {
    var reply =
        stack.send(
            "POST", path, token, body.getBytes(StandardCharsets.UTF_8), "Content-Type", type);
    assertThat(reply.statusCode()).as(path).isEqualTo(200);
    return JSON.readTree(reply.body());
  }
}
