package dev.ashlar.hub.repo;

import static dev.ashlar.hub.HubStand.header;
import static dev.ashlar.hub.HubStand.json;
import static dev.ashlar.metadata.Columns.longOf;
import static org.assertj.core.api.Assertions.assertThat;

import dev.ashlar.hub.HubStand;
import dev.ashlar.hub.account.TokenScope;
import dev.ashlar.hub.org.Role;
import java.net.http.HttpResponse;
import java.nio.charset.StandardCharsets;
import java.nio.file.Path;
import java.util.Map;
import org.junit.jupiter.api.AfterAll;
import org.junit.jupiter.api.BeforeAll;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;
import org.junit.jupiter.params.provider.ValueSource;

class RelocationsOverHttpTest {
  @TempDir private static Path staging;
  private static HubStand stand;
  private static String ada;
  private static String reader;
  private static String bob;

  @BeforeAll
  static void open() {
    stand = new HubStand(staging);
    ada = stand.user("Ada", TokenScope.WRITE);
    reader = stand.user("Ada", TokenScope.READ);
    bob = stand.user("bob", TokenScope.WRITE);
    stand.hub.orgs().add("acme", "", false, false);
    stand.hub.orgs().putMember("acme", "Ada", Role.WRITE);
    stand.hub.orgs().add("shy", "", true, false);
    stand.hub.orgs().putMember("shy", "Ada", Role.WRITE);
  }

  @AfterAll
  static void close() {
    stand.close();
  }

  private static HttpResponse<byte[]> move(String token, String type, String from, String to) {
    return stand.sendJson(
        "POST", "/api/repos/move", token, Map.of("fromRepo", from, "toRepo", to, "type", type));
  }

  private static HttpResponse<byte[]> duplicate(String token, String from, Map<String, ?> body) {
    return stand.sendJson("POST", "/api/models/" + from + "/duplicate", token, body);
  }

  @ParameterizedTest
  @CsvSource({
    "GET,/api/models/Ada/old1,/api/models/acme/new1",
    "GET,/api/models/ada/OLD1?expand=sha&expand[]=tags,/api/models/acme/new1?expand=sha&expand[]=tags",
    "GET,/api/models/Ada/old1/tree/refs%2Fheads%2Fmain/a%20b,/api/models/acme/new1/tree/refs%2Fheads%2Fmain/a%20b",
    "POST,/api/models/Ada/old1/preupload/main,/api/models/acme/new1/preupload/main",
    "POST,/api/models/Ada/old1/commit/main?create_pr=0,/api/models/acme/new1/commit/main?create_pr=0",
    "PUT,/api/models/Ada/old1/settings,/api/models/acme/new1/settings",
    "DELETE,/api/models/Ada/old1/tag/v1,/api/models/acme/new1/tag/v1",
    "HEAD,/Ada/old1/resolve/main/x.txt?download=true,/acme/new1/resolve/main/x.txt?download=true",
    "GET,/models/Ada/old1/raw/main/x.txt,/models/acme/new1/raw/main/x.txt",
    "POST,/Ada/old1.git/info/lfs/objects/batch,/acme/new1.git/info/lfs/objects/batch",
    "POST,/Ada/old1/info/lfs/objects/verify,/acme/new1/info/lfs/objects/verify",
    "GET,/api/models/Ada/old1/xet-write-token/main,/api/models/acme/new1/xet-write-token/main",
  })
  void givenAMovedRepository_whenTheOldNameIsAskedFor_thenTheSameRouteOfTheNewOneIsNamed(
      String method, String path, String expected) {
    if (stand.get("/api/models/acme/new1", ada).statusCode() != 200) {
      stand.create(ada, "model", "old1");
      assertThat(move(ada, "model", "Ada/old1", "acme/new1").statusCode()).isEqualTo(200);
    }

    var answer =
        stand.send(
            method,
            path.replace("[", "%5B").replace("]", "%5D"),
            method.startsWith("P") ? "{}".getBytes(StandardCharsets.UTF_8) : new byte[0],
            "Authorization",
            "Bearer " + ada);

    assertThat(answer.statusCode()).isEqualTo(307);
    assertThat(header(answer, "Location"))
        .isEqualTo(expected.replace("[", "%5B").replace("]", "%5D"));
  }

  @Test
  void givenSeveralMoves_whenAnyOldNameIsAskedFor_thenItLeadsToTheLastOne() {
    stand.create(ada, "dataset", "c1");
    move(ada, "dataset", "Ada/c1", "Ada/c2");
    move(ada, "dataset", "Ada/c2", "acme/c3");
    move(ada, "dataset", "acme/c3", "Ada/c4");

    for (var old : new String[] {"Ada/c1", "Ada/c2", "acme/c3"}) {
      assertThat(header(stand.get("/api/datasets/" + old + "/refs", ""), "Location"))
          .isEqualTo("/api/datasets/Ada/c4/refs");
    }
    assertThat(move(ada, "dataset", "Ada/c4", "Ada/c1").statusCode()).isEqualTo(200);
    assertThat(stand.get("/api/datasets/Ada/c1", "").statusCode()).isEqualTo(200);
    assertThat(header(stand.get("/api/datasets/Ada/c4", ""), "Location"))
        .isEqualTo("/api/datasets/Ada/c1");
  }

  @Test
  void givenAMovedRepository_whenANewOneTakesTheOldName_thenItIsServed() {
    stand.create(ada, "model", "reused");
    move(ada, "model", "Ada/reused", "Ada/elsewhere");

    assertThat(stand.create(ada, "model", "REUSED").statusCode()).isEqualTo(200);

    var info = json(stand.get("/api/models/Ada/reused", ""));
    assertThat(info.path("id").asText()).isEqualTo("Ada/REUSED");
    assertThat(json(stand.get("/api/models/Ada/elsewhere", "")).path("id").asText())
        .isEqualTo("Ada/elsewhere");
  }

  @Test
  void givenAName_whenOnlyItsCaseIsChanged_thenItIsReportedThatWayAndNothingRedirects() {
    stand.create(ada, "model", "cased");

    assertThat(move(ada, "model", "ada/cased", "Ada/CaseD").statusCode()).isEqualTo(200);

    var info = stand.get("/api/models/ada/cased", "");
    assertThat(info.statusCode()).isEqualTo(200);
    assertThat(json(info).path("id").asText()).isEqualTo("Ada/CaseD");
  }

  @Test
  void givenAPrivateRepository_whenMoved_thenStrangersLearnNothing() {
    stand.sendJson("POST", "/api/repos/create", ada, Map.of("name", "veiled", "private", true));
    move(ada, "model", "Ada/veiled", "Ada/unveiled");

    assertThat(stand.get("/api/models/Ada/veiled", ada).statusCode()).isEqualTo(307);
    var anonymous = stand.get("/api/models/Ada/veiled", "");
    var never = stand.get("/api/models/Ada/never", "");
    assertThat(anonymous.statusCode()).isEqualTo(401);
    assertThat(anonymous.body()).isEqualTo(never.body());
    assertThat(stand.get("/api/models/Ada/veiled", bob).statusCode()).isEqualTo(404);
  }

  @Test
  void givenATakenName_whenMovedThere_thenTheSentenceIsTheOneThatClientsKnow() {
    stand.create(ada, "space", "mover");
    stand.create(ada, "space", "Taken");

    var answer = move(ada, "space", "Ada/mover", "Ada/taken");

    assertThat(answer.statusCode()).isEqualTo(409);
    assertThat(header(answer, "X-Error-Message"))
        .isEqualTo("A space repository called Ada/taken already exists");
  }

  @Test
  void givenRights_whenMoved_thenBothNamespacesCount() {
    stand.create(ada, "model", "guarded");

    assertThat(move(bob, "model", "Ada/guarded", "bob/guarded").statusCode()).isEqualTo(403);
    assertThat(move(ada, "model", "Ada/guarded", "bob/guarded").statusCode()).isEqualTo(403);
    assertThat(move(reader, "model", "Ada/guarded", "Ada/other").statusCode()).isEqualTo(403);
    assertThat(move("", "model", "Ada/guarded", "Ada/other").statusCode()).isEqualTo(401);
    assertThat(move(ada, "model", "Ada/nothing", "Ada/other").statusCode()).isEqualTo(404);
    assertThat(move(ada, "model", "Ada/guarded", "Ada/a--b").statusCode()).isEqualTo(400);
    assertThat(move(ada, "model", "guarded", "Ada/other").statusCode()).isEqualTo(400);
  }

  @Test
  void givenTheObjectForm_whenMoved_thenItIsUnderstood() {
    stand.create(ada, "kernel", "object");

    var answer =
        stand.sendJson(
            "POST",
            "/api/repos/move",
            ada,
            Map.of(
                "fromRepo", Map.of("type", "kernel", "namespace", "Ada", "name", "object"),
                "toRepo", Map.of("type", "kernel", "namespace", "acme", "name", "object")));

    assertThat(answer.statusCode()).isEqualTo(200);
    assertThat(json(answer).path("url").asText()).isEqualTo(stand.base() + "/kernels/acme/object");
  }

  @Test
  void givenADuplicate_whenTheOriginIsDeleted_thenNothingIsMissing() {
    stand.create(ada, "model", "origin");
    stand.commit("/api/models/Ada/origin", ada, "a/b.txt", "hello");
    stand.sendJson("POST", "/api/models/Ada/origin/tag/main", ada, Map.of("tag", "v1"));
    stand.sendJson("POST", "/api/models/Ada/origin/branch/dev", ada, Map.of());
    var refs = stand.get("/api/models/Ada/origin/refs", "").body();
    long deletions = deletions();

    var answer = duplicate(bob, "Ada/origin", Map.of("repository", "bob/copy"));

    assertThat(answer.statusCode()).isEqualTo(200);
    assertThat(json(answer).path("url").asText()).isEqualTo(stand.base() + "/bob/copy");
    assertThat(json(answer).path("filesCopyPending").asBoolean()).isFalse();
    assertThat(stand.get("/api/models/bob/copy/refs", "").body()).isEqualTo(refs);
    delete("origin", ada);
    assertThat(deletions()).isEqualTo(deletions);
    assertThat(
            new String(
                stand.get("/bob/copy/resolve/v1/a/b.txt", "").body(), StandardCharsets.UTF_8))
        .isEqualTo("hello");
    assertThat(stand.commit("/api/models/bob/copy", bob, "c.txt", "more").statusCode())
        .isEqualTo(200);
    delete("copy", bob);
    assertThat(deletions()).isGreaterThan(deletions);
  }

  private static void delete(String name, String token) {
    var deleted = stand.sendJson("DELETE", "/api/repos/delete", token, Map.of("name", name));
    assertThat(deleted.statusCode()).isEqualTo(200);
  }

  private static long deletions() {
    return stand.database.read(
        db ->
            db.get("SELECT count(*) AS rows FROM deletion")
                .map(row -> longOf(row, "rows"))
                .orElseThrow());
  }

  @Test
  void givenADuplicate_whenItsVisibilityIsNotSaid_thenItIsNotEasierToRead() {
    stand.sendJson("POST", "/api/repos/create", ada, Map.of("name", "closed", "private", true));
    stand.create(ada, "model", "open");

    duplicate(ada, "Ada/closed", Map.of("repository", "Ada/closed-too"));
    duplicate(ada, "Ada/open", Map.of("repository", "shy/closed"));
    duplicate(ada, "Ada/closed", Map.of("repository", "Ada/opened", "visibility", "public"));
    duplicate(ada, "Ada/open", Map.of("repository", "Ada/hidden", "private", true));

    assertThat(stand.get("/api/models/Ada/closed-too", "").statusCode()).isEqualTo(401);
    assertThat(stand.get("/api/models/shy/closed", "").statusCode()).isEqualTo(401);
    assertThat(stand.get("/api/models/Ada/opened", "").statusCode()).isEqualTo(200);
    assertThat(stand.get("/api/models/Ada/hidden", "").statusCode()).isEqualTo(401);
  }

  @Test
  void givenAGatedRepository_whenDuplicated_thenTheCopyIsGatedToo() {
    stand.create(ada, "model", "gated");
    stand.sendJson("PUT", "/api/models/Ada/gated/settings", ada, Map.of("gated", "manual"));

    duplicate(ada, "Ada/gated", Map.of("repository", "Ada/gated-too"));

    var copy = json(stand.get("/api/models/Ada/gated-too?expand=gated", ""));
    assertThat(copy.path("gated").asText()).isEqualTo("manual");
  }

  @Test
  void givenRights_whenDuplicated_thenReadingTheOriginAndMakingTheCopyCount() {
    stand.create(ada, "model", "shown");
    stand.sendJson("POST", "/api/repos/create", ada, Map.of("name", "kept", "private", true));

    assertThat(duplicate(bob, "Ada/kept", Map.of("repository", "bob/kept")).statusCode())
        .isEqualTo(404);
    assertThat(duplicate(bob, "Ada/shown", Map.of("repository", "Ada/theft")).statusCode())
        .isEqualTo(403);
    assertThat(duplicate("", "Ada/shown", Map.of("repository", "Ada/x")).statusCode())
        .isEqualTo(401);
    assertThat(duplicate(reader, "Ada/shown", Map.of("repository", "Ada/x")).statusCode())
        .isEqualTo(403);
    var taken = duplicate(ada, "Ada/shown", Map.of("repository", "Ada/kept"));
    assertThat(taken.statusCode()).isEqualTo(409);
    assertThat(json(taken).path("url").asText()).isEqualTo(stand.base() + "/Ada/kept");
  }

  @ParameterizedTest
  @ValueSource(strings = {"model", "dataset", "kernel"})
  void givenAnythingButASpace_whenMadeProtected_thenItIsRefused(String type) {
    stand.create(ada, type, "bare");

    var made =
        stand.sendJson(
            "POST",
            "/api/repos/create",
            ada,
            Map.of("name", "prot", "type", type, "visibility", "protected"));
    var set =
        stand.sendJson(
            "PUT", "/api/" + type + "s/Ada/bare/settings", ada, Map.of("visibility", "protected"));

    assertThat(made.statusCode()).isEqualTo(400);
    assertThat(set.statusCode()).isEqualTo(400);
  }

  @Test
  void givenASpace_whenMadeProtected_thenStrangersAreOut() {
    var made =
        stand.sendJson(
            "POST",
            "/api/repos/create",
            ada,
            Map.of("name", "prot", "type", "space", "sdk", "static", "visibility", "protected"));

    assertThat(made.statusCode()).isEqualTo(200);
    assertThat(stand.get("/api/spaces/Ada/prot", "").statusCode()).isEqualTo(401);
    assertThat(json(stand.get("/api/spaces/Ada/prot", ada)).path("private").asBoolean()).isTrue();
  }
}
