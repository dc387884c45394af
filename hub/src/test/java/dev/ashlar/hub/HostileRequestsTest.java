package dev.ashlar.hub;

import static org.assertj.core.api.Assertions.assertThat;

import dev.ashlar.hub.account.TokenScope;
import java.nio.charset.StandardCharsets;
import java.nio.file.Path;
import java.util.List;
import java.util.Map;
import java.util.stream.IntStream;
import org.junit.jupiter.api.AfterAll;
import org.junit.jupiter.api.BeforeAll;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

/** Requests that are small for the sender and would be large for the server. */
class HostileRequestsTest {
  private static final String PREUPLOAD = "/api/models/ann/m/preupload/main";

  @TempDir private static Path staging;
  private static HubStand stand;
  private static String ann;

  @BeforeAll
  static void open() {
    stand = new HubStand(staging);
    ann = stand.user("ann", TokenScope.WRITE);
    stand.create(ann, "model", "m");
  }

  @AfterAll
  static void close() {
    stand.close();
  }

  private static int preupload(String token, Map<String, Object> body) {
    return stand.sendJson("POST", PREUPLOAD + "?create_pr=1", token, body).statusCode();
  }

  private static List<Map<String, Object>> files(int count, String folders) {
    return IntStream.range(0, count)
        .<Map<String, Object>>mapToObj(i -> Map.of("path", folders + i, "size", 1, "sample", ""))
        .toList();
  }

  @Test
  void givenAStranger_whenPreuploadIsAskedForAPull_thenItIs401() {
    var files = Map.<String, Object>of("files", files(1, ""));

    assertThat(preupload("", files)).isEqualTo(401);
    assertThat(preupload(stand.user("bob", TokenScope.READ), files)).isEqualTo(403);
    assertThat(preupload(stand.user("bob", TokenScope.WRITE), files)).isEqualTo(200);
  }

  @Test
  void givenANulCharacter_whenItIsPartOfAName_thenItIs400() {
    assertThat(stand.get("/api/models/a%00/b", "").statusCode()).isEqualTo(400);
    assertThat(stand.get("/api/models?author=%00", "").statusCode()).isEqualTo(400);
    assertThat(stand.get("/api/users/a%00b/overview", "").statusCode()).isEqualTo(400);
  }

  @Test
  void givenARevisionNameOf4KiB_whenReadWrittenOrMade_thenItIsRefusedAndNothingChanges() {
    var repo = "/api/models/ann/m";
    var name = "r".repeat(4096);
    var before = refs(repo);

    for (var read : List.of("/revision/", "/tree/", "/commits/", "/xet-read-token/", "/compare/")) {
      assertThat(stand.get(repo + read + name, ann).statusCode()).as(read).isEqualTo(404);
    }
    assertThat(stand.get("/ann/m/resolve/" + name + "/a", "").statusCode()).isEqualTo(404);
    for (var write : List.of("/preupload/", "/paths-info/", "/super-squash/", "/tag/")) {
      var body = Map.of("files", List.of(), "paths", List.of("a"), "message", "m", "tag", "t");
      assertThat(stand.sendJson("POST", repo + write + name, ann, body).statusCode())
          .as(write)
          .isEqualTo(404);
    }
    assertThat(post(repo + "/branch/" + name, Map.of())).isEqualTo(400);
    assertThat(post(repo + "/branch/dev", Map.of("startingPoint", name))).isEqualTo(404);
    assertThat(post(repo + "/tag/main", Map.of("tag", name))).isEqualTo(400);
    assertThat(refs(repo)).isEqualTo(before);
  }

  private static int post(String path, Map<String, Object> body) {
    return stand.sendJson("POST", path, ann, body).statusCode();
  }

  private static String refs(String repo) {
    return HubStand.json(stand.get(repo + "/refs?include_prs=1", ann)).toString();
  }

  @Test
  void givenMoreRulesThanAnybodyWrites_whenPreuploadIsAsked_thenItIs413() {
    var rules = "a*\n".repeat(100_000);

    assertThat(preupload(ann, Map.of("files", files(10, ""), "gitIgnore", rules))).isEqualTo(413);
    assertThat(preupload(ann, Map.of("files", files(10, ""), "gitAttributes", rules)))
        .isEqualTo(413);
  }

  @Test
  void givenManyDeepPaths_whenPreuploadIsAsked_thenItIs413() {
    var deep = "d/".repeat(250);

    assertThat(preupload(ann, Map.of("files", files(2, deep)))).isEqualTo(200);
    assertThat(preupload(ann, Map.of("files", files(5_000, deep)))).isEqualTo(413);
  }

  @Test
  void givenACommitOf200000Operations_whenSent_thenItIs413AndNothingChanges() {
    var repo = "/api/models/ann/m";
    var before = refs(repo);
    var lines = new StringBuilder("{\"key\":\"header\",\"value\":{\"summary\":\"many\"}}\n");
    for (int i = 0; i < 200_000; i++) {
      lines.append("{\"key\":\"file\",\"value\":{\"path\":\"f").append(i);
      lines.append("\",\"content\":\"\"}}\n");
    }

    var answer =
        stand.send(
            "POST",
            repo + "/commit/main",
            lines.toString().getBytes(StandardCharsets.UTF_8),
            "Authorization",
            "Bearer " + ann);

    assertThat(answer.statusCode()).isEqualTo(413);
    assertThat(HubStand.json(answer).path("error").asText())
        .isEqualTo("the number of operations of a commit is at most 25000");
    assertThat(refs(repo)).isEqualTo(before);
  }

  @Test
  void givenThousandsOfFirstFiles_whenARepositoryIsMade_thenItIs413() {
    var files =
        IntStream.range(0, 20_000).mapToObj(i -> Map.of("path", "f" + i, "content", "")).toList();

    var answer =
        stand.sendJson("POST", "/api/repos/create", ann, Map.of("name", "many", "files", files));

    assertThat(answer.statusCode()).isEqualTo(413);
  }
}
