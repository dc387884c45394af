package dev.ashlar.hub.misc;

import static dev.ashlar.hub.HubStand.header;
import static dev.ashlar.hub.HubStand.json;
import static org.assertj.core.api.Assertions.assertThat;

import com.fasterxml.jackson.databind.JsonNode;
import dev.ashlar.hub.HubStand;
import dev.ashlar.hub.account.TokenScope;
import java.io.IOException;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.List;
import java.util.Map;
import org.junit.jupiter.api.AfterAll;
import org.junit.jupiter.api.BeforeAll;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;

class MiscOverHttpTest {
  @TempDir private static Path staging;
  private static HubStand stand;

  @BeforeAll
  static void open() {
    stand = new HubStand(staging);
  }

  @AfterAll
  static void close() {
    stand.close();
  }

  @Test
  void trap15_givenAStartingClient_whenItAsksForHarnesses_thenThereAreNone() {
    var answer = stand.get("/api/agent-harnesses", "");

    assertThat(answer.statusCode()).isEqualTo(200);
    assertThat(json(answer).path("standardEnvVars").isArray()).isTrue();
    assertThat(json(answer).path("harnesses").isObject()).isTrue();
  }

  @Test
  void givenAnybody_whenTheVersionIsAsked_thenItIsThatOfTheBuildWithTheLimitsInForce()
      throws IOException {
    var pom = Files.readString(Path.of("pom.xml"));
    var build = pom.replaceAll("(?s).*?<version>(.*?)</version>.*", "$1");

    var answer = json(stand.get("/api/version", ""));

    assertThat(answer.path("version").asText()).isEqualTo(build);
    assertThat(answer.path("apiVersion").asText()).isEqualTo("v1");
    assertThat(answer.path("lfsVersion").asText()).isEqualTo("2.0");
    for (var feature : List.of("lfs", "multipart", "deduplication", "organizations")) {
      assertThat(answer.path("features").path(feature).asBoolean()).as(feature).isTrue();
    }
    assertThat(answer.path("limits").path("lfsThreshold").asLong()).isEqualTo(10 << 20);
    long bytesMax = answer.path("limits").path("maxFileSize").asLong();
    var token = stand.user("uploader", TokenScope.WRITE);
    stand.create(token, "model", "limits");
    assertThat(offer(token, bytesMax).path("actions").path("upload").isObject()).isTrue();
    assertThat(offer(token, bytesMax + 1).path("error").path("message").asText())
        .contains("" + bytesMax);
  }

  private static JsonNode offer(String token, long bytes) {
    var object = Map.of("oid", "a".repeat(64), "size", bytes);
    return json(stand.sendJson(
            "POST",
            "/uploader/limits.git/info/lfs/objects/batch",
            token,
            Map.of("operation", "upload", "objects", List.of(object))))
        .path("objects")
        .path(0);
  }

  @Test
  void trap16_givenARequestId_whenAnyAnswerComes_thenItIsRepeated() {
    var answer = stand.send("GET", "/api/x", new byte[0], "X-Amzn-Trace-Id", "abc-1");

    assertThat(header(answer, "X-Request-Id")).isEqualTo("abc-1");
  }

  @Test
  void givenAnUnknownRoute_whenAsked_thenA404WithoutACode() {
    var answer = stand.get("/api/nothing/here", "");

    assertThat(answer.statusCode()).isEqualTo(404);
    assertThat(header(answer, "X-Error-Code")).isEmpty();
    assertThat(json(answer).path("error").asText()).isNotEmpty();
  }

  @ParameterizedTest
  @ValueSource(
      strings = {
        "GET /api/jobs/someone",
        "POST /api/scheduled-jobs/someone/1/run",
        "GET /api/daily_papers",
        "POST /api/spaces/a/b/secrets",
        "DELETE /api/spaces/a/b/storage",
        "GET /api/spaces/a/b/logs/run",
        "POST /api/spaces/a/b/restart",
        "GET /api/spaces/semantic-search",
      })
  void givenWhatIsOutOfScope_whenAsked_thenItSaysSo(String route) {
    var parts = route.split(" ", 2);

    var answer = stand.send(parts[0], parts[1], new byte[0]);

    assertThat(answer.statusCode()).isEqualTo(501);
    assertThat(header(answer, "X-Error-Code")).isEqualTo("NotImplemented");
    assertThat(json(answer).path("error").asText()).endsWith("is not offered here");
  }

  @Test
  void givenABrowser_whenItAsksBeforehand_thenItsHeadersAreAllowedAndOursAreReadable()
      throws IOException {
    var answer =
        stand.raw(
            String.join(
                "\r\n",
                "OPTIONS /api/models HTTP/1.1",
                "Origin: https://page.example",
                "Access-Control-Request-Method: POST",
                "Access-Control-Request-Headers: authorization,x-some-thing",
                "X-Rest: x"));

    assertThat(answer)
        .contains(" 204 ")
        .contains("Access-Control-Allow-Origin: *")
        .contains("Access-Control-Allow-Headers: authorization,x-some-thing");
    assertThat(header(stand.get("/api/models", ""), "Access-Control-Expose-Headers"))
        .contains("X-Repo-Commit", "X-Error-Code", "X-Total-Count", "ETag", "Link", "X-Xet-Hash");
  }

  @Test
  void givenTelemetry_whenSent_thenItIsTakenForGranted() {
    assertThat(stand.send("HEAD", "/api/telemetry/a/b", new byte[0]).statusCode()).isEqualTo(200);
  }

  @Test
  void givenACard_whenValidated_thenTheAnswerIsAlwaysAnObject() {
    var good = validate("---\nlicense: mit\n---\n");
    var bad = validate("---\nlicense: [\n---\n");

    assertThat(good).isEqualTo("200 {\"errors\":[],\"warnings\":[]}");
    assertThat(bad).startsWith("400 {\"errors\":[{\"message\":");
    assertThat(validate("")).contains("200 ").contains("\"warnings\":[{\"message\":\"empty");
  }

  @Test
  void givenAnOldOneSegmentId_whenAsked_thenItIsAnUnknownRepository() {
    var token = stand.user("eve", TokenScope.READ);

    var nobody = stand.get("/api/models/gpt2", "");
    var somebody = stand.get("/api/models/gpt2/revision/main", token);

    assertThat(nobody.statusCode()).isEqualTo(401);
    assertThat(header(nobody, "X-Error-Code")).isEqualTo("RepoNotFound");
    assertThat(somebody.statusCode()).isEqualTo(404);
    assertThat(header(somebody, "X-Error-Code")).isEqualTo("RepoNotFound");
  }

  @ParameterizedTest
  @ValueSource(
      strings = {
        "POST /api/models/gpt2/preupload/main",
        "POST /api/models/gpt2/commit/main",
        "POST /api/datasets/squad/paths-info/main",
        "POST /api/models/gpt2/branch/dev",
        "DELETE /api/models/gpt2/tag/v1",
        "POST /api/models/gpt2/discussions",
        "DELETE /api/models/gpt2/like",
        "PUT /api/models/gpt2/settings",
        "GET /api/models/gpt2/xet-read-token/main",
        "GET /api/kernels/flash",
        "GET /api/kernels/flash/revision/main",
        "GET /api/kernels/flash/tree/main",
        "POST /api/kernels/flash/commit/main",
        "GET /kernels/flash/resolve/main/a.py",
        "GET /kernels/flash/info/refs?service=git-upload-pack",
      })
  void givenAnOldOneSegmentId_whenChanged_thenItIsAnUnknownRepository(String route) {
    var parts = route.split(" ", 2);
    var token = stand.user("old" + Integer.toHexString(route.hashCode()), TokenScope.WRITE);

    var answer = stand.send(parts[0], parts[1], new byte[0], "Authorization", "Bearer " + token);

    assertThat(answer.statusCode()).isEqualTo(404);
    assertThat(header(answer, "X-Error-Code")).isEqualTo("RepoNotFound");
  }

  private static String validate(String content) {
    var answer =
        stand.sendJson(
            "POST", "/api/validate-yaml", "", Map.of("content", content, "repoType", "model"));
    return answer.statusCode() + " " + new String(answer.body(), StandardCharsets.UTF_8);
  }
}
