package dev.ashlar.hub.discussion;

import static dev.ashlar.hub.HubStand.json;
import static org.assertj.core.api.Assertions.assertThat;

import com.fasterxml.jackson.databind.JsonNode;
import dev.ashlar.hub.HubStand;
import dev.ashlar.hub.account.TokenScope;
import dev.ashlar.web.Json;
import java.io.ByteArrayOutputStream;
import java.net.http.HttpResponse;
import java.nio.file.Path;
import java.util.List;
import java.util.Map;
import java.util.concurrent.Callable;
import java.util.concurrent.Executors;
import org.junit.jupiter.api.AfterAll;
import org.junit.jupiter.api.BeforeAll;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

class CareOverHttpTest {
  private static final String PULL = "refs%2Fpr%2F1";

  @TempDir private static Path staging;
  private static HubStand stand;
  private static String ann;
  private static String bob;
  private static String dora;
  private static String reader;
  private static int repos;

  @BeforeAll
  static void open() {
    stand = new HubStand(staging);
    ann = stand.user("ann", TokenScope.WRITE);
    bob = stand.user("bob", TokenScope.WRITE);
    dora = stand.user("dora", TokenScope.WRITE);
    reader = stand.user("cleo", TokenScope.READ);
  }

  @AfterAll
  static void close() {
    stand.close();
  }

  private static String repo() {
    var name = "care-" + ++repos;
    stand.create(ann, "model", name);
    return "/api/models/ann/" + name;
  }

  private static HttpResponse<byte[]> commit(
      String repo, String revision, String token, String path, String content) {
    var body = new ByteArrayOutputStream();
    body.writeBytes(Json.write(Map.of("key", "header", "value", Map.of("summary", "Change it"))));
    body.write('\n');
    var file = Map.of("path", path, "content", content, "encoding", "utf-8");
    body.writeBytes(Json.write(Map.of("key", "file", "value", file)));
    var route = repo + "/commit/" + revision;
    return stand.send("POST", route, body.toByteArray(), "Authorization", "Bearer " + token);
  }

  private static void propose(String repo, String path, String content) {
    assertThat(commit(repo, "main?create_pr=1", bob, path, content).statusCode()).isEqualTo(200);
  }

  private static HttpResponse<byte[]> post(String path, String token, Map<String, ?> body) {
    return stand.sendJson("POST", path, token, body);
  }

  private static HttpResponse<byte[]> delete(String path, String token) {
    return stand.sendJson("DELETE", path, token, Map.of());
  }

  private static HttpResponse<byte[]> discuss(String repo, String token) {
    return post(repo + "/discussions", token, Map.of("title", "Talk", "description", "Hello"));
  }

  private static JsonNode details(String repo, int num) {
    return json(stand.get(repo + "/discussions/" + num, ann));
  }

  @Test
  void givenAComment_whenReadersReact_thenEachCountsOnceAndHidingForgetsAll() {
    var repo = repo();
    discuss(repo, bob);
    var comment = repo + "/discussions/1/comment/" + details(repo, 1).at("/events/0/id").asText();
    var up = Map.of("reaction", "👍");

    assertThat(post(comment + "/reaction", dora, up).statusCode()).isEqualTo(200);
    assertThat(post(comment + "/reaction", dora, up).statusCode()).isEqualTo(200);
    var answer = json(post(comment + "/reaction", ann, up)).path("updatedComment");

    assertThat(answer).isEqualTo(details(repo, 1).at("/events/0"));
    assertThat(answer.at("/data/reactions").toString())
        .isEqualTo("[{\"reaction\":\"👍\",\"users\":[\"ann\",\"dora\"],\"count\":2}]");
    assertThat(post(comment + "/reaction", reader, up).statusCode()).isEqualTo(403);
    assertThat(post(comment + "/reaction", "", up).statusCode()).isEqualTo(401);
    for (var bad : List.of("", "x", "12", "👍<b>", "👍".repeat(9))) {
      assertThat(post(comment + "/reaction", dora, Map.of("reaction", bad)).statusCode())
          .isEqualTo(400);
    }
    assertThat(stand.sendJson("DELETE", comment + "/reaction", ann, up).statusCode())
        .isEqualTo(200);
    assertThat(details(repo, 1).at("/events/0/data/reactions/0/count").asInt()).isEqualTo(1);
    assertThat(post(comment + "/hide", bob, Map.of()).statusCode()).isEqualTo(200);
    assertThat(details(repo, 1).at("/events/0/data/reactions")).isEmpty();
    assertThat(post(comment + "/reaction", dora, up).statusCode()).isEqualTo(409);
  }

  @Test
  void givenManyReactions_whenOneMoreKindComes_thenItIsRefusedAndTheOthersStillCount() {
    var repo = repo();
    discuss(repo, bob);
    var route =
        repo
            + "/discussions/1/comment/"
            + details(repo, 1).at("/events/0/id").asText()
            + "/reaction";
    for (int i = 0; i < Limits.REACTIONS_MAX; i++) {
      var face = Map.of("reaction", Character.toString(0x1f600 + i));
      assertThat(post(route, bob, face).statusCode()).isEqualTo(200);
    }

    assertThat(post(route, bob, Map.of("reaction", "👍")).statusCode()).isEqualTo(413);
    assertThat(post(route, dora, Map.of("reaction", "😀")).statusCode()).isEqualTo(200);
  }

  @Test
  void givenDiscussions_whenAWriterPinsAnOldOne_thenItComesFirst() {
    var repo = repo();
    discuss(repo, bob);
    discuss(repo, bob);
    var pin = repo + "/discussions/1/pin";

    assertThat(post(pin, bob, Map.of("pinned", true)).statusCode()).isEqualTo(403);
    assertThat(post(pin, ann, Map.of("pinned", "yes")).statusCode()).isEqualTo(400);
    assertThat(post(pin, ann, Map.of("pinned", true)).statusCode()).isEqualTo(200);
    assertThat(post(pin, ann, Map.of("pinned", true)).statusCode()).isEqualTo(200);

    var list = json(stand.get(repo + "/discussions", "")).path("discussions");
    assertThat(list.findValuesAsText("num")).containsExactly("1", "2");
    assertThat(list.at("/0/pinned").asBoolean()).isTrue();
    var shown = details(repo, 1);
    assertThat(shown.path("pinned").asBoolean()).isTrue();
    assertThat(shown.path("events").findValuesAsText("type"))
        .containsExactly("comment", "pinning-change");
    assertThat(post(pin, ann, Map.of("pinned", false)).statusCode()).isEqualTo(200);
    assertThat(details(repo, 1).path("pinned").asBoolean()).isFalse();
  }

  @Test
  void givenAPullRequest_whenItsRepositoryIsManaged_thenItGoesWithItsRefAndKeepsItsNumber() {
    var repo = repo();
    propose(repo, "a.txt", "a");

    assertThat(delete(repo + "/discussions/1", "").statusCode()).isEqualTo(401);
    assertThat(delete(repo + "/discussions/1", bob).statusCode()).isEqualTo(403);
    assertThat(delete(repo + "/discussions/1", ann).statusCode()).isEqualTo(200);

    assertThat(delete(repo + "/discussions/1", ann).statusCode()).isEqualTo(404);
    assertThat(stand.get(repo + "/discussions/1", ann).statusCode()).isEqualTo(404);
    assertThat(stand.get(repo + "/revision/" + PULL, ann).statusCode()).isEqualTo(404);
    assertThat(commit(repo, PULL, ann, "b.txt", "b").statusCode()).isEqualTo(404);
    assertThat(post(repo + "/discussions/1/comment", bob, Map.of("comment", "?")).statusCode())
        .isEqualTo(404);
    assertThat(json(discuss(repo, bob)).path("num").asInt()).isEqualTo(2);
    assertThat(delete(repo + "/discussions/2", ann).statusCode()).isEqualTo(200);
    propose(repo, "a.txt", "a");
    assertThat(details(repo, 3).path("isPullRequest").asBoolean()).isTrue();
  }

  @Test
  void givenAnOpenPullRequest_whenItGetsAnotherBase_thenItMergesThere() {
    var repo = repo();
    assertThat(post(repo + "/branch/next", ann, Map.of()).statusCode()).isEqualTo(200);
    assertThat(commit(repo, "next", ann, "a.txt", "theirs\n").statusCode()).isEqualTo(200);
    propose(repo, "a.txt", "ours\n");
    var route = repo + "/discussions/1/changes-base";
    assertThat(details(repo, 1).path("filesWithConflicts")).isEmpty();

    assertThat(post(route, dora, Map.of("base", "next")).statusCode()).isEqualTo(403);
    assertThat(post(route, bob, Map.of("base", "nowhere")).statusCode()).isEqualTo(404);
    assertThat(post(route, bob, Map.of("base", "refs/pr/1")).statusCode()).isEqualTo(404);
    assertThat(post(route, bob, Map.of("base", "main")).statusCode()).isEqualTo(409);
    assertThat(post(route, bob, Map.of()).statusCode()).isEqualTo(400);
    var event = json(post(route, bob, Map.of("base", "next"))).path("newBase");

    var shown = details(repo, 1);
    assertThat(event).isEqualTo(shown.path("events").get(2));
    assertThat(event.at("/data/to").asText()).isEqualTo("refs/heads/next");
    assertThat(shown.at("/changes/base").asText()).isEqualTo("refs/heads/next");
    assertThat(shown.path("filesWithConflicts").toString()).isEqualTo("[\"a.txt\"]");
    assertThat(post(repo + "/discussions/1/merge", ann, Map.of()).statusCode()).isEqualTo(409);
    post(repo + "/discussions/1/status", bob, Map.of("status", "closed"));
    assertThat(post(route, bob, Map.of("base", "main")).statusCode()).isEqualTo(409);
  }

  @Test
  void givenNamesThatDifferInCase_whenMerging_thenItIsRefusedLikeAPush() {
    var repo = repo();
    propose(repo, "Notes.txt", "ours\n");
    assertThat(commit(repo, "main", ann, "notes.txt", "theirs\n").statusCode()).isEqualTo(200);

    var answer = post(repo + "/discussions/1/merge", ann, Map.of());

    assertThat(answer.statusCode()).isEqualTo(409);
    assertThat(json(answer).path("error").asText()).contains("otes.txt").contains("case");
  }

  @Test
  void givenOneUser_whenOpeningMoreThanAnHourAllows_thenTheLimitIsNamedAndOthersMayOpen() {
    var repo = repo();
    for (int i = 0; i < Limits.OPENINGS_MAX; i++) {
      assertThat(discuss(repo, bob).statusCode()).isEqualTo(200);
    }

    var answer = discuss(repo, bob);

    assertThat(answer.statusCode()).isEqualTo(403);
    assertThat(json(answer).path("error").asText()).contains("60");
    assertThat(commit(repo, "main?create_pr=1", bob, "a", "a").statusCode()).isEqualTo(403);
    assertThat(stand.get(repo + "/revision/refs%2Fpr%2F61", ann).statusCode()).isEqualTo(404);
    assertThat(discuss(repo, dora).statusCode()).isEqualTo(200);
  }

  @Test
  void givenAPullRequest_whenMergedDeletedAndMovedAtOnce_thenNothingIsHalfDone() throws Exception {
    for (int round = 0; round < 8; round++) {
      var repo = repo();
      post(repo + "/branch/next", ann, Map.of());
      propose(repo, "a.txt", "a\n");
      var pull = repo + "/discussions/1";
      List<Callable<Integer>> calls =
          List.of(
              () -> post(pull + "/merge", ann, Map.of()).statusCode(),
              () -> post(pull + "/changes-base", bob, Map.of("base", "next")).statusCode(),
              () -> delete(pull, ann).statusCode());
      try (var lanes = Executors.newVirtualThreadPerTaskExecutor()) {
        var codes = lanes.invokeAll(calls).stream().map(f -> f.resultNow()).toList();

        assertThat(codes).allMatch(code -> List.of(200, 404, 409).contains(code));
        assertThat(codes.get(2)).isEqualTo(200);
        boolean isThere = has(repo, "main") || has(repo, "next");
        assertThat(isThere).isEqualTo(codes.get(0) == 200);
      }
      assertThat(stand.get(pull, ann).statusCode()).isEqualTo(404);
      assertThat(stand.get(repo + "/revision/" + PULL, ann).statusCode()).isEqualTo(404);
    }
  }

  private static boolean has(String repo, String branch) {
    return json(stand.get(repo + "/tree/" + branch, ann))
        .findValuesAsText("path")
        .contains("a.txt");
  }
}
