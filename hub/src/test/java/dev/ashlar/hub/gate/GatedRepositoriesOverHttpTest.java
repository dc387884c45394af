package dev.ashlar.hub.gate;

import static dev.ashlar.hub.HubStand.header;
import static dev.ashlar.hub.HubStand.json;
import static org.assertj.core.api.Assertions.assertThat;

import com.fasterxml.jackson.databind.JsonNode;
import dev.ashlar.hub.HubStand;
import dev.ashlar.hub.account.TokenScope;
import dev.ashlar.hub.org.Role;
import dev.ashlar.hub.repo.RepoRights;
import java.net.http.HttpResponse;
import java.nio.charset.StandardCharsets;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import org.junit.jupiter.api.AfterAll;
import org.junit.jupiter.api.BeforeAll;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

class GatedRepositoriesOverHttpTest {
  @TempDir static Path staging;
  private static HubStand stand;
  private static String ann;
  private static String eve;
  private static String reader;

  @BeforeAll
  static void start() {
    stand = new HubStand(staging);
    ann = stand.user("ann", TokenScope.WRITE);
    stand.hub.accounts().addUser("eve", "Eve E", "eve@example.org", false, false);
    eve = stand.user("eve", TokenScope.READ);
    stand.hub.orgs().add("acme", "", false, false);
    stand.hub.orgs().putMember("acme", "ann", Role.WRITE);
    reader = stand.user("reader", TokenScope.READ);
    stand.hub.orgs().putMember("acme", "reader", Role.READ);
  }

  @AfterAll
  static void stop() {
    stand.close();
  }

  @Test
  void givenAGate_whenDownloading_thenEachRefusalHasItsStatusCodeAndSentence() {
    var repo = gated("model", "m-refusals", "manual");
    var file = "/" + repo + "/resolve/main/.gitattributes";

    assertGated(
        stand.get(file, ""),
        401,
        "Access to model " + repo + " is restricted. You must be authenticated to access it.");
    assertGated(stand.get(file, eve), 403, "not in the authorized list");
    ask("/" + repo, eve);
    assertGated(stand.get(file, eve), 403, "awaiting a review");
    assertThat(handle("/api/models/" + repo, Map.of("user", "eve", "status", "rejected")))
        .isEqualTo(200);
    assertGated(stand.get(file, eve), 403, "rejected");
    assertThat(ask("/" + repo, eve).statusCode()).isEqualTo(403);
    assertThat(stand.get("/api/models/" + repo, "").statusCode()).isEqualTo(200);
    assertThat(stand.get("/api/models/" + repo + "/tree/main", "").statusCode()).isEqualTo(200);
    assertGated(stand.get("/api/models/" + repo + "/auth-check", eve), 403, "rejected");
    assertGated(stand.get("/api/models/" + repo + "/xet-read-token/main", ""), 401, "restricted");
    for (var member : List.of(ann, reader)) {
      assertThat(stand.get(file, member).statusCode()).isEqualTo(200);
      assertThat(stand.get("/api/models/" + repo + "/auth-check", member).statusCode())
          .isEqualTo(200);
    }
  }

  @Test
  void givenAnAutomaticGate_whenAsked_thenItOpensAtOnce() {
    var repo = gated("dataset", "d-auto", "auto");
    var file = "/datasets/" + repo + "/resolve/main/.gitattributes";
    assertGated(stand.get(file, eve), 403, "dataset " + repo);

    var asked = ask("/datasets/" + repo, eve);

    assertThat(asked.statusCode()).isEqualTo(303);
    assertThat(header(asked, "Location")).isEqualTo(stand.base() + "/datasets/" + repo);
    assertThat(stand.get(file, eve).statusCode()).isEqualTo(200);
    var request = list("datasets/" + repo, "accepted").get(0);
    assertThat(request.path("requestId").asText()).matches("[0-9a-f]{24}");
    assertThat(request.at("/user/user").asText()).isEqualTo("eve");
    assertThat(request.at("/user/email").asText()).isEqualTo("eve@example.org");
    assertThat(request.at("/fields/reason").asText()).isEqualTo("to read & learn");
    assertThat(request.path("timestamp").asText()).endsWith("Z");
  }

  @Test
  void givenRequests_whenHandled_thenStatesChangeOnceAndBothNamesOfARequestWork() {
    var repo = gated("model", "m-handle", "manual");
    var api = "/api/models/" + repo;
    assertThat(handle(api, Map.of("user", "eve", "status", "accepted"))).isEqualTo(404);
    ask("/" + repo, eve);
    var id = list("models/" + repo, "pending").get(0).path("requestId").asText();

    assertThat(handle(api, Map.of("requestId", id, "status", "accepted"))).isEqualTo(200);
    assertThat(handle(api, Map.of("requestId", id, "status", "accepted"))).isEqualTo(400);
    assertThat(stand.get("/" + repo + "/resolve/main/.gitattributes", eve).statusCode())
        .isEqualTo(200);
    assertThat(handle(api, Map.of("user", "EVE", "status", "pending"))).isEqualTo(200);
    assertThat(stand.get("/" + repo + "/resolve/main/.gitattributes", eve).statusCode())
        .isEqualTo(403);
    assertThat(handle(api, Map.of("user", "nobody-here", "status", "accepted"))).isEqualTo(404);
    assertThat(handle(api, Map.of("requestId", "f".repeat(24), "status", "accepted")))
        .isEqualTo(404);
    assertThat(handle(api, Map.of("user", "eve", "status", "maybe"))).isEqualTo(400);
    assertThat(
            stand
                .sendJson(
                    "POST",
                    api + "/user-access-request/handle",
                    eve,
                    Map.of("user", "eve", "status", "accepted"))
                .statusCode())
        .isEqualTo(403);
    assertThat(stand.get(api + "/user-access-request/pending", eve).statusCode()).isEqualTo(403);
    assertThat(stand.get(api + "/user-access-request/pending", "").statusCode()).isEqualTo(401);
    assertThat(
            stand.sendJson("POST", api + "/user-access-request/cancel", eve, Map.of()).statusCode())
        .isEqualTo(200);
    assertThat(list("models/" + repo, "pending")).isEmpty();
  }

  @Test
  void givenAGrantByHand_whenListed_thenItIsAcceptedWithoutAnAddress() {
    var repo = gated("model", "m-grant", "manual");
    var api = "/api/models/" + repo;

    assertThat(grant(api, "eve")).isEqualTo(200);

    assertThat(grant(api, "eve")).isEqualTo(400);
    assertThat(grant(api, "acme")).isEqualTo(404);
    var request = list("models/" + repo, "accepted").get(0);
    assertThat(request.at("/user/email").isMissingNode()).isTrue();
    assertThat(stand.get("/" + repo + "/resolve/main/.gitattributes", eve).statusCode())
        .isEqualTo(200);
  }

  @Test
  void givenAGate_whenItIsTakenAwayAndPutBack_thenBytesAreForAllAndThenForThoseLetIn() {
    var repo = gated("dataset", "d-again", "manual");
    var api = "/api/datasets/" + repo;
    var file = "/datasets/" + repo + "/resolve/main/.gitattributes";
    assertThat(grant(api, "eve")).isEqualTo(200);
    var late = stand.user("late", TokenScope.READ);
    assertGated(stand.get(file, late), 403, "not in the authorized list");

    var open = stand.sendJson("PUT", api + "/settings", ann, Map.of("gated", false));
    assertThat(json(open).path("gated").isBoolean()).isTrue();
    assertThat(json(stand.get(api, "")).path("gated").asBoolean(true)).isFalse();
    assertThat(stand.get(file, "").statusCode()).isEqualTo(200);
    assertThat(stand.get(api + "/auth-check", late).statusCode()).isEqualTo(200);

    stand.sendJson("PUT", api + "/settings", ann, Map.of("gated", "auto"));
    assertGated(stand.get(file, late), 403, "not in the authorized list");
    assertThat(stand.get(file, eve).statusCode()).isEqualTo(200);
    assertThat(ask("/datasets/" + repo, late).statusCode()).isEqualTo(303);
    assertThat(stand.get(file, late).statusCode()).isEqualTo(200);
  }

  @Test
  void givenAGate_whenTheRepositoryIsHiddenAsWell_thenThoseLetInAreOutAndTheGateStays() {
    var repo = gated("model", "m-hidden", "manual");
    var api = "/api/models/" + repo;
    assertThat(grant(api, "eve")).isEqualTo(200);

    var hidden = stand.sendJson("PUT", api + "/settings", ann, Map.of("private", true));

    assertThat(json(hidden).path("gated").asText()).isEqualTo("manual");
    var answer = stand.get(api + "/auth-check", eve);
    assertThat(answer.statusCode()).isEqualTo(404);
    assertThat(header(answer, "X-Error-Code")).isEqualTo("RepoNotFound");
    assertThat(ask("/" + repo, eve).statusCode()).isEqualTo(404);
    stand.sendJson("PUT", api + "/settings", ann, Map.of("visibility", "public"));
    assertThat(stand.get(api + "/auth-check", eve).statusCode()).isEqualTo(200);
    assertGated(stand.get(api + "/auth-check", ""), 401, "You must be authenticated");
  }

  @Test
  void givenManyRequests_whenListedInPages_thenEachComesOnce() {
    var repo = gated("model", "m-pages", "manual");
    for (int i = 0; i < 5; i++) {
      ask("/" + repo, stand.user("asker-" + i, TokenScope.READ));
    }
    var path = "/api/models/" + repo + "/user-access-request/pending?limit=2";
    var names = new ArrayList<String>();
    while (!path.isEmpty()) {
      var page = stand.get(path, ann);
      names.addAll(json(page).findValuesAsText("fullname"));
      path = header(page, "Link").replaceAll("<" + stand.base() + "([^>]*)>.*", "$1");
    }

    assertThat(names).containsExactly("asker-4", "asker-3", "asker-2", "asker-1", "asker-0");
  }

  @Test
  void givenAnAcceptedUser_whenRejected_thenTheChunkStoreIsClosedAndItsMemoryIsNew() {
    var repo = gated("model", "m-cas", "auto");
    ask("/" + repo, eve);
    var token = "/api/models/" + repo + "/xet-read-token/main";
    var before = json(stand.get(token, eve));
    var signed = stand.xetTokens.verify(before.path("accessToken").asText());
    assertThat(readable(signed.callerId(), signed.repoId())).isTrue();

    handle("/api/models/" + repo, Map.of("user", "eve", "status", "rejected"));

    assertThat(readable(signed.callerId(), signed.repoId())).isFalse();
    assertGated(stand.get(token, eve), 403, "rejected");
    var other = gated("model", "m-cas-2", "auto");
    ask("/" + other, eve);
    var after = json(stand.get("/api/models/" + other + "/xet-read-token/main", eve));
    assertThat(after.path("casUrl").asText()).isNotEqualTo(before.path("casUrl").asText());
  }

  @Test
  void givenAnOpenRepository_whenAskedForAccess_thenThereIsNothingToAsk() {
    stand.sendJson(
        "POST", "/api/repos/create", ann, Map.of("name", "no-gate", "organization", "acme"));

    assertThat(ask("/acme/no-gate", eve).statusCode()).isEqualTo(400);
    assertThat(ask("/acme/no-gate", "").statusCode()).isEqualTo(401);
    assertThat(ask("/acme/none-such", eve).statusCode()).isEqualTo(404);
  }

  private static boolean readable(long caller, long repo) {
    return stand.database.<Boolean>read(
        db -> RepoRights.readable(db, caller, List.of(repo)).contains(repo));
  }

  private static String gated(String type, String name, String gate) {
    stand.sendJson(
        "POST",
        "/api/repos/create",
        ann,
        Map.of("name", name, "organization", "acme", "type", type));
    var set =
        stand.sendJson(
            "PUT", "/api/" + type + "s/acme/" + name + "/settings", ann, Map.of("gated", gate));
    assertThat(set.statusCode()).isEqualTo(200);
    return "acme/" + name;
  }

  private static HttpResponse<byte[]> ask(String repo, String token) {
    var form = "reason=to+read+%26+learn&country=de".getBytes(StandardCharsets.UTF_8);
    var type =
        new String[] {
          "Content-Type", "application/x-www-form-urlencoded", "Authorization", "Bearer " + token
        };
    return stand.send(
        "POST",
        repo + "/ask-access",
        form,
        token.isEmpty() ? new String[] {type[0], type[1]} : type);
  }

  private static int handle(String api, Map<String, String> body) {
    return stand.sendJson("POST", api + "/user-access-request/handle", ann, body).statusCode();
  }

  private static int grant(String api, String user) {
    return stand
        .sendJson("POST", api + "/user-access-request/grant", ann, Map.of("user", user))
        .statusCode();
  }

  private static JsonNode list(String repo, String status) {
    return json(stand.get("/api/" + repo + "/user-access-request/" + status, ann));
  }

  private static void assertGated(HttpResponse<byte[]> answer, int status, String sentence) {
    assertThat(answer.statusCode()).isEqualTo(status);
    assertThat(header(answer, "X-Error-Code")).isEqualTo("GatedRepo");
    assertThat(header(answer, "X-Error-Message")).contains(sentence);
    assertThat(json(answer).path("error").asText()).contains(sentence);
  }
}
