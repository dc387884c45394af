package dev.ashlar.hub.info;

import static dev.ashlar.hub.HubStand.header;
import static dev.ashlar.hub.HubStand.json;
import static org.assertj.core.api.Assertions.assertThat;

import com.fasterxml.jackson.databind.JsonNode;
import dev.ashlar.hub.HubStand;
import dev.ashlar.hub.account.TokenScope;
import java.io.IOException;
import java.net.http.HttpResponse;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import java.util.regex.Pattern;
import java.util.stream.StreamSupport;
import org.junit.jupiter.api.AfterAll;
import org.junit.jupiter.api.BeforeAll;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;

class InfoAndListsOverHttpTest {
  private static final Pattern NEXT = Pattern.compile("<(http://[^>]+)>; rel=\"next\"");
  private static final String CARD =
      """
      ---
      license: apache-2.0
      language: [en, fr]
      pipeline_tag: text-generation
      date: 2026-10-01
      ---
      See https://arxiv.org/abs/2401.12345
      """;

  @TempDir private static Path staging;
  private static HubStand stand;
  private static String ada;

  @BeforeAll
  static void open() {
    stand = new HubStand(staging);
    ada = stand.user("ada", TokenScope.WRITE);
    stand.create(ada, "model", "carded");
    assertThat(stand.commit("/api/models/ada/carded", ada, "README.md", CARD).statusCode())
        .isEqualTo(200);
    for (int i = 0; i < 5; i++) {
      stand.create(ada, "dataset", "page_100-" + i);
    }
    stand.sendJson(
        "POST",
        "/api/repos/create",
        ada,
        Map.of("name", "hidden", "type", "dataset", "private", true));
  }

  @AfterAll
  static void close() {
    stand.close();
  }

  @Test
  void givenACard_whenCommitted_thenInfoHasItsDataAndTags() {
    var info = json(stand.get("/api/models/ada/carded", ""));

    assertThat(info.path("cardData").path("license").asText()).isEqualTo("apache-2.0");
    assertThat(info.path("cardData").path("date").asText()).isEqualTo("2026-10-01");
    assertThat(info.path("pipeline_tag").asText()).isEqualTo("text-generation");
    assertThat(texts(info.path("tags")))
        .contains("text-generation", "en", "fr", "license:apache-2.0", "arxiv:2401.12345");
    assertThat(info.path("modelId").asText()).isEqualTo("ada/carded");
    assertThat(info.path("lastModified").asText()).matches(".*T.*\\.[0-9]{3}Z");
    assertThat(info.path("gated").isBoolean()).isTrue();
    assertThat(info.path("usedStorage").asLong()).isPositive();
  }

  @Test
  void givenAnOldRevision_whenAsked_thenTheAnswerIsOfThatCommit() {
    var log = json(stand.get("/api/models/ada/carded/commits/main", ""));
    var first = log.get(log.size() - 1).path("id").asText();

    var info = json(stand.get("/api/models/ada/carded/revision/" + first, ""));

    assertThat(info.path("sha").asText()).isEqualTo(first);
    assertThat(info.has("cardData")).isFalse();
    assertThat(info.path("siblings").size()).isEqualTo(1);
  }

  @Test
  void trap1_givenARevisionWithASlash_whenEncodedOrNot_thenItIsFound() {
    stand.sendJson("POST", "/api/models/ada/carded/branch/feature%2Fx", ada, Map.of());

    for (var path : List.of("feature%2Fx", "feature/x", "refs%2Fheads%2Ffeature%2Fx", "HEAD")) {
      assertThat(stand.get("/api/models/ada/carded/revision/" + path, "").statusCode())
          .as(path)
          .isEqualTo(200);
    }
  }

  @Test
  void givenAnUnknownRevision_whenAsked_thenRevisionNotFoundNamesIt() {
    var answer = stand.get("/api/models/ada/carded/revision/nope", "");

    assertThat(answer.statusCode()).isEqualTo(404);
    assertThat(header(answer, "X-Error-Code")).isEqualTo("RevisionNotFound");
    assertThat(header(answer, "X-Error-Message")).isEqualTo("Invalid rev id: nope");
  }

  @Test
  void trap2_givenBracketsInTheQuery_whenRawOrEncoded_thenTheyAreExpandToo() throws IOException {
    var raw = stand.raw("GET /api/models/ada/carded?expand[]=likes&expand[]=sha");
    var encoded = json(stand.get("/api/models/ada/carded?expand%5B%5D=likes,sha", ""));

    assertThat(raw).startsWith("HTTP/1.1 200").contains("\"likes\":0").contains("\"sha\":");
    assertThat(names(encoded)).containsExactly("_id", "id", "likes", "sha");
  }

  @Test
  void givenAClientOfThe034Line_whenItAsksForXet_thenItReadsTrue() {
    var answer = json(stand.get("/api/models/ada/carded/revision/main?expand=xetEnabled", ""));

    assertThat(answer.path("xetEnabled").asBoolean()).isTrue();
  }

  @Test
  void givenAnUnknownProperty_whenExpanded_thenAllAllowedOnesAreNamed() {
    var answer = stand.get("/api/datasets/ada/page_100-0?expand=nonsense", "");

    assertThat(answer.statusCode()).isEqualTo(400);
    assertThat(json(answer).path("error").asText())
        .startsWith("\"expand\" must be one of [author, cardData, citation, createdAt, ")
        .endsWith("trendingScore, usedStorage]");
  }

  @ParameterizedTest
  @ValueSource(strings = {"createdAt", "lastModified", "downloads", "likes", "trendingScore"})
  void trap6_givenPages_whenTheLinksAreFollowed_thenEachRepositoryComesOnce(String sort) {
    var seen = new ArrayList<String>();
    var path = "/api/datasets?author=ADA&limit=2&sort=" + sort;
    for (int pages = 0; !path.isEmpty() && pages < 10; pages++) {
      var answer = stand.get(path, "");
      assertThat(answer.statusCode()).isEqualTo(200);
      seen.addAll(json(answer).findValuesAsText("id"));
      path = next(answer);
      assertThat(path)
          .satisfiesAnyOf(p -> assertThat(p).isEmpty(), p -> assertThat(p).contains("author=ADA"));
    }

    assertThat(seen)
        .containsExactly(
            "ada/page_100-4",
            "ada/page_100-3",
            "ada/page_100-2",
            "ada/page_100-1",
            "ada/page_100-0");
  }

  private static String next(HttpResponse<?> answer) {
    var link = NEXT.matcher(header(answer, "Link"));
    return link.matches() ? link.group(1).substring(stand.base().length()) : "";
  }

  @Test
  void givenFilters_whenListed_thenAllMustHold() {
    assertThat(ids("/api/models?search=CARD&search=ada")).containsExactly("ada/carded");
    assertThat(ids("/api/models?search=car%25")).isEmpty();
    assertThat(ids("/api/datasets?search=_100")).hasSize(5);
    assertThat(ids("/api/models?filter=license:apache-2.0&filter=fr")).hasSize(1);
    assertThat(ids("/api/models?filter=license:apache-2.0,de")).isEmpty();
    assertThat(ids("/api/models?pipeline_tag=text-generation")).hasSize(1);
    assertThat(ids("/api/models?gated=true")).isEmpty();
    assertThat(ids("/api/datasets?search=hidden")).isEmpty();
    assertThat(json(stand.get("/api/datasets?search=hidden", ada)).size()).isEqualTo(1);
  }

  @Test
  void givenFull_whenListed_thenFilesAndCommitComeToo() {
    var element = json(stand.get("/api/models?author=ada&full=true&cardData=true", "")).get(0);

    assertThat(element.path("siblings").findValuesAsText("rfilename")).contains("README.md");
    assertThat(element.path("sha").asText()).matches("[0-9a-f]{40}");
    assertThat(element.path("cardData").path("license").asText()).isEqualTo("apache-2.0");
  }

  @Test
  void givenACursorThatIsNotOurs_whenListed_thenItIsABadRequest() {
    for (var cursor : List.of("x", "!!", "YXxi", "aW5maW5pdHl8eA")) {
      assertThat(stand.get("/api/datasets?cursor=" + cursor, "").statusCode()).isEqualTo(400);
    }
  }

  @Test
  void givenOwnRepositories_whenSettingsAreListed_thenUseAndVisibilityAreThere() {
    var own = json(stand.get("/api/settings/repositories", ada));

    assertThat(own.size()).isEqualTo(7);
    assertThat(own.get(0).path("visibility").asText()).isEqualTo("private");
    assertThat(names(own.get(0)))
        .contains("id", "type", "updatedAt", "visibility", "storage", "storagePercent");
    assertThat(stand.get("/api/settings/repositories", "").statusCode()).isEqualTo(401);
  }

  private static List<String> ids(String path) {
    return json(stand.get(path, "")).findValuesAsText("id");
  }

  private static List<String> names(JsonNode object) {
    var names = new ArrayList<String>();
    object.fieldNames().forEachRemaining(names::add);
    return names;
  }

  private static List<String> texts(JsonNode array) {
    return StreamSupport.stream(array.spliterator(), false).map(JsonNode::asText).toList();
  }
}
