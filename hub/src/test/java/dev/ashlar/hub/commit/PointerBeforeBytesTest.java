package dev.ashlar.hub.commit;

import static java.nio.charset.StandardCharsets.UTF_8;
import static org.assertj.core.api.Assertions.assertThat;

import dev.ashlar.core.hash.MerkleHash;
import dev.ashlar.core.hash.Sha256;
import dev.ashlar.core.manifest.FileManifest;
import dev.ashlar.hub.HubStand;
import dev.ashlar.hub.account.TokenScope;
import dev.ashlar.hub.repo.RepoType;
import dev.ashlar.hub.repo.Repos;
import dev.ashlar.hub.tree.LfsPointer;
import dev.ashlar.metadata.Holds;
import dev.ashlar.metadata.Manifests;
import dev.ashlar.web.Json;
import java.nio.file.Path;
import java.time.Instant;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

/** Pointers without bytes: none comes in, and where one was left its bytes may come again. */
class PointerBeforeBytesTest {
  private static final Sha256 OID = Sha256.parse("cd".repeat(32));

  @Test
  void givenAPointerInTheTree_whenItsFileIsUploadedAndCommitted_thenTheFileIsKeptForGood(
      @TempDir Path staging) {
    try (var stand = new HubStand(staging)) {
      var ann = stand.user("ann", TokenScope.WRITE);
      stand.create(ann, "model", "m");
      upload(stand, repoId(stand));
      assertThat(commitFile(stand, ann)).isEqualTo(200);
      var removal = Map.of("deletions", Map.of("sha", List.of(OID.toString())));
      stand.sendJson("POST", "/api/models/ann/m/lfs-files/batch", ann, removal);
      assertThat(commitFile(stand, ann)).isEqualTo(400);
      upload(stand, repoId(stand));

      assertThat(commitFile(stand, ann)).isEqualTo(200);

      assertThat(kind(stand, repoId(stand))).isEqualTo("COMMITTED");
    }
  }

  @Test
  void givenAPointerAsText_whenItsBytesAreNotHere_thenItIsRefusedAndOnceTheyAreItIsKept(
      @TempDir Path staging) {
    try (var stand = new HubStand(staging)) {
      var ann = stand.user("ann", TokenScope.WRITE);
      stand.create(ann, "model", "m");
      var head = stand.get("/api/models/ann/m/refs", ann).body();
      var pointer = new String(new LfsPointer(OID, 0).blob(), UTF_8);

      var early = stand.commit("/api/models/ann/m", ann, "a.bin", pointer);

      assertThat(early.statusCode()).isEqualTo(400);
      assertThat(HubStand.json(early).path("error").asText())
          .contains("a.bin", OID.toString(), "was not uploaded here");
      assertThat(stand.get("/api/models/ann/m/refs", ann).body()).isEqualTo(head);
      upload(stand, repoId(stand));
      var other = new String(new LfsPointer(OID, 7).blob(), UTF_8);
      assertThat(stand.commit("/api/models/ann/m", ann, "a.bin", other).statusCode())
          .isEqualTo(400);
      assertThat(stand.commit("/api/models/ann/m", ann, "a.bin", pointer).statusCode())
          .isEqualTo(200);
      assertThat(kind(stand, repoId(stand))).isEqualTo("COMMITTED");
      assertThat(new String(stand.get("/ann/m/raw/main/a.bin", ann).body(), UTF_8))
          .isEqualTo(pointer);
    }
  }

  @Test
  void givenAnObjectThatWasRemovedAndCameAgain_whenPreuploaded_thenItsOidIsTheAnswerOnceItIsKept(
      @TempDir Path staging) {
    try (var stand = new HubStand(staging)) {
      var ann = stand.user("ann", TokenScope.WRITE);
      stand.create(ann, "model", "m");
      upload(stand, repoId(stand));
      assertThat(commitFile(stand, ann)).isEqualTo(200);
      assertThat(presentOid(stand, ann)).isEqualTo(OID.toString());
      var removal = Map.of("deletions", Map.of("sha", List.of(OID.toString())));
      stand.sendJson("POST", "/api/models/ann/m/lfs-files/batch", ann, removal);

      assertThat(presentOid(stand, ann)).as("removed").isEmpty();
      upload(stand, repoId(stand));
      assertThat(presentOid(stand, ann)).as("held for a while").isEmpty();
      assertThat(commitFile(stand, ann)).isEqualTo(200);
      assertThat(presentOid(stand, ann)).as("kept").isEqualTo(OID.toString());
    }
  }

  /** Clients do not commit a file that already is this. */
  private static String presentOid(HubStand stand, String token) {
    var files = List.of(Map.of("path", "a.bin", "size", 9, "sample", ""));
    var answer =
        stand.sendJson("POST", "/api/models/ann/m/preupload/main", token, Map.of("files", files));
    assertThat(answer.statusCode()).isEqualTo(200);
    return HubStand.json(answer).path("files").get(0).path("oid").asText("");
  }

  private static int commitFile(HubStand stand, String token) {
    var lines =
        String.join(
            "\n",
            line("header", Map.of("summary", "the bytes of a.bin")),
            line("lfsFile", Map.of("path", "a.bin", "oid", OID.toString(), "size", 0)));
    return stand
        .send(
            "POST",
            "/api/models/ann/m/commit/main",
            lines.getBytes(UTF_8),
            "Authorization",
            "Bearer " + token)
        .statusCode();
  }

  private static String line(String key, Object value) {
    return new String(Json.write(Map.of("key", key, "value", value)), UTF_8);
  }

  private static long repoId(HubStand stand) {
    return stand
        .database
        .<Optional<Repos.Found>>read(db -> Repos.find(db, 0, RepoType.MODEL, "ann", "m"))
        .orElseThrow()
        .repo()
        .id();
  }

  private static void upload(HubStand stand, long repoId) {
    var manifest = new FileManifest(new MerkleHash(1, 2, 3, 4), List.of());
    stand.database.change(
        tx -> {
          var file = Manifests.register(tx, manifest, Optional.of(OID), Map.of());
          Holds.upload(tx, repoId, file.id(), Instant.now().plusSeconds(600));
        });
  }

  private static String kind(HubStand stand, long repoId) {
    return stand.database.read(
        db ->
            db.get("select kind from file_grant where repo_id = ?", repoId)
                .orElseThrow()
                .column("kind")
                .get(String.class));
  }
}
