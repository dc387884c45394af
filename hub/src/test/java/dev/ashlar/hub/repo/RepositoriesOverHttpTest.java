package dev.ashlar.hub.repo;

import static dev.ashlar.hub.HubStand.header;
import static dev.ashlar.hub.HubStand.json;
import static java.nio.charset.StandardCharsets.UTF_8;
import static org.assertj.core.api.Assertions.assertThat;

import com.fasterxml.jackson.databind.JsonNode;
import dev.ashlar.core.hash.Sha256;
import dev.ashlar.hub.HubStand;
import dev.ashlar.hub.account.TokenScope;
import dev.ashlar.hub.org.Role;
import dev.ashlar.hub.tree.LfsPointer;
import java.net.http.HttpResponse;
import java.nio.charset.StandardCharsets;
import java.nio.file.Path;
import java.util.Base64;
import java.util.List;
import java.util.Map;
import java.util.stream.StreamSupport;
import org.junit.jupiter.api.AfterAll;
import org.junit.jupiter.api.BeforeAll;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;
import org.junit.jupiter.params.provider.ValueSource;

class RepositoriesOverHttpTest {
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
    stand.hub.orgs().add("acme", "Acme Inc.", true, false);
    stand.hub.orgs().putMember("acme", "Ada", Role.CONTRIBUTOR);
    stand.hub.orgs().putMember("acme", "bob", Role.READ);
  }

  @AfterAll
  static void close() {
    stand.close();
  }

  @Test
  void givenAToken_whenWhoami_thenEveryFieldThatClientsNeedIsThere() {
    var answer = json(stand.get("/api/whoami-v2", ada));

    assertThat(answer.path("type").asText()).isEqualTo("user");
    assertThat(answer.path("name").asText()).isEqualTo("Ada");
    assertThat(answer.path("orgs").get(0).path("name").asText()).isEqualTo("acme");
    assertThat(answer.path("orgs").get(0).path("roleInOrg").asText()).isEqualTo("contributor");
    assertThat(answer.path("auth").path("type").asText()).isEqualTo("access_token");
    assertThat(answer.path("auth").path("accessToken").path("role").asText()).isEqualTo("write");
    assertThat(answer.path("auth").path("accessToken").path("createdAt").asText()).endsWith("Z");
  }

  @Test
  void givenNoOrAWrongToken_whenWhoami_thenTheSentenceIsTheSame() {
    for (var token : List.of("", "hf_wrong")) {
      var answer = stand.get("/api/whoami-v2", token);
      assertThat(answer.statusCode()).isEqualTo(401);
      assertThat(json(answer).path("error").asText()).isEqualTo("Invalid username or password.");
    }
  }

  @Test
  void givenATokenAsBasicPassword_whenWhoami_thenItCounts() {
    var pair = Base64.getEncoder().encodeToString(("x:" + ada).getBytes(StandardCharsets.UTF_8));

    var answer = stand.send("GET", "/api/whoami-v2", new byte[0], "Authorization", "Basic " + pair);

    assertThat(answer.statusCode()).isEqualTo(200);
  }

  @Test
  void givenANewName_whenCreated_thenTheFirstCommitHasAttributesAndTheCallerAsAuthor() {
    var answer = stand.create(ada, "model", "first");

    assertThat(answer.statusCode()).isEqualTo(200);
    assertThat(json(answer).path("url").asText()).isEqualTo(stand.base() + "/Ada/first");
    assertThat(json(answer).path("name").asText()).isEqualTo("Ada/first");
    assertThat(json(answer).path("id").asText()).matches("[0-9a-f]{24}");
    var info = json(stand.get("/api/models/ada/FIRST", ""));
    assertThat(info.path("id").asText()).isEqualTo("Ada/first");
    assertThat(info.path("sha").asText()).matches("[0-9a-f]{40}");
    assertThat(info.path("siblings").findValuesAsText("rfilename"))
        .containsExactly(".gitattributes");
    var log = json(stand.get("/api/models/Ada/first/commits/main", "")).get(0);
    assertThat(log.path("title").asText()).isEqualTo("initial commit");
    assertThat(log.path("authors").get(0).path("user").asText()).isEqualTo("Ada");
  }

  @ParameterizedTest
  @CsvSource({
    "422, '.g\u200cit/config', x, utf-8",
    "422, 'a\\b', x, utf-8",
    "422, '../a', x, utf-8",
    "422, README.MD, x, utf-8",
    "422, Readme.md/a, x, utf-8",
    "400, a, x, latin-1",
    "400, a, '*', base64",
  })
  void givenAFirstFileThatNoCommitMayBring_whenCreated_thenNothingIsMade(
      int status, String path, String content, String encoding) {
    var file = Map.of("path", path, "content", content, "encoding", encoding);

    assertThat(createWith(file).statusCode()).isEqualTo(status);

    assertThat(stand.get("/api/models/Ada/begun", ada).statusCode()).isEqualTo(404);
  }

  @Test
  void givenAFirstFileThatIsTooLongOrAPointer_whenCreated_thenNothingIsMade() {
    var pointer = new LfsPointer(Sha256.parse("ab".repeat(32)), 5).text();
    var lost = Map.of("path", "a.bin", "content", pointer);
    var large = Map.of("path", "a.txt", "content", "x".repeat(11 << 20));

    assertThat(createWith(Map.of("path", "x".repeat(256), "content", "")).statusCode())
        .isEqualTo(422);
    assertThat(json(createWith(lost)).path("error").asText())
        .contains("a.bin", "was not uploaded here");
    assertThat(createWith(large).statusCode()).isEqualTo(413);
    assertThat(stand.get("/api/models/Ada/begun", ada).statusCode()).isEqualTo(404);
  }

  @Test
  void givenAFirstFileThatIsNull_whenCreated_thenItIsTheRequestThatIsWrong() {
    var body = "{\"name\": \"begun\", \"files\": [null]}".getBytes(UTF_8);

    var answer = stand.send("POST", "/api/repos/create", body, "Authorization", "Bearer " + ada);

    assertThat(answer.statusCode()).isEqualTo(400);
    assertThat(json(answer).path("error").asText()).contains("files");
  }

  private static HttpResponse<byte[]> createWith(Map<String, String> file) {
    return stand.sendJson(
        "POST",
        "/api/repos/create",
        ada,
        Map.of("name", "begun", "license", "mit", "files", List.of(file)));
  }

  @Test
  void givenANameThatDiffersInCase_whenCreatedAgain_thenTheUrlIsOfTheStoredName() {
    stand.create(ada, "dataset", "Cased");

    var again =
        stand.sendJson(
            "POST",
            "/api/repos/create",
            ada,
            Map.of("name", "cASED", "organization", "aDA", "type", "dataset"));

    assertThat(again.statusCode()).isEqualTo(409);
    assertThat(json(again).path("url").asText()).isEqualTo(stand.base() + "/datasets/Ada/Cased");
    var copy =
        stand.sendJson(
            "POST", "/api/datasets/Ada/Cased/duplicate", ada, Map.of("repository", "ada/CASED"));
    assertThat(copy.statusCode()).isEqualTo(409);
    assertThat(json(copy).path("url").asText()).isEqualTo(stand.base() + "/datasets/Ada/Cased");
  }

  @ParameterizedTest
  @ValueSource(strings = {"resolve", "tree", "revision", "commit", "branch", "like", "settings"})
  void givenARepositoryNamedLikeARoute_whenUsed_thenEveryRouteReachesIt(String name) {
    stand.create(ada, "model", name);
    var id = "Ada/" + name;

    assertThat(stand.get("/" + id + "/resolve/main/.gitattributes", "").statusCode())
        .isEqualTo(200);
    assertThat(stand.get("/api/models/" + id + "/revision/main", "").statusCode()).isEqualTo(200);
    assertThat(stand.get("/api/models/" + id + "/tree/main", "").statusCode()).isEqualTo(200);
    assertThat(stand.commit("/api/models/" + id, ada, "a.txt", "a").statusCode()).isEqualTo(200);
    assertThat(
            stand.sendJson("POST", "/api/models/" + id + "/branch/dev", ada, Map.of()).statusCode())
        .isEqualTo(200);
    assertThat(
            stand
                .sendJson("DELETE", "/api/models/" + id + "/branch/dev", ada, Map.of())
                .statusCode())
        .isEqualTo(200);
    assertThat(
            stand
                .sendJson("PUT", "/api/models/" + id + "/settings", ada, Map.of("private", true))
                .statusCode())
        .isEqualTo(200);
  }

  @Test
  void givenAKernel_whenUsed_thenItsRoutesReachItAndThoseOfOtherTypesDoNot() {
    var made = json(stand.create(ada, "kernel", "flash"));
    assertThat(made.path("url").asText()).isEqualTo(stand.base() + "/kernels/Ada/flash");
    var api = "/api/kernels/Ada/flash";

    var commit = json(stand.commit(api, ada, "build/a.py", "x = 1"));

    var id = commit.path("commitOid").asText();
    assertThat(commit.path("commitUrl").asText())
        .isEqualTo(stand.base() + "/kernels/Ada/flash/commit/" + id);
    for (var route : List.of("", "/revision/main")) {
      var info = json(stand.get(api + route, ""));
      assertThat(info.path("id").asText()).isEqualTo("Ada/flash");
      assertThat(info.path("sha").asText()).isEqualTo(id);
      assertThat(info.at("/siblings").findValuesAsText("rfilename")).contains("build/a.py");
    }
    assertThat(json(stand.get(api + "/tree/main/build", "")).at("/0/path").asText())
        .isEqualTo("build/a.py");
    assertThat(json(stand.get(api + "/refs", "")).at("/branches/0/targetCommit").asText())
        .isEqualTo(id);
    assertThat(json(stand.get(api + "/commits/main", "")).at("/0/id").asText()).isEqualTo(id);
    for (var path : List.of("/kernels/Ada/flash/resolve/", "/kernels/Ada/flash/raw/")) {
      var file = stand.get(path + "main/build/a.py", "");
      assertThat(file.body()).asString(StandardCharsets.UTF_8).isEqualTo("x = 1");
      assertThat(header(file, "X-Repo-Commit")).isEqualTo(id);
    }
    for (var other : List.of("/api/models/Ada/flash", "/Ada/flash/resolve/main/build/a.py")) {
      var missing = stand.get(other, ada);
      assertThat(missing.statusCode()).as(other).isEqualTo(404);
      assertThat(header(missing, "X-Error-Code")).as(other).isEqualTo("RepoNotFound");
    }
  }

  @Test
  void givenAFilePathBehindTheRevision_whenAXetTokenIsAsked_thenItIsGivenAllTheSame() {
    stand.create(ada, "model", "paths");
    var base = "/api/models/Ada/paths/";

    assertThat(stand.get(base + "xet-read-token/main/w/model.bin", "").statusCode()).isEqualTo(200);
    assertThat(stand.get(base + "xet-write-token/main/w/model.bin", ada).statusCode())
        .isEqualTo(200);
    assertThat(stand.get(base + "xet-read-token/absent/w/model.bin", "").statusCode())
        .isEqualTo(404);
  }

  @ParameterizedTest
  @ValueSource(strings = {"[]", "{\"files\":7}", "", "{\"name\":", "7", "{\"name\":{}}"})
  void givenABodyOfAnotherShape_whenCreated_thenTheSentenceIsForPeople(String body) {
    var answer =
        stand.send(
            "POST",
            "/api/repos/create",
            body.getBytes(StandardCharsets.UTF_8),
            "Authorization",
            "Bearer " + ada);

    assertThat(answer.statusCode()).isEqualTo(400);
    assertThat(json(answer).path("error").asText())
        .startsWith("JSON at byte")
        .doesNotContain("dev.ashlar", "Source", "JsonToken", "deserialize");
  }

  @Test
  void givenALicenseAndFiles_whenCreated_thenTheyAreInTheFirstCommit() {
    stand.sendJson(
        "POST",
        "/api/repos/create",
        ada,
        Map.of(
            "name", "with-files",
            "type", "dataset",
            "license", "mit",
            "files",
                List.of(
                    Map.of("path", "a/b.txt", "content", "aGk=", "encoding", "base64"),
                    Map.of("path", ".gitattributes", "content", "*.x -text\n"))));

    var info = json(stand.get("/api/datasets/Ada/with-files?blobs=true", ""));
    assertThat(info.path("siblings").findValuesAsText("rfilename"))
        .containsExactly(".gitattributes", "README.md", "a/b.txt");
    assertThat(info.path("siblings").get(0).path("size").asLong()).isEqualTo(10);
    assertThat(info.path("cardData").path("license").asText()).isEqualTo("mit");
    assertThat(texts(info.path("tags"))).contains("license:mit", "region:us");
  }

  @Test
  void trap10_givenAnExistingName_whenCreatedAgain_thenThe409HasTheUrl() {
    stand.create(ada, "dataset", "twice");

    var answer = stand.create(ada, "dataset", "TWICE");

    assertThat(answer.statusCode()).isEqualTo(409);
    assertThat(json(answer).path("url").asText()).startsWith(stand.base() + "/datasets/Ada/");
    assertThat(json(answer).path("error").asText()).doesNotContain("another conflicting operation");
  }

  @Test
  void trap12_givenADeleteWithAJsonBody_whenSent_thenTheNameIsFreeAtOnce() {
    stand.create(ada, "model", "short-lived");

    var deleted =
        stand.sendJson(
            "DELETE", "/api/repos/delete", ada, Map.of("name", "short-lived", "type", "model"));

    assertThat(deleted.statusCode()).isEqualTo(200);
    assertThat(stand.get("/api/models/Ada/short-lived", ada).statusCode()).isEqualTo(404);
    assertThat(stand.create(ada, "model", "short-lived").statusCode()).isEqualTo(200);
    assertThat(
            stand
                .sendJson("DELETE", "/api/repos/delete", ada, Map.of("name", "never-there"))
                .headers()
                .firstValue("X-Error-Code"))
        .contains("RepoNotFound");
  }

  @ParameterizedTest
  @ValueSource(strings = {"", "-a", "a-", ".a", "a.git", "a--b", "a..b", "a b", "ä"})
  void givenANameAgainstTheRule_whenCreated_thenItIsABadRequest(String name) {
    assertThat(stand.create(ada, "model", name).statusCode()).isEqualTo(400);
  }

  @Test
  void givenTheReservedPlace_whenCreated_thenItIsABadRequest() {
    var admin = stand.user("admin", TokenScope.WRITE);

    assertThat(stand.create(admin, "model", "api").statusCode()).isEqualTo(400);
  }

  @Test
  void givenAnOrganisationThatDefaultsToPrivate_whenCreated_thenItIsPrivateUnlessAsked() {
    stand.create(ada, "model", "acme/hidden");
    stand.sendJson(
        "POST",
        "/api/repos/create",
        ada,
        Map.of("name", "shown", "organization", "ACME", "visibility", "public"));

    assertThat(stand.get("/api/models/acme/hidden", "").statusCode()).isEqualTo(401);
    assertThat(json(stand.get("/api/models/acme/hidden", bob)).path("private").asBoolean())
        .isTrue();
    assertThat(stand.get("/api/models/acme/shown", "").statusCode()).isEqualTo(200);
    assertThat(stand.create(bob, "model", "acme/denied").statusCode()).isEqualTo(403);
    assertThat(stand.create(ada, "model", "nobody/denied").statusCode()).isEqualTo(403);
    assertThat(stand.create(reader, "model", "denied").statusCode()).isEqualTo(403);
    assertThat(stand.create("", "model", "denied").statusCode()).isEqualTo(401);
  }

  @ParameterizedTest
  @CsvSource({"Ada/none", "Ada/secret"})
  void trap9_givenAHiddenOrMissingRepository_whenRead_thenBothLookAlike(String repo) {
    stand.sendJson("POST", "/api/repos/create", ada, Map.of("name", "secret", "private", true));

    var stranger = stand.get("/api/models/" + repo, "");
    var other = stand.get("/api/models/" + repo, bob);
    var wrong = stand.get("/api/models/" + repo, "hf_wrong");

    assertThat(stranger.statusCode()).isEqualTo(401);
    assertThat(header(stranger, "X-Error-Code")).isEqualTo("RepoNotFound");
    assertThat(header(stranger, "X-Error-Message")).isEqualTo("Invalid username or password.");
    assertThat(other.statusCode()).isEqualTo(404);
    assertThat(header(other, "X-Error-Code")).isEqualTo("RepoNotFound");
    assertThat(wrong.statusCode()).isEqualTo(401);
    assertThat(header(wrong, "X-Error-Code")).isEmpty();
    assertThat(header(wrong, "X-Error-Message"))
        .isEqualTo("Invalid credentials in Authorization header");
  }

  @Test
  void givenAWrongToken_whenAPublicRepositoryIsRead_thenItIsRefused() {
    stand.create(ada, "model", "open");

    assertThat(stand.get("/api/models/Ada/open", "hf_wrong").statusCode()).isEqualTo(401);
    assertThat(stand.get("/api/models/Ada/open", "").statusCode()).isEqualTo(200);
  }

  @Test
  void givenAPublicRepository_whenCheckedForWriting_thenEachLackHasItsStatus() {
    stand.create(ada, "model", "checked");
    var path = "/api/models/Ada/checked/auth-check/write";

    assertThat(stand.get(path, ada).statusCode()).isEqualTo(200);
    assertThat(stand.get(path, "").statusCode()).isEqualTo(401);
    assertThat(stand.get(path, bob).statusCode()).isEqualTo(403);
    var readToken = stand.get(path, reader);
    assertThat(readToken.statusCode()).isEqualTo(403);
    assertThat(header(readToken, "X-Error-Message")).contains("role read");
    assertThat(stand.get("/api/models/Ada/checked/auth-check", bob).statusCode()).isEqualTo(200);
  }

  @Test
  void givenAGatedRepository_whenChecked_thenStrangersGetGatedRepo() {
    stand.create(ada, "model", "gated");
    var answer =
        stand.sendJson("PUT", "/api/models/Ada/gated/settings", ada, Map.of("gated", "manual"));

    assertThat(json(answer).path("gated").asText()).isEqualTo("manual");
    var check = stand.get("/api/models/Ada/gated/auth-check", bob);
    assertThat(check.statusCode()).isEqualTo(403);
    assertThat(header(check, "X-Error-Code")).isEqualTo("GatedRepo");
    var nobody = stand.get("/api/models/Ada/gated/xet-read-token/main", "");
    assertThat(nobody.statusCode()).isEqualTo(401);
    assertThat(header(nobody, "X-Error-Code")).isEqualTo("GatedRepo");
    assertThat(stand.get("/api/models/Ada/gated", bob).statusCode()).isEqualTo(200);
  }

  @Test
  void givenSettings_whenMadePrivate_thenStrangersAreOut() {
    stand.create(ada, "space", "closing");

    var answer =
        stand.sendJson("PUT", "/api/spaces/Ada/closing/settings", ada, Map.of("private", true));

    assertThat(json(answer).path("visibility").asText()).isEqualTo("private");
    assertThat(stand.get("/api/spaces/Ada/closing", bob).statusCode()).isEqualTo(404);
    assertThat(
            stand
                .sendJson("PUT", "/api/spaces/Ada/closing/settings", ada, Map.of("gated", "maybe"))
                .statusCode())
        .isEqualTo(400);
  }

  private static List<String> texts(JsonNode array) {
    return StreamSupport.stream(array.spliterator(), false).map(JsonNode::asText).toList();
  }
}
