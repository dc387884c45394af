package dev.ashlar.hub.resolve;

import static dev.ashlar.hub.HubStand.header;
import static dev.ashlar.hub.HubStand.json;
import static java.nio.charset.StandardCharsets.UTF_8;
import static org.assertj.core.api.Assertions.assertThat;

import dev.ashlar.hub.HubStand;
import dev.ashlar.hub.account.TokenScope;
import java.nio.file.Path;
import java.util.List;
import java.util.Map;
import org.junit.jupiter.api.AfterAll;
import org.junit.jupiter.api.BeforeAll;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;

/** The addresses of files. */
class ResolveOverHttpTest {
  @TempDir private static Path staging;
  private static HubStand stand;
  private static String ada;
  private static String bob;

  @BeforeAll
  static void open() {
    stand = new HubStand(staging);
    ada = stand.user("ada", TokenScope.WRITE);
    bob = stand.user("bob", TokenScope.READ);
    stand.create(ada, "model", "m");
    stand.commit("/api/models/ada/m", ada, "d/b.txt", "hello");
  }

  @AfterAll
  static void close() {
    stand.close();
  }

  @ParameterizedTest
  @ValueSource(strings = {"model", "dataset", "space", "kernel"})
  void givenTheAddressOfACache_whenAsked_thenItIsASynonym(String type) {
    var plural = type + "s";
    var name = "cached-" + type;
    stand.create(ada, type, name);
    var api = "/api/" + plural + "/ada/" + name;
    var id = json(stand.commit(api, ada, "d/b c.txt", "hello")).path("commitOid").asText();
    var plain =
        (type.equals("model") ? "" : "/" + plural) + "/ada/" + name + "/resolve/main/d/b%20c.txt";
    var cache = "/api/resolve-cache/" + plural + "/ada/" + name + "/" + id + "/d%2Fb%20c.txt";

    for (var method : List.of("GET", "HEAD")) {
      var expected = stand.send(method, plain, new byte[0]);
      var answer = stand.send(method, cache, new byte[0]);
      assertThat(answer.statusCode()).as(method).isEqualTo(200);
      assertThat(answer.body()).as(method).isEqualTo(expected.body());
      assertThat(header(answer, "X-Repo-Commit")).as(method).isEqualTo(id);
      assertThat(header(answer, "ETag")).isEqualTo("\"b6fc4c620b67d95f953a5c1c1230aaab5db5a1b0\"");
      for (var field :
          List.of(
              "ETag",
              "Content-Length",
              "Content-Type",
              "Content-Disposition",
              "Accept-Ranges",
              "X-Content-Type-Options",
              "Content-Security-Policy")) {
        assertThat(header(answer, field)).as(field).isNotEmpty().isEqualTo(header(expected, field));
      }
    }
    assertThat(stand.get(cache, "").body()).asString(UTF_8).isEqualTo("hello");
    var absent = stand.get(cache + "x", "");
    assertThat(absent.statusCode()).isEqualTo(404);
    assertThat(header(absent, "X-Error-Code")).isEqualTo("EntryNotFound");
    assertThat(header(absent, "X-Repo-Commit")).isEqualTo(id);
  }

  @ParameterizedTest
  @ValueSource(strings = {"model", "dataset"})
  void givenAClosedRepository_whenTheAddressOfACacheIsAsked_thenOnlyItsReadersGetTheFile(
      String type) {
    var name = "closed-" + type;
    stand.create(ada, type, name);
    var api = "/api/" + type + "s/ada/" + name;
    stand.commit(api, ada, "b.txt", "hello");
    var cache = "/api/resolve-cache/" + type + "s/ada/" + name + "/main/b.txt";
    assertThat(stand.get(cache, bob).statusCode()).isEqualTo(200);

    stand.sendJson("PUT", api + "/settings", ada, Map.of("gated", "manual"));
    assertThat(refusal(cache, "")).isEqualTo("401 GatedRepo");
    assertThat(refusal(cache, bob)).isEqualTo("403 GatedRepo");
    assertThat(stand.get(cache, ada).statusCode()).isEqualTo(200);

    stand.sendJson("PUT", api + "/settings", ada, Map.of("gated", false, "private", true));
    assertThat(refusal(cache, "")).isEqualTo("401 RepoNotFound");
    assertThat(refusal(cache, bob)).isEqualTo("404 RepoNotFound");
    assertThat(stand.get(cache, ada).statusCode()).isEqualTo(200);
  }

  private static String refusal(String path, String token) {
    var answer = stand.get(path, token);
    assertThat(answer.body()).asString(UTF_8).startsWith("{\"error\":");
    return answer.statusCode() + " " + header(answer, "X-Error-Code");
  }

  @ParameterizedTest
  @ValueSource(strings = {"main//d/b.txt", "main/d//b.txt", "main/d%2F%2Fb.txt", "main/%2Fd/b.txt"})
  void givenAnEmptySegment_whenAFileIsAsked_thenThereIsNone(String path) {
    for (var route : List.of("/ada/m/resolve/", "/ada/m/raw/", "/api/models/ada/m/tree/")) {
      var answer = stand.get(route + path, ada);

      assertThat(answer.statusCode()).as(route).isEqualTo(404);
      assertThat(header(answer, "X-Error-Code")).as(route).isEqualTo("EntryNotFound");
      assertThat(header(answer, "X-Repo-Commit")).as(route).hasSize(40);
    }
  }

  @Test
  void givenAnEmptyRevision_whenAFileIsAsked_thenItIsUnknown() {
    assertThat(refusal("/ada/m/resolve//main/d/b.txt", ada)).isEqualTo("404 RevisionNotFound");
    assertThat(stand.get("/ada/m/resolve/main/d/b.txt", ada).statusCode()).isEqualTo(200);
  }
}
