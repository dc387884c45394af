package dev.ashlar.hub.social;

import static dev.ashlar.hub.HubStand.json;
import static org.assertj.core.api.Assertions.assertThat;

import dev.ashlar.hub.HubStand;
import dev.ashlar.hub.account.TokenScope;
import java.nio.file.Path;
import java.time.InstantSource;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import org.junit.jupiter.api.AfterAll;
import org.junit.jupiter.api.BeforeAll;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

class DownloadsOverHttpTest {
  @TempDir static Path staging;
  private static HubStand stand;
  private static String ann;
  private static String eve;

  @BeforeAll
  static void start() {
    stand = new HubStand(staging);
    ann = stand.user("ann", TokenScope.WRITE);
    eve = stand.user("eve", TokenScope.READ);
  }

  @AfterAll
  static void stop() {
    stand.close();
  }

  @Test
  void givenMarkedRequests_whenCounted_thenEachCallerIsOneDownload() {
    create("counted");
    var file = "/ann/counted/resolve/main/.gitattributes";
    for (int i = 0; i < 3; i++) {
      get("HEAD", file, ann, true);
      get("GET", file, ann, true);
      get("GET", file, "", true);
      get("GET", "/api/models/ann/counted/xet-read-token/main", eve, true);
    }
    assertThat(downloads("counted", "downloads")).isZero();

    stand.hub.countDownloads();

    assertThat(downloads("counted", "downloads")).isEqualTo(3);
    assertThat(downloads("counted", "downloadsAllTime")).isEqualTo(3);
    assertThat(downloads("counted", "trendingScore")).isEqualTo(3);
    stand.hub.countDownloads();
    assertThat(downloads("counted", "downloads")).isEqualTo(3);
  }

  @Test
  void givenRequestsThatAreNoDownloads_whenCounted_thenNothingIsNoted() {
    create("quiet");
    get("GET", "/ann/quiet/resolve/main/.gitattributes", ann, false);
    get("GET", "/ann/quiet/resolve/main/none-such", ann, true);
    get("GET", "/api/models/ann/quiet", ann, true);

    stand.hub.countDownloads();

    assertThat(downloads("quiet", "downloads")).isZero();
  }

  @Test
  void givenDaysThatPassed_whenRanked_thenTheyLeaveTheLastThirtyDays() {
    create("old");
    get("GET", "/ann/old/resolve/main/.gitattributes", ann, true);
    stand.hub.countDownloads();
    stand.database.change(
        tx -> {
          var id = "(SELECT id FROM hub_repo WHERE name = 'old')";
          tx.update("UPDATE hub_repo SET downloads = 8, downloads_all_time = 8 WHERE id = " + id);
          tx.insert("INSERT INTO hub_download_day SELECT " + id + ", current_date - 10, 2");
          tx.insert("INSERT INTO hub_download_day SELECT " + id + ", current_date - 40, 5");
        });

    new Downloads(stand.database, InstantSource.system()).upkeep();

    assertThat(downloads("old", "downloads")).isEqualTo(3);
    assertThat(downloads("old", "downloadsAllTime")).isEqualTo(8);
    assertThat(downloads("old", "trendingScore")).isEqualTo(1);
  }

  @Test
  void givenARepositoryThatIsGone_whenCounted_thenTheOthersAreWritten() {
    create("gone");
    create("stays");
    for (var name : List.of("gone", "stays")) {
      get("GET", "/ann/" + name + "/resolve/main/.gitattributes", eve, true);
    }
    stand.sendJson("DELETE", "/api/repos/delete", ann, Map.of("name", "gone"));

    stand.hub.countDownloads();

    assertThat(downloads("stays", "downloads")).isEqualTo(1);
    var sorted = json(stand.get("/api/models?sort=downloads&author=ann", ann));
    assertThat(sorted.findValuesAsText("id")).contains("ann/stays");
  }

  private static void create(String name) {
    stand.sendJson("POST", "/api/repos/create", ann, Map.of("name", name));
  }

  private static void get(String method, String path, String token, boolean marked) {
    var headers = new ArrayList<>(List.of("User-Agent", "test"));
    if (marked) {
      headers.addAll(List.of("X-HF-Download-Counter", "1"));
    }
    if (!token.isEmpty()) {
      headers.addAll(List.of("Authorization", "Bearer " + token));
    }
    stand.send(method, path, new byte[0], headers.toArray(String[]::new));
  }

  private static int downloads(String name, String property) {
    var answer = json(stand.get("/api/models/ann/" + name + "?expand=" + property, ann));
    assertThat(answer.has(property)).isTrue();
    return answer.path(property).asInt();
  }
}
