package dev.ashlar.hub.discussion;

import static dev.ashlar.hub.HubStand.json;
import static org.assertj.core.api.Assertions.assertThat;

import com.fasterxml.jackson.databind.JsonNode;
import dev.ashlar.hub.HubStand;
import dev.ashlar.hub.account.TokenScope;
import java.net.http.HttpResponse;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import java.util.concurrent.Callable;
import java.util.concurrent.Executors;
import java.util.stream.IntStream;
import org.junit.jupiter.api.AfterAll;
import org.junit.jupiter.api.BeforeAll;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;

class DiscussionsOverHttpTest {
  @TempDir private static Path staging;
  private static HubStand stand;
  private static String ann;
  private static String bob;
  private static String reader;
  private static int repos;

  @BeforeAll
  static void open() {
    stand = new HubStand(staging);
    ann = stand.user("ann", TokenScope.WRITE);
    bob = stand.user("bob", TokenScope.WRITE);
    reader = stand.user("cleo", TokenScope.READ);
  }

  @AfterAll
  static void close() {
    stand.close();
  }

  /** A fresh repository of Ann's; the path of its discussions. */
  private static String repo() {
    var name = "talk-" + ++repos;
    assertThat(stand.create(ann, "model", name).statusCode()).isEqualTo(200);
    return "/api/models/ann/" + name + "/discussions";
  }

  private static HttpResponse<byte[]> post(String path, String token, Map<String, ?> body) {
    return stand.sendJson("POST", path, token, body);
  }

  private static int open(String path, String token, boolean isPull) {
    var body = Map.of("title", "A title", "description", "Because.", "pullRequest", isPull);
    var answer = post(path, token, body);
    assertThat(answer.statusCode()).isEqualTo(200);
    return json(answer).path("num").asInt();
  }

  private static JsonNode details(String path, int num) {
    var answer = stand.get(path + "/" + num + "?diff=1", ann);
    assertThat(answer.statusCode()).isEqualTo(200);
    return json(answer);
  }

  @Test
  void givenAStranger_whenOpening_thenTheDescriptionIsTheFirstComment() {
    var path = repo();

    var answer =
        post(path, bob, Map.of("title", " Broken ", "description", "It <b>is</b>.\n\nReally"));

    assertThat(json(answer).path("num").asInt()).isEqualTo(1);
    assertThat(json(answer).path("url").asText())
        .isEqualTo(stand.base() + path.substring("/api/models".length()) + "/1");
    var shown = details(path, 1);
    assertThat(shown.path("title").asText()).isEqualTo("Broken");
    assertThat(shown.path("status").asText()).isEqualTo("open");
    assertThat(shown.path("isPullRequest").asBoolean()).isFalse();
    assertThat(shown.path("author").path("name").asText()).isEqualTo("bob");
    assertThat(shown.path("repo").path("type").asText()).isEqualTo("model");
    assertThat(shown.path("createdAt").asText()).endsWith("Z");
    var event = shown.path("events").get(0);
    assertThat(event.path("id").asText()).matches("[0-9a-f]{24}");
    assertThat(event.path("type").asText()).isEqualTo("comment");
    assertThat(event.path("data").path("latest").path("raw").asText())
        .isEqualTo("It <b>is</b>.\n\nReally");
    assertThat(event.path("data").path("latest").path("html").asText())
        .isEqualTo("<p>It &lt;b&gt;is&lt;/b&gt;.</p>\n<p>Really</p>\n");
  }

  @Test
  void givenAComment_whenEditedAndHidden_thenTheAnswerIsWhatTheDetailsShow() {
    var path = repo();
    open(path, ann, false);
    var comment = path + "/1/comment";
    var id = json(post(comment, bob, Map.of("comment", "first"))).at("/newMessage/id").asText();

    var edited =
        json(post(comment + "/" + id + "/edit", bob, Map.of("content", "second")))
            .path("updatedComment");

    assertThat(edited.toString()).isEqualTo(details(path, 1).path("events").get(1).toString());
    assertThat(edited.at("/data/edited").asBoolean()).isTrue();
    assertThat(edited.at("/data/latest/raw").asText()).isEqualTo("second");
    assertThat(edited.at("/data/history/0/raw").asText()).isEqualTo("first");
    assertThat(post(comment + "/" + id + "/edit", ann, Map.of("content", "x")).statusCode())
        .isEqualTo(403);

    var hidden = json(post(comment + "/" + id + "/hide", bob, Map.of())).path("updatedComment");

    assertThat(hidden.toString()).isEqualTo(details(path, 1).path("events").get(1).toString());
    assertThat(hidden.at("/data/hidden").asBoolean()).isTrue();
    assertThat(hidden.toString()).doesNotContain("first").doesNotContain("second");
    assertThat(post(comment + "/" + id + "/edit", bob, Map.of("content", "x")).statusCode())
        .isEqualTo(409);
  }

  @Test
  void givenCommentsOfOthers_whenHidden_thenOnlyWritersMay() {
    var path = repo();
    open(path, ann, false);
    var comment = path + "/1/comment/";
    var anns = details(path, 1).at("/events/0/id").asText();
    var bobs =
        json(post(path + "/1/comment", bob, Map.of("comment", "spam")))
            .at("/newMessage/id")
            .asText();

    assertThat(post(comment + anns + "/hide", bob, Map.of()).statusCode()).isEqualTo(403);
    assertThat(post(comment + bobs + "/hide", ann, Map.of()).statusCode()).isEqualTo(200);
  }

  @Test
  void givenTitleAndStatus_whenChanged_thenAuthorAndWritersMayAndEventsTell() {
    var path = repo();
    open(path, bob, false);
    var other = stand.user("dora", TokenScope.WRITE);

    assertThat(post(path + "/1/title", other, Map.of("title", "Mine")).statusCode()).isEqualTo(403);
    assertThat(post(path + "/1/status", other, Map.of("status", "closed")).statusCode())
        .isEqualTo(403);
    var title = json(post(path + "/1/title", bob, Map.of("title", "Better"))).path("newTitle");
    var closed =
        json(post(path + "/1/status", ann, Map.of("status", "closed", "comment", "done")))
            .path("newStatus");

    assertThat(title.path("data").toString()).isIn(pairs("A title", "Better"));
    assertThat(closed.at("/data/status").asText()).isEqualTo("closed");
    var events = details(path, 1).path("events");
    assertThat(events.findValuesAsText("type"))
        .containsExactly("comment", "title-change", "comment", "status-change");
    assertThat(post(path + "/1/status", ann, Map.of("status", "closed")).statusCode())
        .isEqualTo(409);
    assertThat(post(path + "/1/status", bob, Map.of("status", "open")).statusCode()).isEqualTo(200);
    assertThat(post(path + "/1/status", bob, Map.of("status", "merged")).statusCode())
        .isEqualTo(400);
    assertThat(post(path + "/1/merge", ann, Map.of()).statusCode()).isEqualTo(409);
  }

  private static List<String> pairs(String from, String to) {
    return List.of(
        "{\"from\":\"%s\",\"to\":\"%s\"}".formatted(from, to),
        "{\"to\":\"%s\",\"from\":\"%s\"}".formatted(to, from));
  }

  @Test
  void givenManyDiscussions_whenListed_thenPagesAndFiltersHold() {
    var path = repo();
    for (int i = 0; i < 51; i++) {
      open(path, i == 7 ? bob : ann, i % 10 == 0);
    }
    post(path + "/2/status", ann, Map.of("status", "closed"));

    var first = json(stand.get(path, ""));
    var second = json(stand.get(path + "?p=1", ""));

    assertThat(first.path("count").asInt()).isEqualTo(51);
    assertThat(first.path("start").asInt()).isZero();
    assertThat(first.path("discussions")).hasSize(50);
    assertThat(first.at("/discussions/0/num").asInt()).isEqualTo(51);
    assertThat(second.path("start").asInt()).isEqualTo(50);
    assertThat(second.at("/discussions/0/num").asInt()).isEqualTo(1);
    assertThat(second.at("/discussions/0/isPullRequest").asBoolean()).isTrue();
    assertThat(count(path, "type=pull_request")).isEqualTo(6);
    assertThat(count(path, "type=discussion&status=closed")).isEqualTo(1);
    assertThat(count(path, "status=open")).isEqualTo(50);
    assertThat(count(path, "author=BOB")).isEqualTo(1);
    assertThat(count(path, "author=nobody")).isZero();
    assertThat(count(path, "p=999999")).isEqualTo(51);
    assertThat(stand.get(path + "?type=x", "").statusCode()).isEqualTo(400);
    assertThat(stand.get(path + "?status=x", "").statusCode()).isEqualTo(400);
    assertThat(stand.get(path + "?author=%00", "").statusCode()).isEqualTo(200);
  }

  private static int count(String path, String query) {
    return json(stand.get(path + "?" + query, "")).path("count").asInt();
  }

  @Test
  void givenManyAtOnce_whenOpened_thenNumbersHaveNoGaps() throws Exception {
    var path = repo();
    var work = new ArrayList<Callable<Integer>>();
    for (int i = 0; i < 24; i++) {
      boolean isPull = i % 2 == 0;
      work.add(() -> open(path, bob, isPull));
    }
    var numbers = new ArrayList<Integer>();
    try (var pool = Executors.newFixedThreadPool(8)) {
      for (var result : pool.invokeAll(work)) {
        numbers.add(result.get());
      }
    }

    assertThat(numbers)
        .containsExactlyInAnyOrderElementsOf(IntStream.range(1, 25).boxed().toList());
    var refs = json(stand.get(path.replace("/discussions", "/refs?include_prs=1"), ""));
    assertThat(refs.path("pullRequests")).hasSize(12);
    assertThat(json(stand.get(path, "")).path("count").asInt()).isEqualTo(24);
  }

  @Test
  void givenNobodyOrAReadToken_whenWriting_thenItIsRefused() {
    var path = repo();
    open(path, ann, false);
    var body = Map.of("title", "A title", "comment", "x");

    assertThat(post(path, "", body).statusCode()).isEqualTo(401);
    assertThat(post(path, reader, body).statusCode()).isEqualTo(403);
    assertThat(post(path + "/1/comment", "", body).statusCode()).isEqualTo(401);
    assertThat(post(path + "/1/comment", reader, body).statusCode()).isEqualTo(403);
    assertThat(post(path + "/1/merge", bob, body).statusCode()).isEqualTo(403);
    assertThat(stand.get(path + "/1", "").statusCode()).isEqualTo(200);
  }

  @Test
  void givenAPrivateRepository_whenAskedByStrangers_thenItLooksLikeNone() {
    var path = repo();
    open(path, ann, false);
    stand.sendJson("PUT", path.replace("/discussions", "/settings"), ann, Map.of("private", true));

    for (var route : List.of(path, path + "/1", path + "/7")) {
      assertThat(stand.get(route, "").statusCode()).isEqualTo(401);
      assertThat(stand.get(route, bob).statusCode()).isEqualTo(404);
    }
    assertThat(post(path + "/1/comment", bob, Map.of("comment", "x")).statusCode()).isEqualTo(404);
  }

  @Test
  void givenAnUnknownNumberOrComment_whenAsked_thenItIsNotFound() {
    var path = repo();
    open(path, ann, false);
    var id = details(path, 1).at("/events/0/id").asText();

    for (var num : List.of("0", "2", "01", "x", "99999999999999999999", "-1")) {
      assertThat(stand.get(path + "/" + num, ann).statusCode()).as(num).isEqualTo(404);
    }
    open(path, ann, false);
    for (var comment :
        List.of("0", id.toUpperCase(java.util.Locale.ROOT) + "0", "f".repeat(24), "0".repeat(24))) {
      assertThat(post(path + "/1/comment/" + comment + "/hide", ann, Map.of()).statusCode())
          .as(comment)
          .isEqualTo(404);
    }
    assertThat(post(path + "/2/comment/" + id + "/hide", ann, Map.of()).statusCode())
        .isEqualTo(404);
  }

  @ParameterizedTest
  @ValueSource(
      strings = {
        "{}",
        "{\"title\":\"ab\"}",
        "{\"title\":\"two\\nlines\"}",
        "{\"title\":\"a\\u0000b\"}",
        "{\"title\":\"abc\",\"description\":\"a\\u0000b\"}",
        "{\"title\":\"abc\",\"description\":\"\\ud800\"}",
        "{\"title\":\"abc\",\"description\":7}",
        "{\"title\":[\"abc\"]}",
        "not json"
      })
  void givenAWrongBody_whenOpening_thenNothingIsMade(String body) {
    var path = repo();

    var answer =
        stand.send(
            "POST",
            path,
            body.getBytes(java.nio.charset.StandardCharsets.UTF_8),
            "Authorization",
            "Bearer " + ann);

    assertThat(answer.statusCode()).isEqualTo(400);
    assertThat(count(path, "p=0")).isZero();
  }

  @Test
  void givenLongTexts_whenSent_thenTheyAreRefusedAndNothingGrowsWithoutEnd() {
    var path = repo();
    open(path, ann, false);
    var comment = path + "/1/comment";

    assertThat(post(path, ann, Map.of("title", "x".repeat(201))).statusCode()).isEqualTo(400);
    assertThat(post(comment, ann, Map.of("comment", "x".repeat(65_537))).statusCode())
        .isEqualTo(413);
    assertThat(post(comment, ann, Map.of("comment", " ")).statusCode()).isEqualTo(400);
    int last = 200;
    for (int i = 0; i < 70 && last == 200; i++) {
      last = post(comment, bob, Map.of("comment", "x".repeat(65_536))).statusCode();
    }
    assertThat(last).isEqualTo(413);
    assertThat(post(path + "/1/status", ann, Map.of("status", "closed")).statusCode())
        .isEqualTo(200);
  }
}
