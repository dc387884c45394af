package dev.ashlar.casserver;

import static java.nio.charset.StandardCharsets.UTF_8;
import static org.assertj.core.api.Assertions.assertThat;

import dev.ashlar.core.golden.GoldenFiles;
import dev.ashlar.core.hash.MerkleHash;
import dev.ashlar.core.manifest.ChunkRange;
import dev.ashlar.core.manifest.FileManifest;
import dev.ashlar.core.manifest.Term;
import dev.ashlar.metadata.Holds;
import dev.ashlar.metadata.Manifests;
import dev.ashlar.metadata.Xorbs;
import java.io.IOException;
import java.nio.file.Path;
import java.util.List;
import java.util.Optional;
import java.util.regex.Pattern;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

/** Files whose plan was asked for before, and what may have become of them since. */
final class RememberedFilesTest {
  private static final Pattern KEY = Pattern.compile("/cas/get/xorb/([^?]+)\\?");

  private CasFixture cas;
  private MerkleHash file = MerkleHash.ZERO;
  private String plan = "";

  @BeforeEach
  void start(@TempDir Path folder) throws IOException {
    cas = new CasFixture(folder);
    cas.postXorb(1, 10, "none-random");
    cas.post(1, 10, "/v1/shards", GoldenFiles.bytes("shards/one-file.bin"));
    var golden = GoldenFiles.json("shards/one-file.json").required("files").get(0);
    file = MerkleHash.parse(golden.required("fileHash").asText());
    plan = "/v2/reconstructions/" + file;
    assertThat(cas.get(1, 10, plan).statusCode()).as("remembered from now on").isEqualTo(200);
  }

  @AfterEach
  void stop() {
    cas.close();
  }

  private String body() throws IOException {
    var answer = cas.get(1, 10, plan);
    assertThat(answer.statusCode()).isEqualTo(200);
    return new String(answer.body(), UTF_8);
  }

  private String key() throws IOException {
    return KEY.matcher(body()).results().map(found -> found.group(1)).findFirst().orElseThrow();
  }

  private void condemn() {
    cas.database.change(tx -> tx.update("update xorb set state='DELETING', condemned_at = now()"));
  }

  @Test
  void givenARememberedFile_whenAnotherRepositoryAsks_thenItIsNotThere() throws IOException {
    assertThat(cas.get(1, 11, plan).statusCode()).isEqualTo(404);
    assertThat(cas.get(2, 20, plan).statusCode()).isEqualTo(404);
  }

  @Test
  void givenARememberedFile_whenItsHoldEnds_thenItIsNotThere() throws IOException {
    cas.database.change(tx -> Holds.dropRepo(tx, 10));

    assertThat(cas.get(1, 10, plan).statusCode()).isEqualTo(404);
  }

  @Test
  void givenARememberedFile_whenItsHoldExpires_thenItIsNotThere() throws IOException {
    cas.database.change(tx -> tx.update("update file_grant set expires_at = now()"));

    assertThat(cas.get(1, 10, plan).statusCode()).isEqualTo(404);
  }

  @Test
  void givenARememberedFile_whenItsXorbIsBeingDeleted_thenNoPlanPromisesIt() throws IOException {
    condemn();

    assertThat(cas.get(1, 10, plan).statusCode()).isEqualTo(404);
  }

  @Test
  void givenARememberedFile_whenItsXorbIsStoredAnew_thenPlansNameTheNewObject() throws IOException {
    var before = key();
    condemn();
    cas.postXorb(1, 10, "none-random");

    var after = key();

    assertThat(after).isNotEqualTo(before);
    assertThat(cas.contents().objects()).contains(after);
  }

  @Test
  void givenARememberedFile_whenItIsRegisteredWithOtherTerms_thenPlansHaveThem()
      throws IOException {
    cas.postXorb(1, 10, "one-byte");
    condemn();
    cas.postXorb(1, 10, "one-byte");
    var xorb = MerkleHash.parse(GoldenFiles.json("xorbs/one-byte.json").required("hash").asText());
    var terms = List.of(new Term(xorb, new ChunkRange(0, 1), 1));

    cas.database.change(
        tx -> {
          var locked = Xorbs.lockForUse(tx, List.of(xorb));
          Manifests.register(tx, new FileManifest(file, terms), Optional.empty(), locked);
        });

    assertThat(body()).contains("\"unpacked_length\":1,");
  }

  @Test
  void givenTwoChangesAtOnce_whenBothAreCommitted_thenEachRaisedTheEpoch() {
    long before = epoch();

    cas.database.change(
        _ -> {
          condemn();
          condemn();
        });
    cas.database.change(
        tx -> {
          tx.update("update xorb set state = 'READY', condemned_at = null");
          tx.update("update xorb set storage_key = storage_key || 'x'");
          tx.update("update xorb set storage_key = storage_key || 'y'");
        });

    assertThat(epoch()).as("once a transaction").isEqualTo(before + 3);
  }

  private long epoch() {
    return cas.database.read(
        db ->
            db.get("select epoch from content_epoch")
                .orElseThrow()
                .column("epoch")
                .get(Long.class));
  }
}
