package dev.ashlar.hub.lfs;

import static dev.ashlar.hub.HubStand.header;
import static dev.ashlar.hub.HubStand.json;
import static org.assertj.core.api.Assertions.assertThat;

import com.fasterxml.jackson.databind.JsonNode;
import dev.ashlar.core.hash.MerkleHash;
import dev.ashlar.core.hash.Sha256;
import dev.ashlar.core.manifest.FileManifest;
import dev.ashlar.core.token.SignedUrls;
import dev.ashlar.core.token.XetToken.Scope;
import dev.ashlar.hub.HubStand;
import dev.ashlar.hub.account.TokenScope;
import dev.ashlar.hub.repo.RepoType;
import dev.ashlar.hub.repo.Repos;
import dev.ashlar.metadata.Holds;
import dev.ashlar.metadata.Manifests;
import dev.ashlar.web.Json;
import java.net.URI;
import java.net.http.HttpResponse;
import java.nio.charset.StandardCharsets;
import java.nio.file.Path;
import java.time.Instant;
import java.time.InstantSource;
import java.util.ArrayList;
import java.util.Base64;
import java.util.Collections;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.regex.Pattern;
import org.junit.jupiter.api.AfterAll;
import org.junit.jupiter.api.BeforeAll;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;

class LargeFilesOverHttpTest {
  private static final String EMPTY =
      "e3b0c44298fc1c149afbf4c8996fb92427ae41e4649b934ca495991b7852b855";
  private static final String ABSENT = "ab".repeat(32);
  private static final String LFS = "/ada/held.git/info/lfs/objects/";
  private static final SignedUrls URLS = new SignedUrls(HubStand.KEYS, InstantSource.system());

  private record Sent(String oid, long size) {}

  @TempDir private static Path staging;
  private static HubStand stand;
  private static String ada;
  private static String bob;
  private static long repoId;

  @BeforeAll
  static void open() {
    stand = new HubStand(staging);
    ada = stand.user("ada", TokenScope.WRITE);
    bob = stand.user("bob", TokenScope.WRITE);
    stand.create(ada, "model", "held");
    stand.create(bob, "model", "other");
    repoId =
        stand
            .database
            .<Optional<Repos.Found>>read(db -> Repos.find(db, 0, RepoType.MODEL, "ada", "held"))
            .orElseThrow()
            .repo()
            .id();
    var empty = new FileManifest(new MerkleHash(0, 0, 0, 0), List.of());
    stand.database.change(
        tx -> {
          var file = Manifests.register(tx, empty, Optional.of(Sha256.parse(EMPTY)), Map.of());
          Holds.upload(tx, repoId, file.id(), Instant.now().plusSeconds(600));
        });
  }

  @AfterAll
  static void close() {
    stand.close();
  }

  @Test
  void givenNothingOffered_whenUploading_thenBasicStepsAreForAbsentObjectsAlone() {
    var answer = batch(ada, "upload", List.of(), object(ABSENT, 7), object(EMPTY, 0));

    assertThat(header(answer, "Content-Type")).isEqualTo("application/vnd.git-lfs+json");
    assertThat(json(answer).path("transfer").asText()).isEqualTo("basic");
    var steps = json(answer).path("objects").get(0).path("actions");
    var put = URI.create(steps.path("upload").path("href").asText());
    var permitted = URLS.verifyUpload(put.getRawPath(), put.getRawQuery());
    assertThat(permitted.repoId()).isEqualTo(repoId);
    assertThat(permitted.bytes()).isEqualTo(7);
    assertThat(permitted.oid()).hasToString(ABSENT);
    assertThat(steps.path("verify").path("href").asText()).isEqualTo(stand.base() + LFS + "verify");
    assertThat(json(answer).path("objects").get(1).has("actions")).isFalse();
    assertThat(json(answer).path("objects").get(1).has("error")).isFalse();
  }

  @Test
  void givenXetOffered_whenUploading_thenTheTokenIsInTheStep() {
    var answer =
        json(batch(ada, "upload", List.of("basic", "multipart", "xet"), object(ABSENT, 7)));

    assertThat(answer.path("transfer").asText()).isEqualTo("xet");
    var step = answer.path("objects").get(0).path("actions").path("upload");
    assertThat(step.path("href").asText())
        .isEqualTo(stand.base() + "/api/models/ada/held/xet-write-token/main?create_pr=1");
    var token = stand.xetTokens.verify(step.path("header").path("X-Xet-Access-Token").asText());
    assertThat(token.repoId()).isEqualTo(repoId);
    assertThat(token.scope()).isEqualTo(Scope.PROPOSE);
    assertThat(step.path("header").path("X-Xet-Cas-Url").asText())
        .matches(Pattern.quote(stand.base() + "/cas/") + "[0-9a-f]{16}");
  }

  @Test
  void givenXetOffered_whenDownloading_thenItIsBasicAllTheSame() {
    var answer = json(batch("", "download", List.of("xet", "basic"), object(EMPTY, 0)));

    assertThat(answer.path("transfer").asText()).isEqualTo("basic");
    var get =
        URI.create(
            answer.path("objects").get(0).path("actions").path("download").path("href").asText());
    assertThat(URLS.verifyFile(get.getRawPath(), get.getRawQuery()).etag())
        .isEqualTo("\"" + EMPTY + "\"");
  }

  @Test
  void givenAnObjectOfAnotherRepository_whenAsked_thenItIsNotThere() {
    var up =
        stand.sendJson(
            "POST",
            "/bob/other.git/info/lfs/objects/batch",
            bob,
            Map.of("operation", "upload", "objects", List.of(object(EMPTY, 0))));
    var down =
        stand.sendJson(
            "POST",
            "/bob/other.git/info/lfs/objects/batch",
            bob,
            Map.of("operation", "download", "objects", List.of(object(EMPTY, 0))));

    assertThat(json(up).path("objects").get(0).path("actions").has("upload")).isTrue();
    assertThat(json(down).path("objects").get(0).path("error").path("code").asInt()).isEqualTo(404);
  }

  @Test
  void givenMalformedObjects_whenBatched_thenEachHasItsOwnError() {
    var answer =
        json(
            batch(
                ada,
                "upload",
                List.of(),
                object("xyz", 1),
                object(ABSENT, -1),
                object(EMPTY, 5),
                object(ABSENT, 0)));

    assertThat(codes(answer)).containsExactly(422, 422, 422, 0);
  }

  @Test
  void givenNothingOfUse_whenBatched_thenTheWholeRequestIsRefused() {
    for (var body :
        List.of(
            "{\"operation\":\"upload\",\"objects\":[null]}",
            "{\"operation\":\"remove\",\"objects\":[]}",
            "{\"operation\":\"upload\",\"hash_algo\":\"md5\",\"objects\":[]}")) {
      var answer =
          stand.send(
              "POST",
              LFS + "batch",
              body.getBytes(StandardCharsets.UTF_8),
              "Authorization",
              "Bearer " + ada);

      assertThat(answer.statusCode()).as(body).isEqualTo(422);
      assertThat(json(answer).path("message").asText()).isNotEmpty();
    }
    var many = Collections.nCopies(10_001, object(ABSENT, 1)).toArray(Sent[]::new);
    assertThat(batch(ada, "upload", List.of(), many).statusCode()).isEqualTo(413);
    var thousand = Collections.nCopies(1_000, object(ABSENT, 1)).toArray(Sent[]::new);
    assertThat(batch(ada, "upload", List.of(), thousand).statusCode()).isEqualTo(200);
  }

  @Test
  void givenNoCredentials_whenUploading_thenGitIsAskedForBasicOnes() {
    var answer = batch("", "upload", List.of(), object(ABSENT, 1));

    assertThat(answer.statusCode()).isEqualTo(401);
    assertThat(header(answer, "LFS-Authenticate")).startsWith("Basic ");
    assertThat(header(answer, "WWW-Authenticate")).startsWith("Basic ");
    assertThat(json(answer).path("message").asText()).isNotEmpty();
    var forMain =
        Map.of(
            "operation", "upload",
            "ref", Map.of("name", "refs/heads/main"),
            "objects", List.of(object(ABSENT, 1)));
    assertThat(stand.sendJson("POST", LFS + "batch", bob, forMain).statusCode()).isEqualTo(403);
  }

  @Test
  void givenAHeldObject_whenVerified_thenSizeMatters() {
    assertThat(verify(EMPTY, 0)).isEqualTo(200);
    assertThat(verify(EMPTY, 1)).isEqualTo(422);
    assertThat(verify(ABSENT, 1)).isEqualTo(404);
    assertThat(verify("x", 1)).isEqualTo(422);
  }

  @ParameterizedTest
  @ValueSource(strings = {"/models/ada/held.git", "/ada/held"})
  void givenOtherFormsOfThePath_whenBatched_thenTheyWork(String repo) {
    var answer =
        stand.sendJson(
            "POST",
            repo + "/info/lfs/objects/batch",
            ada,
            Map.of("operation", "upload", "hash_algo", "sha_256", "objects", List.of()));

    assertThat(answer.statusCode()).isEqualTo(200);
  }

  @Test
  void givenADatasetUnderAModelsUrl_whenBatched_thenItIsFoundUnlessItIsHidden() {
    stand.create(ada, "dataset", "numbers");
    stand.sendJson(
        "POST",
        "/api/repos/create",
        ada,
        Map.of("name", "secret", "type", "dataset", "private", true));
    var request = Map.of("operation", "upload", "objects", List.of(object(ABSENT, 7)));
    var path = "/ada/%s.git/info/lfs/objects/batch";

    var found = stand.sendJson("POST", path.formatted("numbers"), ada, request);

    var verify = json(found).path("objects").get(0).path("actions").path("verify").path("href");
    assertThat(verify.asText()).startsWith(stand.base() + "/datasets/ada/numbers.git/");
    assertThat(stand.sendJson("POST", path.formatted("numbers"), bob, request).statusCode())
        .isEqualTo(200); // for a pull request
    assertThat(stand.sendJson("POST", path.formatted("secret"), bob, request).statusCode())
        .isEqualTo(404);
    assertThat(stand.sendJson("POST", path.formatted("secret"), "", request).statusCode())
        .isEqualTo(401);
    assertThat(
            stand
                .sendJson("POST", "/models" + path.formatted("numbers"), ada, request)
                .statusCode())
        .isEqualTo(404);
  }

  @Test
  void givenMultipartOffered_whenAnObjectIsHuge_thenTheWholeBatchComesInParts() {
    var answer =
        json(
            batch(
                ada,
                "upload",
                List.of("basic", "multipart"),
                object(ABSENT, 200_000_000),
                object("cd".repeat(32), 7),
                object("ef".repeat(32), 0),
                object(EMPTY, 0)));

    assertThat(answer.path("transfer").asText()).isEqualTo("multipart");
    var step = answer.path("objects").get(0).path("actions").path("upload");
    assertThat(step.path("header").path("chunk_size").asText()).isEqualTo("67108864");
    assertThat(names(step.path("header"))).containsExactly("chunk_size", "00001", "00002", "00003");
    var part = URI.create(step.path("header").path("00003").asText());
    var permitted = URLS.parts().verifyPart(part.getRawPath(), part.getRawQuery());
    assertThat(permitted.number()).isEqualTo(3);
    assertThat(permitted.bytes()).isEqualTo(200_000_000 - (128 << 20));
    assertThat(permitted.object().repoId()).isEqualTo(repoId);
    var href = URI.create(step.path("href").asText());
    assertThat(URLS.parts().verifyComplete(href.getRawPath(), href.getRawQuery()))
        .isEqualTo(permitted.object());
    var small = answer.path("objects").get(1).path("actions");
    assertThat(names(small.path("upload").path("header"))).containsExactly("chunk_size", "00001");
    assertThat(small.has("verify")).isTrue();
    assertThat(names(answer.path("objects").get(2).path("actions").path("upload").path("header")))
        .containsExactly("chunk_size");
    assertThat(answer.path("objects").get(3).has("actions")).isFalse();
  }

  @Test
  void givenAHugeObject_whenMultipartIsNotOfferedOrXetIs_thenItIsAnotherTransfer() {
    var huge = object(ABSENT, 200_000_000);

    assertThat(transfer(batch(ada, "upload", List.of("basic"), huge))).isEqualTo("basic");
    assertThat(transfer(batch(ada, "upload", List.of(), huge))).isEqualTo("basic");
    assertThat(transfer(batch(ada, "upload", List.of("basic", "multipart", "xet"), huge)))
        .isEqualTo("xet");
    assertThat(
            transfer(batch(ada, "upload", List.of("basic", "multipart"), object(ABSENT, 99_000))))
        .isEqualTo("basic");
    assertThat(
            codes(json(batch(ada, "upload", List.of("multipart"), object(ABSENT, Long.MAX_VALUE)))))
        .containsExactly(422);
  }

  @Test
  void givenHugeSizes_whenCutIntoParts_thenTheAnswerStaysBounded() {
    var rule = new PartRule(0, 64 << 20);

    assertThat(rule.partBytes(600_000_000, 1)).isEqualTo(64 << 20);
    assertThat(rule.partBytes(600_000_000, 256)).isEqualTo(64 << 20);
    assertThat(Math.ceilDiv(1L << 50, rule.partBytes(1L << 50, 1))).isLessThanOrEqualTo(1000);
    assertThat(10_000 * Math.ceilDiv(1L << 50, rule.partBytes(1L << 50, 10_000)))
        .isLessThanOrEqualTo(20_000);
  }

  private static List<String> names(JsonNode object) {
    var names = new ArrayList<String>();
    object.fieldNames().forEachRemaining(names::add);
    return names;
  }

  private static String transfer(HttpResponse<byte[]> answer) {
    return json(answer).path("transfer").asText();
  }

  @Test
  void givenLocks_whenAsked_thenThereAreNone() {
    assertThat(stand.get("/ada/held.git/info/lfs/locks", ada).statusCode()).isEqualTo(404);
    assertThat(
            stand
                .sendJson("POST", "/ada/held.git/info/lfs/locks/verify", ada, Map.of())
                .statusCode())
        .isEqualTo(404);
  }

  @ParameterizedTest
  @ValueSource(strings = {"main", "refs%2Fheads%2Fmain", "refs/heads/main", "None", "HEAD", ""})
  void trap22_givenARevision_whenAXetTokenIsAsked_thenHeadersAndBodySayTheSame(String revision) {
    var answer = stand.get("/api/models/ada/held/xet-write-token/" + revision, ada);

    assertThat(answer.statusCode()).isEqualTo(200);
    var body = json(answer);
    assertThat(header(answer, "X-Xet-Access-Token")).isEqualTo(body.path("accessToken").asText());
    assertThat(header(answer, "X-Xet-Cas-Url")).isEqualTo(body.path("casUrl").asText());
    assertThat(header(answer, "X-Xet-Token-Expiration")).isEqualTo(body.path("exp").asText());
    assertThat(body.path("casUrl").asText()).startsWith(stand.base() + "/cas/");
    assertThat(stand.xetTokens.verify(body.path("accessToken").asText()).repoId())
        .isEqualTo(repoId);
  }

  @ParameterizedTest
  @ValueSource(
      strings = {
        "refs%2Fpr%2F7",
        "refs/pr/7",
        "feature/x",
        "0123456789abcdef0123456789abcdef01234567"
      })
  void givenAnUnknownRevision_whenAXetTokenIsAsked_thenItIsNotFound(String revision) {
    for (var kind : List.of("xet-write-token/", "xet-read-token/")) {
      var answer = stand.get("/api/models/ada/held/" + kind + revision, ada);

      assertThat(answer.statusCode()).isEqualTo(404);
      assertThat(header(answer, "X-Error-Code")).isEqualTo("RevisionNotFound");
    }
    assertThat(stand.get("/api/models/ada/held/xet-read-token/None", ada).statusCode())
        .isEqualTo(404);
  }

  @Test
  void givenRights_whenXetTokensAreAsked_thenReadingAndWritingDiffer() {
    var read = "/api/models/ada/held/xet-read-token/main";
    var write = "/api/models/ada/held/xet-write-token/main";
    var readToken = stand.user("ada", TokenScope.READ);

    assertThat(stand.get(read, "").statusCode()).isEqualTo(200);
    assertThat(stand.get(write, "").statusCode()).isEqualTo(401);
    assertThat(stand.get(write, bob).statusCode()).isEqualTo(403);
    assertThat(stand.get(write, readToken).statusCode()).isEqualTo(403);
    assertThat(casUrl(read, ada)).isNotEqualTo(casUrl(read, bob));
    assertThat(casUrl(read, ada)).isEqualTo(casUrl(write, ada));
  }

  @Test
  void givenBasicCredentials_whenBatched_thenTheyCount() {
    var pair = Base64.getEncoder().encodeToString(("any:" + ada).getBytes(StandardCharsets.UTF_8));
    var body = Json.write(Map.of("operation", "upload", "objects", List.of(object(ABSENT, 3))));

    var answer = stand.send("POST", LFS + "batch", body, "Authorization", "Basic " + pair);

    assertThat(answer.statusCode()).isEqualTo(200);
  }

  private static String casUrl(String path, String token) {
    return json(stand.get(path, token)).path("casUrl").asText();
  }

  private static int verify(String oid, long bytes) {
    return stand.sendJson("POST", LFS + "verify", ada, object(oid, bytes)).statusCode();
  }

  private static List<Integer> codes(JsonNode answer) {
    var codes = new ArrayList<Integer>();
    answer.path("objects").forEach(object -> codes.add(object.path("error").path("code").asInt()));
    return codes;
  }

  private static Sent object(String oid, long size) {
    return new Sent(oid, size);
  }

  private static HttpResponse<byte[]> batch(
      String token, String operation, List<String> transfers, Sent... objects) {
    var request =
        transfers.isEmpty()
            ? Map.of("operation", operation, "objects", List.of(objects))
            : Map.of("operation", operation, "transfers", transfers, "objects", List.of(objects));
    return stand.sendJson("POST", LFS + "batch", token, request);
  }
}
