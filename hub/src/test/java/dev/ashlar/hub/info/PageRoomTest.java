package dev.ashlar.hub.info;

import static dev.ashlar.hub.HubStand.header;
import static dev.ashlar.hub.HubStand.json;
import static org.assertj.core.api.Assertions.assertThat;

import com.fasterxml.jackson.databind.JsonNode;
import dev.ashlar.hub.HubStand;
import dev.ashlar.hub.account.Authenticator;
import dev.ashlar.hub.account.TokenScope;
import dev.ashlar.hub.git.GitRepositories;
import dev.ashlar.hub.git.RefWatcher;
import dev.ashlar.objectstore.Staging;
import dev.ashlar.web.HttpServer;
import dev.ashlar.web.PublicUrl;
import dev.ashlar.web.Routes;
import java.net.InetAddress;
import java.net.InetSocketAddress;
import java.net.URI;
import java.net.http.HttpClient;
import java.net.http.HttpRequest;
import java.net.http.HttpResponse;
import java.net.http.HttpResponse.BodyHandlers;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.TreeMap;
import java.util.stream.IntStream;
import org.junit.jupiter.api.AfterAll;
import org.junit.jupiter.api.BeforeAll;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;

/** Lists whose files do not fit on one page: a server with little room beside the usual one. */
class PageRoomTest {
  /** Room for the files of two repositories of ten, and not for those of one with fifty. */
  private static final long ROOM_BYTES = 7_500;

  @TempDir private static Path staging;
  private static HubStand stand;
  private static HttpServer narrow;
  private static final HttpClient CLIENT = HttpClient.newHttpClient();

  @BeforeAll
  static void open() {
    stand = new HubStand(staging);
    var ada = stand.user("ada", TokenScope.WRITE);
    make(ada, "a-ten", 10);
    make(ada, "b-ten", 10);
    make(ada, "c-ten", 10);
    make(ada, "d-fifty", 50);
    make(ada, "e-ten", 10);
    make(ada, "f-none", 0);
    make(ada, "g-ten", 10);
    make(ada, "h-fifty", 50);
    var git =
        new GitRepositories(stand.database, stand.store, new Staging(staging), RefWatcher.all());
    var routes = new Routes();
    new ListEndpoints(
            stand.database,
            new Authenticator(stand.database, HubStand.KEYS),
            new HeadFiles(stand.database, git),
            ROOM_BYTES)
        .routes(routes);
    narrow =
        new HttpServer(
            new InetSocketAddress(InetAddress.getLoopbackAddress(), 0),
            new PublicUrl(Optional.empty()),
            routes);
  }

  private static void make(String token, String name, int files) {
    var list =
        IntStream.range(0, files)
            .mapToObj(
                i ->
                    Map.of(
                        "path", "f%02d".formatted(i) + "x".repeat(77),
                        "content", "x",
                        "encoding", "utf-8"))
            .toList();
    var answer =
        stand.sendJson("POST", "/api/repos/create", token, Map.of("name", name, "files", list));
    assertThat(answer.statusCode()).isEqualTo(200);
  }

  @AfterAll
  static void close() {
    CLIENT.close();
    narrow.close();
    stand.close();
  }

  private static HttpResponse<byte[]> get(String url) throws Exception {
    return CLIENT.send(HttpRequest.newBuilder(URI.create(url)).build(), BodyHandlers.ofByteArray());
  }

  @ParameterizedTest
  @ValueSource(strings = {"full=true", "expand=siblings&expand=sha"})
  void givenMoreFilesThanFit_whenThePagesAreFollowed_thenEachRepositoryComesOnceAndWhole(String how)
      throws Exception {
    var files = new TreeMap<String, Integer>();
    var sizes = new ArrayList<Integer>();
    var url = "http://127.0.0.1:" + narrow.port() + "/api/models?limit=100&sort=createdAt&" + how;
    while (!url.isEmpty() && sizes.size() < 20) {
      var answer = get(url);
      assertThat(answer.statusCode()).isEqualTo(200);
      var page = json(answer);
      sizes.add(page.size());
      for (var element : page) {
        assertThat(files.put(element.path("id").asText(), count(element))).isNull();
      }
      url = header(answer, "Link").replaceAll("<([^>]*)>.*", "$1");
    }

    assertThat(files)
        .containsExactlyInAnyOrderEntriesOf(
            Map.of(
                "ada/a-ten", 11,
                "ada/b-ten", 11,
                "ada/c-ten", 11,
                "ada/d-fifty", -1,
                "ada/e-ten", 11,
                "ada/f-none", 1,
                "ada/g-ten", 11,
                "ada/h-fifty", -1));
    assertThat(sizes).as("h g f e | d c b | a").hasSizeBetween(3, 4).contains(1);
  }

  /** How many files an element tells of; -1 when it tells of none. */
  private static int count(JsonNode element) {
    return element.has("siblings") ? element.path("siblings").size() : -1;
  }

  @Test
  void givenTheUsualRoom_whenListed_thenAllIsOnOnePage() {
    var page = stand.get("/api/models?full=true", "");

    assertThat(header(page, "Link")).isEmpty();
    assertThat(json(page)).hasSize(8).allSatisfy(one -> assertThat(count(one)).isPositive());
  }

  @Test
  void givenNamesThatDoNotFit_whenTaken_thenNoneOfThatRepositoryCounts() {
    var room = new PageRoom(1_000);
    room.begin();

    assertThat(List.of(take(room, 3), take(room, 3))).containsExactly(true, true);
    room.begin();
    assertThat(take(room, 400)).isFalse();
    assertThat(room.isFull()).isTrue();
    assertThat(take(room, 200)).as("what the long one would have taken is free").isTrue();
  }

  private static boolean take(PageRoom room, int length) {
    return room.take("n".repeat(length));
  }
}
