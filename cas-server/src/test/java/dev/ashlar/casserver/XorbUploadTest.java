package dev.ashlar.casserver;

import static java.nio.charset.StandardCharsets.UTF_8;
import static org.assertj.core.api.Assertions.assertThat;

import dev.ashlar.core.golden.GoldenFiles;
import dev.ashlar.core.token.XetToken.Scope;
import dev.ashlar.core.xorb.XorbLimits;
import java.io.IOException;
import java.net.http.HttpRequest.BodyPublishers;
import java.net.http.HttpResponse;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.Arrays;
import java.util.List;
import java.util.Set;
import java.util.concurrent.Executors;
import java.util.concurrent.Future;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

final class XorbUploadTest {
  private static final List<String> GOLDEN =
      List.of(
          "none-random",
          "lz4-text",
          "bg4-float",
          "mixed-schemes",
          "one-byte",
          "zeros",
          "many-chunks",
          "many-files",
          "repeated-chunk",
          "edited-chunk",
          "legacy-1.1.3");

  private CasFixture cas;

  @BeforeEach
  void start(@TempDir Path folder) throws IOException {
    cas = new CasFixture(folder);
  }

  @AfterEach
  void stop() {
    cas.close();
  }

  private static String path(String golden) {
    return "/v1/xorbs/default/"
        + GoldenFiles.json("xorbs/" + golden + ".json").required("hash").asText();
  }

  private static String text(HttpResponse<byte[]> response) {
    return new String(response.body(), UTF_8);
  }

  @Test
  void givenGoldenXorbs_whenUploadedTwice_thenTheSecondTimeNothingIsStored() throws IOException {
    for (var golden : GOLDEN) {
      var first = cas.postXorb(1, 10, golden);
      var before = cas.contents();
      var second = cas.postXorb(1, 10, golden);

      assertThat(first.statusCode()).as(golden).isEqualTo(200);
      assertThat(text(first)).isEqualTo("{\"was_inserted\":true}");
      assertThat(text(second)).isEqualTo("{\"was_inserted\":false}");
      assertThat(cas.contents()).isEqualTo(before);
    }
    assertThat(cas.contents().objects()).hasSize(GOLDEN.size());
    assertThat(cas.rows("upload_intent")).isZero();
    assertThat(cas.contents().staged()).isEmpty();
  }

  @Test
  void givenAStoredXorb_whenItsHeadIsAsked_thenOnlyWhoUploadedItSeesIt() throws IOException {
    cas.postXorb(1, 10, "none-random");
    var body = GoldenFiles.bytes("xorbs/none-random.bin");

    var mine = cas.send(head(1));
    var theirs = cas.send(head(2));

    assertThat(mine.statusCode()).isEqualTo(200);
    assertThat(mine.headers().firstValueAsLong("Content-Length")).hasValue(body.length);
    assertThat(theirs.statusCode()).isEqualTo(404);
  }

  private java.net.http.HttpRequest.Builder head(long caller) {
    return cas.request(caller, path("none-random"))
        .header("Authorization", "Bearer " + CasFixture.token(caller, 10 * caller, Scope.READ))
        .HEAD();
  }

  @Test
  void givenDamagedBodies_whenUploaded_thenTheyAreRefusedAndNothingIsStored() throws IOException {
    var body = GoldenFiles.bytes("xorbs/mixed-schemes.bin");
    var before = cas.contents();
    var flipped = body.clone();
    flipped[body.length / 2] ^= 1;
    var bodies = List.of(flipped, Arrays.copyOf(body, body.length - 1), new byte[0]);
    for (var damaged : bodies) {
      var response = cas.post(1, 10, path("mixed-schemes"), damaged);

      assertThat(response.statusCode()).as(text(response)).isEqualTo(400);
    }
    assertThat(cas.post(1, 10, path("none-random"), body).statusCode()).isEqualTo(400);
    assertThat(cas.post(1, 10, "/v1/xorbs/default/12", body).statusCode()).isEqualTo(400);
    assertThat(cas.contents()).isEqualTo(before);
    assertThat(cas.rows("upload_intent")).isZero();
  }

  @Test
  void givenMoreBytesThanAXorbHas_whenUploaded_thenItIs413() throws IOException {
    var body = new byte[XorbLimits.UPLOAD_BYTES_MAX + 1];

    var response = cas.post(1, 10, path("zeros"), body);

    assertThat(response.statusCode()).isEqualTo(413);
  }

  @Test
  void givenTokens_whenTheyDoNotFit_thenTheUploadIsRefused() throws IOException {
    var body = GoldenFiles.bytes("xorbs/one-byte.bin");
    var write = CasFixture.token(1, 10, Scope.WRITE);
    var past = CasFixture.CLOCK.instant().minusSeconds(120);

    assertThat(status(1, "Bearer " + CasFixture.token(1, 10, Scope.READ), body)).isEqualTo(403);
    assertThat(status(1, "Bearer " + CasFixture.token(1, 10, Scope.WRITE, past), body))
        .isEqualTo(401);
    assertThat(status(1, "Bearer " + write + "x", body)).isEqualTo(401);
    assertThat(status(1, "Basic " + write, body)).isEqualTo(401);
    assertThat(
            cas.send(cas.request(1, path("one-byte")).POST(BodyPublishers.ofByteArray(body)))
                .statusCode())
        .isEqualTo(401);
    assertThat(status(1, "Bearer " + write, body)).isEqualTo(200);
  }

  @Test
  void givenTheAddressOfAnotherCaller_whenATokenIsUsedThere_thenTheTokenAloneDecides()
      throws IOException {
    var body = GoldenFiles.bytes("xorbs/one-byte.bin");

    assertThat(status(2, "Bearer " + CasFixture.token(1, 10, Scope.WRITE), body)).isEqualTo(200);
    assertThat(status(2, "Bearer " + CasFixture.token(1, 10, Scope.READ), body)).isEqualTo(403);
  }

  private int status(long caller, String authorization, byte[] body) throws IOException {
    return cas.send(
            cas.request(caller, path("one-byte"))
                .header("Authorization", authorization)
                .POST(BodyPublishers.ofByteArray(body)))
        .statusCode();
  }

  @Test
  void givenOneXorb_whenManyUploadItAtOnce_thenOneIsInsertedAndAllSucceed() throws Exception {
    var answers = new ArrayList<Future<HttpResponse<byte[]>>>();
    try (var clients = Executors.newVirtualThreadPerTaskExecutor()) {
      for (long caller = 1; caller <= 8; caller++) {
        long who = caller;
        cas.own.put(who, Set.of(10L));
        answers.add(clients.submit(() -> cas.postXorb(who, 10, "many-chunks")));
      }
    }

    int inserted = 0;
    for (var answer : answers) {
      assertThat(answer.get().statusCode()).isEqualTo(200);
      inserted += text(answer.get()).contains("true") ? 1 : 0;
    }
    assertThat(inserted).isEqualTo(1);
    assertThat(cas.rows("xorb")).isEqualTo(1);
    assertThat(cas.rows("xorb_grant")).isEqualTo(8);
    assertThat(cas.rows("upload_intent")).isZero();
    assertThat(cas.contents().objects()).hasSize((int) (1 + cas.rows("deletion")));
  }

  @Test
  void givenAGrantRequest_whenAsked_thenItIs404() throws IOException {
    var path = path("one-byte").replace("/xorbs/", "/xorb-grants/");

    assertThat(cas.post(1, 10, path, "{}".getBytes(UTF_8)).statusCode()).isEqualTo(404);
  }

  @Test
  void givenThePathsOfOlderClients_whenUsed_thenTheyAreTheSame() throws IOException {
    var body = GoldenFiles.bytes("xorbs/one-byte.bin");

    for (var old : List.of("/xorb/", "/xorbs/")) {
      var path = path("one-byte").replace("/v1/xorbs/", old);
      assertThat(cas.post(1, 10, path, body).statusCode()).isEqualTo(200);
    }
  }
}
