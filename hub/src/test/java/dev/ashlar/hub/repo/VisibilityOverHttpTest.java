package dev.ashlar.hub.repo;

import static dev.ashlar.hub.HubStand.header;
import static dev.ashlar.hub.HubStand.json;
import static java.nio.charset.StandardCharsets.UTF_8;
import static org.assertj.core.api.Assertions.assertThat;

import dev.ashlar.core.token.XetToken;
import dev.ashlar.hub.Hub;
import dev.ashlar.hub.HubStand;
import dev.ashlar.hub.account.TokenScope;
import dev.ashlar.metadata.Authority.Right;
import dev.ashlar.web.Json;
import java.net.http.HttpResponse;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

/**
 * What a stranger began while a repository was public: a discussion, a pull request, tokens. None
 * of it is a way in once the repository is closed, and all of it is there when it opens again.
 */
class VisibilityOverHttpTest {
  private static final String API = "/api/models/ann/m";
  private static final String LS_REFS = "0014command=ls-refs\n00010014ref-prefix refs/0000";

  private HubStand stand;
  private String ann;
  private String eve;

  /** A request, and whether strangers may make it at a gated repository. */
  private record Call(String method, String path, String body, boolean passesGates) {
    private Call(String method, String path, Map<String, ?> body, boolean passesGates) {
      this(method, path, new String(Json.write(body), UTF_8), passesGates);
    }

    private Call(String path, boolean passesGates) {
      this("GET", path, "", passesGates);
    }

    @Override
    public String toString() {
      return method + " " + path;
    }
  }

  @BeforeEach
  void open(@TempDir Path staging) {
    stand = new HubStand(staging);
    ann = stand.user("ann", TokenScope.WRITE);
    eve = stand.user("eve", TokenScope.WRITE);
    stand.create(ann, "model", "m");
    stand.commit(API, ann, "a.txt", "public once");
    var talk = Map.of("title", "A question", "description", "Why?", "pullRequest", false);
    assertThat(stand.sendJson("POST", API + "/discussions", eve, talk).statusCode()).isEqualTo(200);
    assertThat(propose("main?create_pr=1", "p.txt").statusCode()).isEqualTo(200);
  }

  @AfterEach
  void close() {
    stand.close();
  }

  private HttpResponse<byte[]> propose(String revision, String path) {
    var lines =
        stand.line("header", Map.of("summary", "change"))
            + "\n"
            + stand.line("file", Map.of("path", path, "content", "by eve", "encoding", "utf-8"));
    return stand.send(
        "POST",
        API + "/commit/" + revision,
        lines.getBytes(UTF_8),
        "Authorization",
        "Bearer " + eve);
  }

  private List<Call> calls() {
    var comments = json(stand.get(API + "/discussions/1", eve)).path("events");
    var comment = API + "/discussions/1/comment/" + comments.get(0).path("id").asText();
    var object = Map.of("oid", "ab".repeat(32), "size", 5);
    var batch = "/ann/m.git/info/lfs/objects/batch";
    var calls = new ArrayList<Call>();
    for (var path :
        List.of(
            "",
            "/refs",
            "/tree/main",
            "/tree/refs%2Fpr%2F2",
            "/commits/refs%2Fpr%2F2",
            "/revision/refs%2Fpr%2F2",
            "/compare/main..refs%2Fpr%2F2",
            "/discussions",
            "/discussions?type=pull_request",
            "/discussions/1",
            "/discussions/2",
            "/discussions/2?diff=1")) {
      calls.add(new Call(API + path, true));
    }
    calls.add(new Call("POST", API + "/discussions/1/comment", Map.of("comment", "x"), true));
    calls.add(new Call("POST", comment + "/edit", Map.of("content", "y"), true));
    calls.add(new Call("POST", comment + "/reaction", Map.of("reaction", "👍"), true));
    calls.add(new Call("POST", API + "/discussions/2/title", Map.of("title", "Mine"), true));
    calls.add(new Call("/ann/m/resolve/main/a.txt", false));
    calls.add(new Call("/ann/m/resolve/refs%2Fpr%2F2/p.txt", false));
    calls.add(new Call("/ann/m/raw/refs%2Fpr%2F2/p.txt", false));
    calls.add(new Call(API + "/auth-check", false));
    calls.add(new Call(API + "/xet-read-token/main", false));
    calls.add(new Call(API + "/xet-read-token/refs%2Fpr%2F2", false));
    calls.add(new Call(API + "/xet-write-token/main?create_pr=1", false));
    calls.add(new Call(API + "/xet-write-token/refs%2Fpr%2F2", false));
    calls.add(new Call("/ann/m/info/refs?service=git-upload-pack", false));
    calls.add(new Call("/ann/m/info/refs?service=git-receive-pack", false));
    calls.add(new Call("/ann/m/HEAD", false));
    calls.add(new Call("POST", "/ann/m/git-upload-pack", LS_REFS, false));
    for (var operation : List.of("download", "upload")) {
      var asked = Map.of("operation", operation, "objects", List.of(object));
      calls.add(new Call("POST", batch, asked, false));
    }
    var files = Map.of("files", List.of(Map.of("path", "b", "size", 1, "sample", "")));
    calls.add(new Call("POST", API + "/preupload/refs%2Fpr%2F2", files, false));
    return calls;
  }

  private HttpResponse<byte[]> send(Call call, String token) {
    var headers = new ArrayList<String>();
    if (!token.isEmpty()) {
      headers.addAll(List.of("Authorization", "Bearer " + token));
    }
    if (call.path().endsWith("git-upload-pack") && call.method().equals("POST")) {
      headers.addAll(List.of("Content-Type", "application/x-git-upload-pack-request"));
      headers.addAll(List.of("Git-Protocol", "version=2"));
    }
    return stand.send(
        call.method(), call.path(), call.body().getBytes(UTF_8), headers.toArray(String[]::new));
  }

  private Map<Call, Integer> statuses(List<Call> calls, String token) {
    var statuses = new LinkedHashMap<Call, Integer>();
    calls.forEach(call -> statuses.put(call, send(call, token).statusCode()));
    return statuses;
  }

  private void set(Map<String, ?> settings) {
    assertThat(stand.sendJson("PUT", API + "/settings", ann, settings).statusCode()).isEqualTo(200);
  }

  private XetToken xetToken(String path) {
    var answer = stand.get(API + path, eve);
    assertThat(answer.statusCode()).isEqualTo(200);
    return stand.xetTokens.verify(json(answer).path("accessToken").asText());
  }

  private boolean stands(XetToken token, Right right) {
    return stand.database.read(
        db ->
            Hub.authority()
                .stands(db, token.callerId(), token.accessTokenId(), token.repoId(), right));
  }

  private boolean isReadable(XetToken token) {
    return stand.database.<Boolean>read(
        db ->
            RepoRights.readable(db, token.callerId(), List.of(token.repoId()))
                .contains(token.repoId()));
  }

  @Test
  void givenAStrangersWork_whenTheRepositoryIsMadePrivate_thenNothingOfItIsThereUntilItOpens() {
    var calls = calls();
    var before = statuses(calls, eve);
    assertThat(before.values()).containsOnly(200);

    set(Map.of("private", true));

    assertThat(statuses(calls, eve).entrySet()).allMatch(answer -> answer.getValue() == 404);
    assertThat(statuses(calls, "").entrySet()).allMatch(answer -> answer.getValue() == 401);
    assertThat(propose("refs%2Fpr%2F2", "q.txt").statusCode()).isEqualTo(404);
    assertThat(propose("main?create_pr=1", "q.txt").statusCode()).isEqualTo(404);
    assertThat(json(stand.get("/api/models?author=ann", eve))).isEmpty();
    assertThat(json(stand.get(API + "/discussions/1", ann)).path("events"))
        .as("what was said before")
        .isNotEmpty();

    set(Map.of("private", false));

    assertThat(statuses(calls, eve)).isEqualTo(before);
    assertThat(propose("refs%2Fpr%2F2", "q.txt").statusCode()).isEqualTo(200);
    assertThat(json(stand.get("/api/models?author=ann", eve))).hasSize(1);
  }

  @Test
  void givenAStrangersWork_whenTheRepositoryIsGated_thenTheTalkGoesOnAndTheFilesAreClosed() {
    var calls = calls();
    var before = statuses(calls, eve);
    assertThat(json(stand.get(API + "/discussions/2?diff=1", eve)).path("diff").asText())
        .contains("+by eve");

    set(Map.of("gated", "manual"));

    assertThat(statuses(calls, eve).entrySet())
        .allMatch(answer -> answer.getValue() == (answer.getKey().passesGates() ? 200 : 403));
    var closed = send(new Call("/ann/m/resolve/refs%2Fpr%2F2/p.txt", false), eve);
    assertThat(header(closed, "X-Error-Code")).isEqualTo("GatedRepo");
    assertThat(propose("refs%2Fpr%2F2", "q.txt").statusCode()).isEqualTo(403);
    assertThat(propose("main?create_pr=1", "q.txt").statusCode()).isEqualTo(403);
    assertThat(json(stand.get(API + "/discussions/2?diff=1", eve)).has("diff")).isFalse();

    set(Map.of("gated", false));

    assertThat(statuses(calls, eve)).isEqualTo(before);
    assertThat(propose("refs%2Fpr%2F2", "q.txt").statusCode()).isEqualTo(200);
  }

  @Test
  void givenXetTokens_whenTheRepositoryIsClosed_thenTheyAreGoodForNothingUntilItOpens() {
    var read = xetToken("/xet-read-token/main");
    var propose = xetToken("/xet-write-token/refs%2Fpr%2F2");

    for (var closing : List.of(Map.of("private", true), Map.of("gated", "auto"))) {
      assertThat(stands(read, Right.READ)).isTrue();
      assertThat(stands(propose, Right.PROPOSE)).isTrue();
      assertThat(isReadable(read)).isTrue();

      set(closing);

      assertThat(stands(read, Right.READ)).as("reading, " + closing).isFalse();
      assertThat(stands(propose, Right.PROPOSE)).as("proposing, " + closing).isFalse();
      assertThat(isReadable(read)).as("building on it, " + closing).isFalse();
      set(Map.of("private", false, "gated", false));
    }

    assertThat(stands(read, Right.READ)).isTrue();
    assertThat(stands(propose, Right.PROPOSE)).isTrue();
    assertThat(isReadable(read)).isTrue();
  }
}
