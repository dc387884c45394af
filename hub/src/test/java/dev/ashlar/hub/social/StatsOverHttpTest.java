package dev.ashlar.hub.social;

import static dev.ashlar.hub.HubStand.json;
import static org.assertj.core.api.Assertions.assertThat;

import com.fasterxml.jackson.databind.JsonNode;
import dev.ashlar.hub.HubStand;
import dev.ashlar.hub.account.Grant;
import dev.ashlar.hub.account.NewToken;
import dev.ashlar.hub.account.Reach;
import dev.ashlar.hub.account.TokenScope;
import dev.ashlar.hub.org.Role;
import dev.ashlar.metadata.Columns;
import java.nio.file.Path;
import java.time.LocalDate;
import java.time.ZoneOffset;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import org.junit.jupiter.api.AfterAll;
import org.junit.jupiter.api.BeforeAll;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;

class StatsOverHttpTest {
  @TempDir static Path staging;
  private static HubStand stand;
  private static String ann;
  private static String eve;

  @BeforeAll
  static void start() {
    stand = new HubStand(staging);
    ann = stand.user("ann", TokenScope.WRITE);
    eve = stand.user("eve", TokenScope.WRITE);
    stand.hub.orgs().add("acme", "", false, false);
    stand.hub.orgs().putMember("acme", "ann", Role.ADMIN);
    create("ann/open", "model", "public");
    create("ann/closed", "model", "private");
    create("acme/inside", "model", "private");
    create("ann/quiet", "model", "public");
    create("ann/table", "dataset", "public");
    downloads("open", 0, 3, Optional.of(1L));
    downloads("open", 2, 4, Optional.empty());
    downloads("open", 20, 50, Optional.of(50L));
    downloads("open", 400, 7, Optional.of(0L));
    downloads("closed", 1, 40, Optional.of(40L));
    downloads("inside", 1, 30, Optional.of(30L));
    downloads("table", 5, 9, Optional.of(9L));
    stand.sendJson("POST", "/api/datasets/ann/table/like", eve, Map.of());
  }

  @AfterAll
  static void stop() {
    stand.close();
  }

  private static void create(String name, String type, String visibility) {
    var answer =
        stand.sendJson(
            "POST",
            "/api/repos/create",
            ann,
            Map.of(
                "organization",
                name.substring(0, name.indexOf('/')),
                "name",
                name.substring(name.indexOf('/') + 1),
                "type",
                type,
                "visibility",
                visibility));
    assertThat(answer.statusCode()).isEqualTo(200);
  }

  private static void downloads(String name, int daysAgo, long count, Optional<Long> signedIn) {
    stand.database.change(
        tx ->
            tx.insert(
                """
                INSERT INTO hub_download_day (repo_id, day, downloads, signed_in)
                SELECT id, CAST(? AS date), ?, CAST(? AS bigint) FROM hub_repo WHERE name = ?
                """,
                today().minusDays(daysAgo).toString(),
                count,
                signedIn.orElse(null),
                name));
  }

  private static LocalDate today() {
    return LocalDate.now(ZoneOffset.UTC);
  }

  @Test
  void givenCountedRequests_whenStatsAreRead_thenSignedInAndOtherCallersAreTold() {
    create("ann/counted", "model", "public");
    for (var token : List.of(ann, eve, "")) {
      var headers = new ArrayList<>(List.of("X-HF-Download-Counter", "1"));
      if (!token.isEmpty()) {
        headers.addAll(List.of("Authorization", "Bearer " + token));
      }
      stand.send(
          "GET",
          "/ann/counted/resolve/main/.gitattributes",
          new byte[0],
          headers.toArray(String[]::new));
    }
    stand.sendJson("POST", "/api/models/ann/counted/like", eve, Map.of());
    stand.hub.countDownloads();

    var stats = json(stand.get("/api/models/ann/counted/stats", ""));
    var recent = json(stand.get("/api/models/ann/counted/stats/recent?days=1", "")).path("stats");

    assertThat(stats.path("downloads").asInt()).isEqualTo(3);
    assertThat(stats.path("downloadsAllTime").asInt()).isEqualTo(3);
    assertThat(stats.path("likes").asInt()).isEqualTo(1);
    assertThat(recent).hasSize(1);
    assertThat(recent.at("/0/downloads").asInt()).isEqualTo(3);
    assertThat(recent.at("/0/authenticated").asInt()).isEqualTo(2);
    assertThat(recent.at("/0/anonymous").asInt()).isEqualTo(1);
    stand.sendJson("DELETE", "/api/repos/delete", ann, Map.of("name", "counted"));
  }

  @Test
  void givenDays_whenStatsAreRead_thenEachHasAnEntryAndNothingIsInvented() {
    var answer = json(stand.get("/api/models/ann/open/stats/recent", ""));
    var stats = answer.path("stats");

    assertThat(stats).hasSize(30);
    assertThat(answer.at("/period/days").asInt()).isEqualTo(30);
    assertThat(answer.at("/period/end").asText()).isEqualTo(stats.at("/29/date").asText());
    assertThat(answer.at("/period/start").asText()).isEqualTo(stats.at("/0/date").asText());
    assertThat(stats.at("/29/anonymous").asInt()).isEqualTo(2);
    assertThat(stats.at("/28/downloads").asInt()).isZero();
    assertThat(stats.at("/28/anonymous").isInt()).isTrue();
    assertThat(stats.at("/27/downloads").asInt()).isEqualTo(4);
    assertThat(stats.at("/27/anonymous").isMissingNode()).isTrue();
    assertThat(stats.at("/9/downloads").asInt()).isEqualTo(50);
  }

  @ParameterizedTest
  @ValueSource(strings = {"/stats", "/stats/recent"})
  void givenAPrivateRepository_whenItsStatsAreAsked_thenOnlyItsReadersSeeThem(String path) {
    var closed = "/api/models/ann/closed" + path;

    assertThat(stand.get(closed, "").statusCode()).isEqualTo(401);
    assertThat(stand.get(closed, eve).statusCode()).isEqualTo(404);
    assertThat(stand.get(closed, ann).statusCode()).isEqualTo(200);
    assertThat(stand.get("/api/models/ann/none" + path, ann).statusCode()).isEqualTo(404);
  }

  @Test
  void givenTrends_whenAsked_thenTheCallerSeesThoseThatHeMayRead() {
    assertThat(trending("", "")).containsExactly("ann/table", "ann/open");
    assertThat(trending("", eve)).containsExactly("ann/table", "ann/open");
    assertThat(trending("", ann))
        .containsExactly("ann/closed", "acme/inside", "ann/table", "ann/open");
    stand.hub.orgs().putMember("acme", "eve", Role.READ);
    assertThat(trending("?repo_type=model", eve)).containsExactly("acme/inside", "ann/open");
    var first = json(stand.get("/api/trending", ann)).path("trending").get(0);
    assertThat(first.path("private").asBoolean()).isTrue();
    assertThat(first.path("type").asText()).isEqualTo("model");
    assertThat(first.path("recent_downloads").asInt()).isEqualTo(40);
  }

  @Test
  void givenAFineGrainedToken_whenTrendsAreAsked_thenItsPlacesAloneAreSeen() {
    var id =
        stand.database.<Long>read(
            db ->
                Columns.longOf(
                    db.get("SELECT id FROM hub_repo WHERE name = 'inside'").orElseThrow(), "id"));
    var fine =
        stand
            .hub
            .accounts()
            .addToken(
                "ann",
                new NewToken(
                    "fine",
                    Optional.empty(),
                    List.of(new Grant(Grant.Place.REPO, id, Reach.READ)),
                    Optional.empty(),
                    Optional.empty()));

    assertThat(trending("", fine)).containsExactly("acme/inside", "ann/table", "ann/open");
  }

  @Test
  void givenDaysTypeAndLimit_whenAsked_thenTheyBoundTheTrends() {
    assertThat(trending("?repo_type=dataset", "")).containsExactly("ann/table");
    assertThat(trending("?repo_type=space", "")).isEmpty();
    assertThat(trending("?days=30", "")).containsExactly("ann/open", "ann/table");
    assertThat(trending("?days=2&repo_type=model&limit=1", "")).containsExactly("ann/open");
    assertThat(trending("?limit=1", ann)).containsExactly("ann/closed");
    var table = json(stand.get("/api/trending?repo_type=dataset", "")).at("/trending/0");
    assertThat(table.path("recent_likes").asInt()).isEqualTo(1);
    assertThat(table.path("trendingScore").asInt()).isEqualTo(19);
    var period = json(stand.get("/api/trending?days=1000&limit=9999", "")).path("period");
    assertThat(period.path("days").asInt()).isEqualTo(90);
    assertThat(period.path("start").asText()).isEqualTo(today().minusDays(89).toString());
    assertThat(json(stand.get("/api/models/ann/open/stats/recent?days=1000", "")).path("stats"))
        .hasSize(365);
  }

  @ParameterizedTest
  @ValueSource(
      strings = {
        "/api/trending?days=0",
        "/api/trending?days=x",
        "/api/trending?limit=0",
        "/api/trending?limit=-1",
        "/api/trending?repo_type=models",
        "/api/models/ann/open/stats/recent?days=0",
        "/api/models/ann/open/stats/recent?days=1.5"
      })
  void givenAQuestionThatMakesNoSense_whenAsked_thenItIsABadRequest(String path) {
    assertThat(stand.get(path, ann).statusCode()).isEqualTo(400);
  }

  private static List<String> trending(String query, String token) {
    JsonNode answer = json(stand.get("/api/trending" + query, token));
    return answer.path("trending").findValuesAsText("id");
  }
}
