package dev.ashlar.casserver;

import static org.assertj.core.api.Assertions.assertThat;

import dev.ashlar.core.golden.GoldenInput;
import dev.ashlar.core.hash.Sha256;
import dev.ashlar.core.token.PartsUrl;
import dev.ashlar.metadata.AwaitedFiles;
import dev.ashlar.metadata.Holds;
import dev.ashlar.metadata.StoredFile;
import dev.ashlar.web.Json;
import java.io.ByteArrayInputStream;
import java.io.IOException;
import java.net.Socket;
import java.net.http.HttpRequest;
import java.net.http.HttpRequest.BodyPublishers;
import java.net.http.HttpResponse;
import java.nio.charset.StandardCharsets;
import java.nio.file.Path;
import java.time.Duration;
import java.util.ArrayList;
import java.util.Arrays;
import java.util.Collections;
import java.util.List;
import java.util.Map;
import java.util.Set;
import java.util.concurrent.Callable;
import java.util.concurrent.Executors;
import java.util.concurrent.Future;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;
import org.junit.jupiter.params.provider.ValueSource;

final class PartsUploadTest {
  private static final int PART = 100_000;
  private static final byte[] BYTES = new GoldenInput("random", 41, 350_000, 0).bytes();

  private record Named(int partNumber, String etag) {}

  private CasFixture cas;
  private PartsUrl object;

  @BeforeEach
  void start(@TempDir Path folder) throws Exception {
    cas = new CasFixture(folder);
    object = new PartsUrl(1, 10, sha256(BYTES), BYTES.length, PART);
  }

  @AfterEach
  void stop() {
    cas.close();
  }

  private static Sha256 sha256(byte[] bytes) {
    return Sha256.of(Sha256.begin().digest(bytes));
  }

  private byte[] part(int number) {
    int start = (number - 1) * PART;
    return Arrays.copyOfRange(BYTES, start, start + (int) object.bytesOf(number));
  }

  private HttpResponse<byte[]> put(int number, byte[] bytes) throws IOException {
    return put(cas.urls.parts().part(object, number), bytes);
  }

  private HttpResponse<byte[]> put(String url, byte[] bytes) throws IOException {
    return cas.send(HttpRequest.newBuilder(cas.url(url)).PUT(BodyPublishers.ofByteArray(bytes)));
  }

  private List<Named> putAll() throws IOException {
    var named = new ArrayList<Named>();
    for (int number = object.parts(); number >= 1; number--) {
      var answer = put(number, part(number));
      assertThat(answer.statusCode()).isEqualTo(200);
      named.addFirst(new Named(number, answer.headers().firstValue("ETag").orElseThrow()));
    }
    return named;
  }

  private HttpResponse<byte[]> complete(Object body) throws IOException {
    return cas.send(
        HttpRequest.newBuilder(cas.url(cas.urls.parts().complete(object)))
            .header("Content-Type", "application/vnd.git-lfs+json")
            .POST(BodyPublishers.ofByteArray(Json.write(body))));
  }

  private HttpResponse<byte[]> complete(List<Named> parts) throws IOException {
    return complete(Map.of("oid", object.oid().toString(), "parts", parts));
  }

  private static String sentence(HttpResponse<byte[]> answer) {
    return new String(answer.body(), StandardCharsets.UTF_8);
  }

  private boolean isHeld() {
    return cas.database.read(
        db -> Holds.bySha256(db, 10, List.of(object.oid())).containsKey(object.oid()));
  }

  private boolean isLasting() {
    return cas.database.read(
        db -> Holds.committedBySha256(db, 10, List.of(object.oid())).containsKey(object.oid()));
  }

  private void assertNoPartIsLeft() throws IOException {
    assertThat(cas.rows("lfs_upload")).isZero();
    assertThat(cas.rows("lfs_part")).isZero();
    assertThat(cas.rows("upload_intent")).isZero();
    assertThat(cas.rows("deletion")).isZero();
    assertThat(cas.contents().objects()).noneMatch(key -> key.startsWith("part/"));
    assertThat(cas.contents().staged()).isEmpty();
  }

  @Test
  void givenPartsInAnyOrder_whenCompleted_thenTheObjectIsHeldAndThePartsAreGone()
      throws IOException {
    var named = putAll();
    assertThat(isHeld()).isFalse();

    var answer = complete(named);

    assertThat(answer.statusCode()).as(sentence(answer)).isEqualTo(200);
    assertThat(isHeld()).isTrue();
    assertNoPartIsLeft();
    assertThat(complete(named).statusCode()).as("asked again").isEqualTo(200);
  }

  @Test
  void givenAnAwaitedObjectThatSomebodyElseSentMeanwhile_whenAWriterCompletes_thenItIsHeldForGood()
      throws IOException {
    cas.readable.put(3L, Set.of(10L));
    var named = putAll();
    assertThat(complete(named).statusCode()).isEqualTo(200);
    var files = cas.database.read(db -> Holds.bySha256(db, 10, List.of(object.oid()))).values();
    cas.database.change(tx -> Holds.commit(tx, 10, files.stream().map(StoredFile::hash).toList()));
    cas.database.change(tx -> AwaitedFiles.letGo(tx, 10, List.of(object.oid())));
    cas.cas.files().take(3, 10, new ByteArrayInputStream(BYTES));
    object = new PartsUrl(3, 10, object.oid(), object.bytes(), PART);
    assertThat(complete(named).statusCode()).isEqualTo(200);
    assertThat(isHeld()).isTrue();
    assertThat(isLasting()).as("completed by somebody who may only propose").isFalse();

    object = new PartsUrl(1, 10, object.oid(), object.bytes(), PART);
    assertThat(complete(named).statusCode()).isEqualTo(200);

    assertThat(isLasting()).isTrue();
    assertThat(cas.rows("awaited_file")).isZero();
  }

  @Test
  void givenBytesThatCameWhole_whenTheyComeInParts_thenNoChunkIsStoredAgain() throws IOException {
    cas.cas.files().take(1, 10, new ByteArrayInputStream(Arrays.copyOf(BYTES, 300_000)));
    cas.cas.files().take(1, 10, new ByteArrayInputStream(BYTES));
    var before = cas.contents();
    cas.database.change(tx -> Holds.dropRepo(tx, 10));

    assertThat(complete(putAll()).statusCode()).isEqualTo(200);

    assertThat(cas.contents().objects()).isEqualTo(before.objects());
  }

  @Test
  void givenAPartThatCameTwice_whenCompleted_thenTheLastOneCounts() throws IOException {
    var wrong = put(2, new byte[PART]).headers().firstValue("ETag").orElseThrow();
    var named = putAll();
    assertThat(cas.rows("lfs_part")).isEqualTo(4);
    var old = new ArrayList<>(named);
    old.set(1, new Named(2, wrong));

    assertThat(complete(old).statusCode()).isEqualTo(422);
    assertThat(complete(named).statusCode()).isEqualTo(200);
    cas.cas.sweepParts();
    assertNoPartIsLeft();
  }

  @Test
  void givenManyWhoCompleteAtOnce_whenTheyAreAnswered_thenOneDidTheWork() throws Exception {
    var named = putAll();
    var asked = new ArrayList<Future<Integer>>();
    try (var threads = Executors.newVirtualThreadPerTaskExecutor()) {
      Callable<Integer> once = () -> complete(named).statusCode();
      for (int i = 0; i < 8; i++) {
        asked.add(threads.submit(once));
      }
    }

    for (var status : asked) {
      assertThat(status.get()).isEqualTo(200);
    }
    assertThat(cas.rows("xorb")).isEqualTo(1);
    assertNoPartIsLeft();
  }

  @Test
  void givenOtherBytesThanNamed_whenCompleted_thenItIs422ForGoodAndTheyGo() throws IOException {
    var named = putAll();
    var other = put(3, new byte[PART]).headers().firstValue("ETag").orElseThrow();
    named.set(2, new Named(3, other));

    var first = complete(named);
    var second = complete(named);

    assertThat(first.statusCode()).isEqualTo(422);
    assertThat(sentence(first)).contains("SHA-256");
    assertThat(second.statusCode()).isEqualTo(422);
    assertThat(sentence(second)).contains("SHA-256");
    assertThat(cas.rows("file")).isZero();
    assertThat(cas.contents().objects()).noneMatch(key -> key.startsWith("part/"));
    assertThat(complete(putAll()).statusCode()).as("sent anew").isEqualTo(200);
    assertNoPartIsLeft();
  }

  @ParameterizedTest
  @CsvSource({"100001", "99999", "0"})
  void givenAPartOfAnotherLength_whenPut_thenItIsRefused(int bytes) throws IOException {
    var answer = put(1, new byte[bytes]);

    assertThat(answer.statusCode()).isEqualTo(422);
    assertThat(sentence(answer)).contains("part 1").contains("100000");
    assertNoPartIsLeft();
  }

  @Test
  void givenAnIncompleteList_whenCompleted_thenTheSentenceSaysWhatIsWrong() throws IOException {
    var none = complete(List.of(new Named(1, "x")));
    var named = putAll();

    assertThat(none.statusCode()).isEqualTo(422);
    assertThat(sentence(complete(Map.of()))).contains("0 are named");
    assertThat(sentence(complete(named.subList(0, 3)))).contains("3 are named");
    var five = new ArrayList<>(named);
    five.add(new Named(5, "x"));
    assertThat(complete(five).statusCode()).isEqualTo(422);
    assertThat(sentence(complete(named.reversed()))).contains("in order");
    assertThat(sentence(complete(Collections.nCopies(4, named.getFirst())))).contains("in order");
    var tags = new ArrayList<>(named);
    tags.set(1, new Named(2, "\"x\""));
    assertThat(sentence(complete(tags))).contains("part 2").contains("ETag");
    var another = complete(Map.of("oid", "ab".repeat(32), "parts", named));
    assertThat(another.statusCode()).isEqualTo(422);
    assertThat(complete("[").statusCode()).isEqualTo(400);
    assertThat(complete(Collections.<Named>singletonList(null)).statusCode()).isEqualTo(422);
    assertThat(isHeld()).isFalse();
    assertThat(complete(named).statusCode()).isEqualTo(200);
  }

  @Test
  void givenAMissingPart_whenCompleted_thenItIsNamedAndTheOthersStay() throws IOException {
    var named = putAll();
    var more = new PartsUrl(1, 10, object.oid(), BYTES.length, 2L * PART);
    put(cas.urls.parts().part(more, 2), Arrays.copyOfRange(BYTES, 2 * PART, BYTES.length));
    object = more;

    var answer = complete(named.subList(0, 2));

    assertThat(answer.statusCode()).isEqualTo(422);
    assertThat(sentence(answer)).contains("part 1").contains("has not come");
    assertThat(cas.rows("lfs_part")).isEqualTo(5);
  }

  @ParameterizedTest
  @ValueSource(
      strings = {
        "parts/1>parts/2", "parts/1>parts/5", "parts/1>parts/01", "bytes=350000>bytes=350001",
        "part=100000>part=200000", "repo=10>repo=11", "caller=1>caller=2", "exp=>exp=1",
        "&sig=>&sig=A", "parts/1>complete"
      })
  void givenAnAlteredAddress_whenPut_thenItIs403(String change) throws IOException {
    var words = change.split(">", -1);
    var url = cas.urls.parts().part(object, 1).replace(words[0], words[1]);

    var status = put(url, part(1)).statusCode();

    assertThat(status).isIn(403, 404, 405);
    assertThat(cas.rows("lfs_upload")).isZero();
  }

  @Test
  void givenAnotherCallersParts_whenCompleted_thenTheyDoNotCount() throws IOException {
    var named = putAll();
    object = new PartsUrl(2, 20, object.oid(), BYTES.length, PART);

    assertThat(complete(named).statusCode()).isEqualTo(422);
  }

  @Test
  void givenACallerWhoMayNoMore_whenPutOrCompleted_thenItIs403() throws IOException {
    var named = putAll();
    cas.own.clear();

    assertThat(put(1, part(1)).statusCode()).isEqualTo(403);
    assertThat(complete(named).statusCode()).isEqualTo(403);
  }

  @Test
  void givenPartsThatNobodyCompletes_whenTheirTimeIsOver_thenTheyAreSwept() throws IOException {
    putAll();
    cas.cas.sweepParts();
    assertThat(cas.rows("lfs_part")).isEqualTo(4);
    cas.database.change(
        tx -> tx.dml("update lfs_upload set expires_at = now() - interval '1 second'"));

    cas.cas.sweepParts();

    assertNoPartIsLeft();
  }

  @Test
  void givenAServerThatDiedWhileJoining_whenItsLeaseEnds_thenAnotherTakesOver() throws IOException {
    var named = putAll();
    cas.database.change(
        tx ->
            tx.dml(
                "update lfs_upload set worker = gen_random_uuid(),"
                    + " worker_until = now() + interval '1 second'"));

    assertThat(complete(named).statusCode()).isEqualTo(200);
    assertThat(isHeld()).isTrue();
  }

  /** As if another server was at it. */
  private void joinElsewhere(String lease) {
    cas.database.change(
        tx ->
            tx.createUpdate(
                    """
                    update lfs_upload
                       set worker = gen_random_uuid(), worker_until = now() + cast(:lease as interval)
                    """)
                .addParam("lease", lease)
                .execute());
  }

  /** Asks for the join on a connection of its own, without waiting for the answer. */
  private Socket ask(List<Named> parts) throws IOException {
    var url = cas.url(cas.urls.parts().complete(object));
    var body = Json.write(Map.of("oid", object.oid().toString(), "parts", parts));
    var client = new Socket(url.getHost(), url.getPort());
    var head =
        "POST %s?%s HTTP/1.1\r\nHost: x\r\nContent-Length: %d\r\n\r\n"
            .formatted(url.getRawPath(), url.getRawQuery(), body.length);
    client.getOutputStream().write(head.getBytes(StandardCharsets.US_ASCII));
    client.getOutputStream().write(body);
    return client;
  }

  /**
   * The server takes up connections in an order of its own: any of them may be the one too many.
   */
  private static Socket firstAnswered(List<Socket> clients) throws Exception {
    long end = System.nanoTime() + Duration.ofSeconds(60).toNanos();
    while (System.nanoTime() < end) {
      for (var client : clients) {
        if (client.getInputStream().available() > 0) {
          return client;
        }
      }
      Thread.sleep(10);
    }
    throw new AssertionError("all " + clients.size() + " wait");
  }

  @Test
  void givenManyThatWaitForAJoin_whenOneMoreOfTheCallerComes_thenItIs503UntilTheyLeave()
      throws Exception {
    var named = putAll();
    joinElsewhere("1 hour");
    var waiting = new ArrayList<Socket>();
    for (int i = 0; i < 65; i++) {
      waiting.add(ask(named));
    }
    var refused = firstAnswered(waiting);
    assertThat(new String(refused.getInputStream().readNBytes(12), StandardCharsets.US_ASCII))
        .isEqualTo("HTTP/1.1 503");

    object = new PartsUrl(2, 20, object.oid(), BYTES.length, PART);
    assertThat(complete(putAll()).statusCode()).as("another caller").isEqualTo(200);

    object = new PartsUrl(1, 10, object.oid(), BYTES.length, PART);
    for (var client : waiting) {
      client.close();
    }
    joinElsewhere("0 seconds");
    long end = System.nanoTime() + Duration.ofSeconds(20).toNanos();
    int status;
    do {
      status = complete(named).statusCode();
    } while (status == 503 && System.nanoTime() < end);
    assertThat(status).as("when they have left").isEqualTo(200);
  }
}
