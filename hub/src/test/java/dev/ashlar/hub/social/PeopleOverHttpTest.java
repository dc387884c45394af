package dev.ashlar.hub.social;

import static dev.ashlar.hub.HubStand.header;
import static dev.ashlar.hub.HubStand.json;
import static org.assertj.core.api.Assertions.assertThat;

import dev.ashlar.hub.HubStand;
import dev.ashlar.hub.account.TokenScope;
import dev.ashlar.hub.org.Role;
import java.nio.charset.StandardCharsets;
import java.nio.file.Path;
import java.util.List;
import java.util.Map;
import java.util.concurrent.CompletableFuture;
import java.util.concurrent.Executors;
import java.util.stream.IntStream;
import org.junit.jupiter.api.AfterAll;
import org.junit.jupiter.api.BeforeAll;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;

class PeopleOverHttpTest {
  @TempDir static Path staging;
  private static HubStand stand;
  private static String ann;
  private static String eve;

  @BeforeAll
  static void start() {
    stand = new HubStand(staging);
    stand.hub.accounts().addUser("ann", "Ann Example", "ann@example.org", false, false);
    ann = stand.user("ann", TokenScope.WRITE);
    eve = stand.user("eve", TokenScope.WRITE);
    stand.hub.orgs().add("acme", "Acme <Inc>", false, false);
    stand.hub.orgs().putMember("acme", "ann", Role.ADMIN);
    stand.hub.orgs().putMember("acme", "eve", Role.READ);
    create("open", "public");
    create("closed", "private");
  }

  @AfterAll
  static void stop() {
    stand.close();
  }

  @Test
  void givenLikes_whenGivenAndTakenBack_thenCountListsAndAnswersAgree() {
    create("liked", "public");
    var api = "/api/models/ann/liked";
    assertThat(json(stand.get(api + "/like", eve)).path("liked").asBoolean()).isFalse();

    for (var token : List.of(ann, eve, eve)) {
      assertThat(stand.sendJson("POST", api + "/like", token, Map.of()).statusCode())
          .isEqualTo(200);
    }

    assertThat(json(stand.get(api, "")).path("likes").asInt()).isEqualTo(2);
    assertThat(json(stand.get(api + "/like", eve)).path("liked").asBoolean()).isTrue();
    var likers = stand.get(api + "/likers?limit=1", "");
    assertThat(header(likers, "X-Total-Count")).isEqualTo("2");
    assertThat(json(likers).findValuesAsText("user")).containsExactly("eve");
    assertThat(json(likers).findValuesAsText("username")).containsExactly("eve");
    var next = header(likers, "Link").replaceAll("<" + stand.base() + "([^>]*)>.*", "$1");
    var last = stand.get(next, "");
    assertThat(json(last).findValuesAsText("fullname")).containsExactly("Ann Example");
    assertThat(header(last, "Link")).isEmpty();
    var listed = json(stand.get("/api/models?sort=likes&author=ann", ""));
    assertThat(listed.findValuesAsText("id")).containsSubsequence("ann/liked", "ann/open");
    var answer =
        json(stand.send("DELETE", api + "/like", new byte[0], "Authorization", "Bearer " + eve));
    assertThat(answer.path("likes_count").asInt()).isEqualTo(1);
    assertThat(stand.sendJson("POST", api + "/like", "", Map.of()).statusCode()).isEqualTo(401);
  }

  @Test
  void givenLikes_whenListed_thenTheyHaveTheFormsOfTheLibraryAndOfOtherHubs() {
    create("shaped", "public");
    stand.sendJson("POST", "/api/models/ann/shaped/like", ann, Map.of());

    var likers = stand.get("/api/models/ann/shaped/likers", "");
    var likes = stand.get("/api/users/ann/likes", ann);

    assertThat(json(likers).isArray()).isTrue();
    assertThat(json(likers)).hasSize(1);
    var liker = json(likers).get(0);
    assertThat(liker.path("user").asText()).isEqualTo("ann");
    assertThat(liker.path("fullname").asText()).isEqualTo("Ann Example");
    assertThat(liker.path("avatarUrl").asText()).isEqualTo("/api/users/ann/avatar");
    assertThat(liker.path("username").asText()).isEqualTo("ann");
    assertThat(liker.path("full_name").asText()).isEqualTo("Ann Example");
    assertThat(header(likers, "X-Total-Count")).isEqualTo("1");
    assertThat(json(likes).isArray()).isTrue();
    var like = json(likes).get(0);
    assertThat(like.path("createdAt").asText()).endsWith("Z");
    assertThat(like.at("/repo/name").asText()).isEqualTo("ann/shaped");
    assertThat(like.at("/repo/type").asText()).isEqualTo("model");
    assertThat(header(likes, "X-Total-Count")).matches("[1-9][0-9]*");
  }

  @Test
  void givenLikesOfHiddenRepositories_whenListed_thenOnlyWhoMaySeeThemDoes() {
    stand.sendJson("POST", "/api/models/ann/closed/like", ann, Map.of());
    stand.sendJson("POST", "/api/models/ann/open/like", ann, Map.of());

    var own = json(stand.get("/api/users/ann/likes", ann));
    var others = json(stand.get("/api/users/ann/likes", eve));

    assertThat(own.findValuesAsText("name")).contains("ann/open", "ann/closed");
    assertThat(others.findValuesAsText("name")).contains("ann/open").doesNotContain("ann/closed");
    assertThat(others.at("/0/repo/type").asText()).isEqualTo("model");
    assertThat(stand.sendJson("POST", "/api/models/ann/closed/like", eve, Map.of()).statusCode())
        .isEqualTo(404);
    assertThat(stand.get("/api/users/nobody/likes", "").statusCode()).isEqualTo(404);
  }

  @ParameterizedTest
  @ValueSource(strings = {"limit=0", "limit=-1", "limit=x", "limit=1.5", "cursor=x", "cursor=-1"})
  void givenAPageThatIsNone_whenLikesAreListed_thenTheRefusalNamesTheParameter(String query) {
    for (var list : List.of("/api/users/ann/likes", "/api/models/ann/open/likers")) {
      var answer = stand.get(list + "?" + query, "");

      assertThat(answer.statusCode()).as(list).isEqualTo(400);
      assertThat(json(answer).path("error").asText())
          .as(list)
          .isEqualTo(
              query.startsWith("limit")
                  ? "limit: a number from 1 on is needed"
                  : "cursor: it is not one of this list");
    }
  }

  @Test
  void givenManyAtOnce_whenLiking_thenNoLikeIsLostOrCountedTwice() {
    create("popular", "public");
    var tokens =
        IntStream.range(0, 6).mapToObj(i -> stand.user("fan-" + i, TokenScope.WRITE)).toList();

    try (var pool = Executors.newVirtualThreadPerTaskExecutor()) {
      var all =
          IntStream.range(0, 18)
              .mapToObj(
                  i ->
                      CompletableFuture.supplyAsync(
                          () ->
                              stand
                                  .sendJson(
                                      "POST",
                                      "/api/models/ann/popular/like",
                                      tokens.get(i % 6),
                                      Map.of())
                                  .statusCode(),
                          pool))
              .toList();
      assertThat(all).allSatisfy(one -> assertThat(one.join()).isEqualTo(200));
    }

    assertThat(json(stand.get("/api/models/ann/popular", "")).path("likes").asInt()).isEqualTo(6);
  }

  @Test
  void givenAUser_whenShown_thenCountsAreOfWhatTheCallerMaySee() {
    var own = json(stand.get("/api/users/ANN/overview", ann));
    var others = json(stand.get("/api/users/ann/overview", ""));

    assertThat(own.path("user").asText()).isEqualTo("ann");
    assertThat(own.path("fullname").asText()).isEqualTo("Ann Example");
    assertThat(own.path("type").asText()).isEqualTo("user");
    assertThat(own.path("orgs").findValuesAsText("name")).contains("acme");
    assertThat(own.path("createdAt").asText()).endsWith("Z");
    assertThat(own.path("numModels").asInt()).isEqualTo(others.path("numModels").asInt() + 1);
    assertThat(others.has("email")).isFalse();
  }

  @Test
  void givenAnOrganization_whenShown_thenItsMembersHaveRoles() {
    var org = json(stand.get("/api/organizations/acme/overview", ""));
    var members = json(stand.get("/api/organizations/acme/members", ""));

    assertThat(org.path("name").asText()).isEqualTo("acme");
    assertThat(org.path("fullname").asText()).isEqualTo("Acme <Inc>");
    assertThat(org.path("numUsers").asInt()).isEqualTo(members.size());
    assertThat(members.findValuesAsText("user")).containsExactlyInAnyOrder("ann", "eve");
    assertThat(members.findValuesAsText("role")).containsExactlyInAnyOrder("admin", "read");
    assertThat(stand.get("/api/organizations/acme/followers", "").body())
        .isEqualTo("[]".getBytes(StandardCharsets.UTF_8));
  }

  @ParameterizedTest
  @ValueSource(
      strings = {
        "/api/users/acme/overview",
        "/api/users/none/overview",
        "/api/users/acme/followers",
        "/api/users/none/avatar",
        "/api/organizations/ann/overview",
        "/api/organizations/ann/members",
        "/api/organizations/none/followers",
        "/api/organizations/ann/avatar"
      })
  void givenAnotherKindOrNobody_whenShown_thenItIsMissing(String path) {
    var answer = stand.get(path, ann);

    assertThat(answer.statusCode()).isEqualTo(404);
    assertThat(json(answer).path("error").asText()).contains("not found");
  }

  @Test
  void givenNames_whenDrawn_thenThePictureHoldsNothingThatAPageWouldRun() {
    var picture = stand.get("/api/organizations/acme/avatar", "");
    var text = new String(picture.body(), StandardCharsets.UTF_8);

    assertThat(header(picture, "Content-Type")).isEqualTo("image/svg+xml");
    assertThat(header(picture, "Content-Security-Policy")).contains("sandbox");
    assertThat(text).contains(">AI</text>").doesNotContain("<Inc>");
    var address =
        stand.send("GET", "/api/users/ann/avatar", new byte[0], "Accept", "application/json");
    assertThat(json(address).path("avatarUrl").asText())
        .isEqualTo(stand.base() + "/api/users/ann/avatar");
  }

  @Test
  void givenAnOrganizationOfOnesOwn_whenItsMembersChange_thenOnlyWhoRulesItMay() {
    assertThat(status("POST", "/org/create", eve, Map.of("name", "eves-club"))).isEqualTo(200);
    assertThat(status("POST", "/org/create", eve, Map.of("name", "eves-club"))).isEqualTo(409);
    assertThat(status("POST", "/org/create", "", Map.of("name", "nobodys"))).isEqualTo(401);
    var members = "/org/eves-club/members";

    assertThat(status("POST", members, ann, Map.of("username", "ann"))).isEqualTo(403);
    var asReader = Map.of("username", "ann", "role", "read");
    assertThat(status("POST", members, eve, asReader)).isEqualTo(200);
    assertThat(status("POST", members, eve, asReader)).isEqualTo(409);
    assertThat(status("PUT", members + "/ann", ann, Map.of("role", "admin"))).isEqualTo(403);
    assertThat(status("PUT", members + "/ann", eve, Map.of("role", "king"))).isEqualTo(400);
    assertThat(status("DELETE", members + "/eve", eve, Map.of())).isEqualTo(409);
    assertThat(status("PUT", members + "/ann", eve, Map.of("role", "admin"))).isEqualTo(200);
    assertThat(json(stand.get(members, "")).findValuesAsText("user")).contains("ann", "eve");
    assertThat(status("DELETE", members + "/eve", eve, Map.of())).isEqualTo(200);
    assertThat(json(stand.get("/org/users/ann/orgs", "")).findValuesAsText("name"))
        .contains("acme", "eves-club");
    assertThat(status("DELETE", members + "/ann", ann, Map.of())).isEqualTo(409);
    assertThat(status("DELETE", members + "/nobody", ann, Map.of())).isEqualTo(404);
    assertThat(json(stand.get("/org/eves-club", "")).path("numUsers").asInt()).isEqualTo(1);
  }

  @Test
  void givenSettings_whenChanged_thenOnlyByTheirOwners() {
    var asked = Map.of("fullname", "Eve Changed", "details", "I read.");

    assertThat(status("PUT", "/api/users/eve/settings", ann, asked)).isEqualTo(403);
    assertThat(status("PUT", "/api/users/eve/settings", eve, asked)).isEqualTo(200);
    assertThat(status("PUT", "/api/users/eve/settings", eve, Map.of("fullname", "a\nb")))
        .isEqualTo(400);
    assertThat(status("PUT", "/api/organizations/acme/settings", eve, asked)).isEqualTo(403);

    var shown = json(stand.get("/api/users/eve/overview", ""));
    assertThat(shown.path("fullname").asText()).isEqualTo("Eve Changed");
    assertThat(shown.path("details").asText()).isEqualTo("I read.");
  }

  @Test
  void givenRepositories_whenListedByUser_thenTheHiddenOnesAreThereForTheOwnerAlone() {
    assertThat(json(stand.get("/api/users/ann/repos", ann)).path("models").findValuesAsText("id"))
        .contains("ann/open", "ann/closed");
    var others = json(stand.get("/api/users/ann/repos", eve));
    assertThat(others.path("models").findValuesAsText("id"))
        .contains("ann/open")
        .doesNotContain("ann/closed");
    assertThat(others.path("datasets").isArray()).isTrue();
  }

  @Test
  void givenAnOrganisation_whenItsRepositoriesAreListed_thenTheHiddenOnesAreThereForMembersAlone() {
    stand.hub.orgs().add("listers", "Listers", true, false);
    stand.hub.orgs().putMember("listers", "ann", Role.WRITE);
    for (var visibility : List.of("public", "private")) {
      stand.sendJson(
          "POST",
          "/api/repos/create",
          ann,
          Map.of(
              "name",
              visibility,
              "organization",
              "listers",
              "type",
              "dataset",
              "visibility",
              visibility));
    }

    assertThat(ids("/api/users/Listers/repos", "datasets", ann))
        .containsExactly("listers/private", "listers/public");
    for (var token : List.of(eve, "")) {
      assertThat(ids("/api/users/Listers/repos", "datasets", token))
          .containsExactly("listers/public");
    }
    assertThat(stand.get("/api/users/nobody/repos", ann).statusCode()).isEqualTo(404);
  }

  @Test
  void givenMoreRepositoriesThanTheLimit_whenListedByUser_thenTheNewestOfEachType() {
    var many = stand.user("many", TokenScope.WRITE);
    for (var i = 0; i < 101; i++) {
      stand.create(many, "model", "m" + i);
    }
    stand.create(many, "space", "s");
    var repos = "/api/users/many/repos";

    assertThat(ids(repos, "models", "")).hasSize(100).startsWith("many/m100").endsWith("many/m1");
    assertThat(ids(repos + "?limit=500", "models", "")).hasSize(100);
    assertThat(ids(repos + "?limit=2", "models", "")).containsExactly("many/m100", "many/m99");
    assertThat(ids(repos + "?limit=2", "spaces", "")).containsExactly("many/s");
    assertThat(stand.get(repos + "?limit=0", "").statusCode()).isEqualTo(400);
  }

  private static List<String> ids(String path, String type, String token) {
    return json(stand.get(path, token)).path(type).findValuesAsText("id");
  }

  private static int status(String method, String path, String token, Object body) {
    return stand.sendJson(method, path, token, body).statusCode();
  }

  private static void create(String name, String visibility) {
    stand.sendJson(
        "POST", "/api/repos/create", ann, Map.of("name", name, "visibility", visibility));
  }
}
