package dev.ashlar.hub.discussion;

import static dev.ashlar.hub.HubStand.json;
import static java.nio.charset.StandardCharsets.UTF_8;
import static org.assertj.core.api.Assertions.assertThat;

import com.fasterxml.jackson.databind.JsonNode;
import dev.ashlar.hub.HubStand;
import dev.ashlar.hub.account.TokenScope;
import dev.ashlar.web.Json;
import java.net.http.HttpResponse;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import java.util.concurrent.Callable;
import java.util.concurrent.Executors;
import org.junit.jupiter.api.AfterAll;
import org.junit.jupiter.api.BeforeAll;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

class PullRequestsOverHttpTest {
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

  /** A fresh repository of Ann's with a text of ten lines. */
  private static String repo() {
    var name = "pull-" + ++repos;
    stand.create(ann, "model", name);
    var repo = "/api/models/ann/" + name;
    assertThat(commit(repo, "main", ann, "text.txt", lines(0, "")).statusCode()).isEqualTo(200);
    return repo;
  }

  /** Ten lines of which one is another. */
  private static String lines(int changed, String to) {
    var text = new StringBuilder();
    for (int i = 1; i <= 10; i++) {
      text.append(i == changed ? to : "line " + i).append('\n');
    }
    return text.toString();
  }

  private static HttpResponse<byte[]> commit(
      String repo, String revision, String token, String path, String content) {
    var value = Map.of("path", path, "content", content, "encoding", "utf-8");
    return commit(repo, revision, token, Map.of("key", "file", "value", value));
  }

  private static HttpResponse<byte[]> commit(
      String repo, String revision, String token, Map<String, ?> operation) {
    var header = Map.of("summary", "Change it", "description", "It is better.");
    var body = new java.io.ByteArrayOutputStream();
    body.writeBytes(Json.write(Map.of("key", "header", "value", header)));
    body.write('\n');
    body.writeBytes(Json.write(operation));
    return stand.send(
        "POST",
        repo + "/commit/" + revision,
        body.toByteArray(),
        "Authorization",
        "Bearer " + token);
  }

  private static HttpResponse<byte[]> post(String path, String token, Map<String, ?> body) {
    return stand.sendJson("POST", path, token, body);
  }

  private static JsonNode details(String repo, int num) {
    var answer = stand.get(repo + "/discussions/" + num + "?diff=1", ann);
    assertThat(answer.statusCode()).isEqualTo(200);
    return json(answer);
  }

  private static String raw(String repo, String revision, String path) {
    var answer =
        stand.get(repo.substring("/api/models".length()) + "/raw/" + revision + "/" + path, ann);
    return answer.statusCode() == 200
        ? new String(answer.body(), UTF_8)
        : "status " + answer.statusCode();
  }

  private static String head(String repo, String revision) {
    return json(stand.get(repo + "/revision/" + revision, ann)).path("sha").asText();
  }

  private static void propose(String repo, String path, String content) {
    assertThat(commit(repo, "main?create_pr=1", bob, path, content).statusCode()).isEqualTo(200);
  }

  @Test
  void givenAStranger_whenCommittingWithCreatePr_thenAPullRequestHoldsTheCommit() {
    var repo = repo();
    var main = head(repo, "main");

    var answer = json(commit(repo, "main?create_pr=1", bob, "text.txt", lines(3, "better")));

    assertThat(answer.path("pullRequestUrl").asText())
        .isEqualTo(stand.base() + repo.substring("/api/models".length()) + "/discussions/1");
    var shown = details(repo, 1);
    assertThat(shown.path("title").asText()).isEqualTo("Change it");
    assertThat(shown.path("status").asText()).isEqualTo("open");
    assertThat(shown.path("isPullRequest").asBoolean()).isTrue();
    assertThat(shown.at("/changes/base").asText()).isEqualTo("refs/heads/main");
    assertThat(shown.at("/changes/mergeCommitId").isNull()).isTrue();
    assertThat(shown.path("filesWithConflicts").toString()).isEqualTo("[]");
    assertThat(shown.path("diff").asText()).contains("-line 3\n+better\n");
    assertThat(shown.at("/events/0/data/latest/raw").asText()).isEqualTo("It is better.");
    assertThat(shown.at("/events/1/type").asText()).isEqualTo("commit");
    assertThat(shown.at("/events/1/data/oid").asText())
        .isEqualTo(answer.path("commitOid").asText())
        .isEqualTo(head(repo, PULL));
    assertThat(shown.at("/events/1/author/name").asText()).isEqualTo("bob");
    assertThat(head(repo, "main")).isEqualTo(main);
    assertThat(raw(repo, PULL, "text.txt")).contains("better");
  }

  @Test
  void givenADraft_whenItsAuthorCommits_thenOthersMayNot() {
    var repo = repo();
    var body = Map.of("title", "Draft", "pullRequest", true);
    assertThat(json(post(repo + "/discussions", bob, body)).path("num").asInt()).isEqualTo(1);
    assertThat(details(repo, 1).path("status").asText()).isEqualTo("draft");
    assertThat(head(repo, PULL)).isEqualTo(head(repo, "main"));

    assertThat(commit(repo, PULL, dora, "x.txt", "x").statusCode()).isEqualTo(403);
    assertThat(commit(repo, PULL, reader, "x.txt", "x").statusCode()).isEqualTo(403);
    assertThat(commit(repo, PULL, "", "x.txt", "x").statusCode()).isEqualTo(401);
    assertThat(commit(repo, "main", bob, "x.txt", "x").statusCode()).isEqualTo(403);
    assertThat(commit(repo, PULL, bob, "x.txt", "x").statusCode()).isEqualTo(200);
    assertThat(commit(repo, PULL, ann, "y.txt", "y").statusCode()).isEqualTo(200);
    assertThat(post(repo + "/super-squash/" + PULL, dora, Map.of("message", "One")).statusCode())
        .isEqualTo(403);
    assertThat(post(repo + "/super-squash/" + PULL, bob, Map.of("message", "One")).statusCode())
        .isEqualTo(200);

    var events = details(repo, 1).path("events");
    assertThat(events.findValuesAsText("subject")).containsExactly("Change it", "Change it", "One");
    assertThat(events.at("/2/author/name").asText()).isEqualTo("ann");
  }

  @Test
  void givenTokensToUpload_whenAPullRequestIsMeant_thenReadersMayAskForThem() {
    var repo = repo();
    post(repo + "/discussions", bob, Map.of("title", "Draft", "pullRequest", true));
    var files = Map.of("files", List.of(Map.of("path", "a.bin", "size", 9, "sample", "")));

    for (var route : List.of("/xet-write-token/main", "/preupload/main")) {
      boolean isGet = route.contains("xet");
      assertThat(status(repo + route + "?create_pr=1", bob, files, isGet)).isEqualTo(200);
      assertThat(status(repo + route, bob, files, isGet)).isEqualTo(403);
      assertThat(status(repo + route + "?create_pr=1", reader, files, isGet)).isEqualTo(403);
      assertThat(status(repo + route + "?create_pr=1", "", files, isGet)).isEqualTo(401);
      var pull = route.replace("main", PULL);
      assertThat(status(repo + pull, bob, files, isGet)).isEqualTo(200);
      assertThat(status(repo + pull, dora, files, isGet)).isEqualTo(403);
    }
    assertThat(
            status(repo + "/preupload/" + head(repo, "main") + "?create_pr=1", bob, files, false))
        .isEqualTo(404);
    assertThat(commit(repo, "nowhere?create_pr=1", bob, "a", "a").statusCode()).isEqualTo(404);
    assertThat(commit(repo, PULL + "?create_pr=1", bob, "a", "a").statusCode()).isEqualTo(404);
    assertThat(batch(repo, bob, Map.of())).isEqualTo(200);
    assertThat(batch(repo, bob, Map.of("ref", Map.of("name", "refs/pr/1")))).isEqualTo(200);
    assertThat(batch(repo, dora, Map.of("ref", Map.of("name", "refs/pr/1")))).isEqualTo(403);
    assertThat(batch(repo, bob, Map.of("ref", Map.of("name", "main")))).isEqualTo(403);
    assertThat(batch(repo, reader, Map.of())).isEqualTo(403);
  }

  private static int status(String path, String token, Map<String, ?> body, boolean isGet) {
    return (isGet ? stand.get(path, token) : post(path, token, body)).statusCode();
  }

  private static int batch(String repo, String token, Map<String, ?> ref) {
    var body = new java.util.HashMap<String, Object>(ref);
    body.put("operation", "upload");
    body.put("objects", List.of(Map.of("oid", "ab".repeat(32), "size", 7)));
    return post(repo.substring("/api/models".length()) + ".git/info/lfs/objects/batch", token, body)
        .statusCode();
  }

  @Test
  void givenAPullRequestOnTop_whenMerged_thenTheBranchMovesToIt() {
    var repo = repo();
    propose(repo, "text.txt", lines(3, "better"));
    var head = head(repo, PULL);

    assertThat(post(repo + "/discussions/1/merge", bob, Map.of()).statusCode()).isEqualTo(403);
    var merged = post(repo + "/discussions/1/merge", ann, Map.of("comment", "thanks"));

    assertThat(merged.statusCode()).isEqualTo(200);
    assertThat(head(repo, "main")).isEqualTo(head);
    var shown = details(repo, 1);
    assertThat(shown.path("status").asText()).isEqualTo("merged");
    assertThat(shown.at("/changes/mergeCommitId").asText()).isEqualTo(head);
    assertThat(shown.path("diff").asText()).contains("+better");
    assertThat(shown.path("events").findValuesAsText("type"))
        .containsExactly("comment", "commit", "comment", "status-change");
    assertThat(post(repo + "/discussions/1/merge", ann, Map.of()).statusCode()).isEqualTo(409);
    assertThat(post(repo + "/discussions/1/status", ann, Map.of("status", "open")).statusCode())
        .isEqualTo(409);
    assertThat(commit(repo, PULL, bob, "late.txt", "late").statusCode()).isEqualTo(409);
    assertThat(head(repo, PULL)).isEqualTo(head);
  }

  @Test
  void givenChangesOnBothSides_whenMerged_thenTheyMeetInOneCommit() {
    var repo = repo();
    propose(repo, "text.txt", lines(9, "theirs"));
    commit(repo, PULL, bob, "new/file.txt", "new");
    commit(repo, "main", ann, "text.txt", lines(2, "ours"));
    var base = head(repo, "main");

    assertThat(post(repo + "/discussions/1/merge", ann, Map.of()).statusCode()).isEqualTo(200);

    assertThat(raw(repo, "main", "text.txt")).contains("theirs").contains("ours");
    assertThat(raw(repo, "main", "new/file.txt")).isEqualTo("new");
    var log = json(stand.get(repo + "/commits/main", ann));
    assertThat(log.at("/0/title").asText()).isEqualTo("Change it (#1)");
    assertThat(log.findValuesAsText("id")).contains(base, head(repo, PULL));
    assertThat(details(repo, 1).at("/changes/mergeCommitId").asText())
        .isEqualTo(log.at("/0/id").asText());
    assertThat(details(repo, 1).path("diff").asText()).contains("+theirs").doesNotContain("ours");
    assertThat(json(stand.get(repo + "/tree/main?expand=true", ann)).toString())
        .contains("lastCommit");
  }

  @Test
  void givenAConflict_whenMerged_thenTheFilesAreNamedAndNothingMoves() {
    var repo = repo();
    propose(repo, "text.txt", lines(3, "theirs"));
    commit(repo, "main", ann, "text.txt", lines(3, "ours"));
    var main = head(repo, "main");

    var answer = post(repo + "/discussions/1/merge", ann, Map.of("comment", "now"));

    assertThat(answer.statusCode()).isEqualTo(409);
    assertThat(json(answer).path("error").asText()).contains("text.txt");
    var shown = details(repo, 1);
    assertThat(shown.path("filesWithConflicts").toString()).isEqualTo("[\"text.txt\"]");
    assertThat(shown.path("status").asText()).isEqualTo("open");
    assertThat(shown.path("events")).hasSize(2);
    assertThat(head(repo, "main")).isEqualTo(main);
  }

  @Test
  void givenWhatCannotBeMerged_whenMerged_thenTheReasonIsGiven() {
    var repo = repo();
    post(repo + "/discussions", bob, Map.of("title", "Draft", "pullRequest", true));
    var merge = repo + "/discussions/1/merge";
    var status = repo + "/discussions/1/status";

    assertThat(json(post(merge, ann, Map.of())).path("error").asText()).contains("draft");
    assertThat(post(status, bob, Map.of("status", "open")).statusCode()).isEqualTo(200);
    assertThat(json(post(merge, ann, Map.of())).path("error").asText()).contains("nothing");
    commit(repo, PULL, bob, "x.txt", "x");
    assertThat(post(status, bob, Map.of("status", "closed")).statusCode()).isEqualTo(200);
    assertThat(json(post(merge, ann, Map.of())).path("error").asText()).contains("closed");
    assertThat(post(status, ann, Map.of("status", "open")).statusCode()).isEqualTo(200);
    assertThat(post(merge, ann, Map.of()).statusCode()).isEqualTo(200);
  }

  @Test
  void givenItsBranchIsGone_whenLookedAt_thenThePullRequestIsStillThere() {
    var repo = repo();
    stand.sendJson("POST", repo + "/branch/dev", ann, Map.of());
    assertThat(commit(repo, "dev?create_pr=1", bob, "x.txt", "x").statusCode()).isEqualTo(200);
    assertThat(stand.sendJson("DELETE", repo + "/branch/dev", ann, Map.of()).statusCode())
        .isEqualTo(200);

    var shown = details(repo, 1);

    assertThat(shown.at("/changes/base").asText()).isEqualTo("refs/heads/dev");
    assertThat(shown.path("diff").asText()).isEmpty();
    assertThat(post(repo + "/discussions/1/merge", ann, Map.of()).statusCode()).isEqualTo(409);
    assertThat(raw(repo, PULL, "x.txt")).isEqualTo("x");
    assertThat(commit(repo, PULL, bob, "y.txt", "y").statusCode()).isEqualTo(200);
  }

  @Test
  void givenMergesAtOnce_whenSent_thenOneWins() throws Exception {
    var repo = repo();
    propose(repo, "new.txt", "new");
    commit(repo, "main", ann, "text.txt", lines(2, "ours"));
    var work = new ArrayList<Callable<Integer>>();
    for (int i = 0; i < 6; i++) {
      work.add(() -> post(repo + "/discussions/1/merge", ann, Map.of()).statusCode());
    }
    var statuses = new ArrayList<Integer>();
    try (var pool = Executors.newFixedThreadPool(6)) {
      for (var result : pool.invokeAll(work)) {
        statuses.add(result.get());
      }
    }

    assertThat(statuses).containsOnly(200, 409).containsOnlyOnce(200);
    assertThat(json(stand.get(repo + "/commits/main", ann)).findValuesAsText("title"))
        .containsOnlyOnce("Change it (#1)");
    assertThat(details(repo, 1).path("events").findValuesAsText("status"))
        .containsExactly("merged");
  }

  @Test
  void givenAParentCommit_whenProposing_thenThePullRequestBeginsThere() {
    var repo = repo();
    var old = head(repo, "main");
    commit(repo, "main", ann, "text.txt", lines(2, "ours"));
    var header = Map.of("summary", "Older", "parentCommit", old);
    var file = Map.of("path", "x.txt", "content", "x", "encoding", "utf-8");
    var lines =
        new String(Json.write(Map.of("key", "header", "value", header)), UTF_8)
            + "\n"
            + new String(Json.write(Map.of("key", "file", "value", file)), UTF_8);

    var path = repo + "/commit/main?create_pr=1";
    var good = stand.send("POST", path, lines.getBytes(UTF_8), "Authorization", "Bearer " + bob);
    var unknown = lines.replace(old, "0123456789".repeat(4)).getBytes(UTF_8);
    var bad = stand.send("POST", path, unknown, "Authorization", "Bearer " + bob);

    assertThat(good.statusCode()).isEqualTo(200);
    assertThat(raw(repo, PULL, "text.txt")).doesNotContain("ours");
    assertThat(bad.statusCode()).isEqualTo(412);
    assertThat(json(stand.get(repo + "/discussions", "")).path("count").asInt()).isEqualTo(1);
  }

  @Test
  void givenAGatedRepository_whenAStrangerLooks_thenNoContentIsShown() {
    var repo = repo();
    propose(repo, "text.txt", lines(3, "secret"));
    stand.sendJson("PUT", repo + "/settings", ann, Map.of("gated", "manual"));

    var shown = json(stand.get(repo + "/discussions/1?diff=1", bob));

    assertThat(shown.path("title").asText()).isEqualTo("Change it");
    assertThat(shown.has("diff")).isFalse();
    assertThat(commit(repo, PULL, bob, "x.txt", "x").statusCode()).isEqualTo(403);
    assertThat(commit(repo, "main?create_pr=1", bob, "x.txt", "x").statusCode()).isEqualTo(403);
    assertThat(stand.get(repo + "/xet-write-token/" + PULL, bob).statusCode()).isEqualTo(403);
  }

  @Test
  void givenNoChange_whenProposing_thenNoPullRequestIsOpened() {
    var repo = repo();

    var answer = commit(repo, "main?create_pr=1", bob, "text.txt", lines(0, ""));

    assertThat(answer.statusCode()).isEqualTo(200);
    assertThat(json(answer).path("pullRequestUrl").isNull()).isTrue();
    assertThat(json(stand.get(repo + "/discussions", "")).path("count").asInt()).isZero();
  }

  @Test
  void givenARemovedRepository_whenMadeAgain_thenItsDiscussionsAreGone() {
    var repo = repo();
    propose(repo, "x.txt", "x");
    var name = repo.substring(repo.lastIndexOf('/') + 1);
    stand.sendJson("DELETE", "/api/repos/delete", ann, Map.of("name", name, "type", "model"));
    stand.create(ann, "model", name);

    assertThat(json(stand.get(repo + "/discussions", "")).path("count").asInt()).isZero();
    propose(repo, "x.txt", "x");
    assertThat(details(repo, 1).path("events")).hasSize(2);
  }
}
