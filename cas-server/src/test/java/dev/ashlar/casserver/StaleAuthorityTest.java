package dev.ashlar.casserver;

import static org.assertj.core.api.Assertions.assertThat;

import dev.ashlar.core.golden.GoldenFiles;
import dev.ashlar.core.hash.MerkleHash;
import dev.ashlar.core.hash.Sha256;
import dev.ashlar.core.token.UploadUrl;
import dev.ashlar.core.token.XetToken.Scope;
import java.io.IOException;
import java.net.http.HttpRequest;
import java.net.http.HttpRequest.BodyPublishers;
import java.nio.file.Path;
import java.util.List;
import java.util.Set;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

/** Tokens and addresses that were good, of a caller who has lost the repository since. */
final class StaleAuthorityTest {
  private CasFixture cas;
  private String xorb = "";
  private String file = "";

  @BeforeEach
  void start(@TempDir Path folder) throws IOException {
    cas = new CasFixture(folder);
    cas.postXorb(1, 10, "none-random");
    cas.post(1, 10, "/v1/shards", GoldenFiles.bytes("shards/one-file.bin"));
    xorb = GoldenFiles.json("xorbs/none-random.json").required("hash").asText();
    file =
        GoldenFiles.json("shards/one-file.json")
            .required("files")
            .get(0)
            .required("fileHash")
            .asText();
  }

  @AfterEach
  void stop() {
    cas.close();
  }

  @Test
  void givenALostRepository_whenItsTokensAreUsed_thenTheyAre401AndNothingChanges()
      throws IOException {
    assertThat(cas.get(1, 10, "/v2/reconstructions/" + file).statusCode()).isEqualTo(200);
    var before = cas.contents();
    cas.own.put(1L, Set.of(11L));

    assertThat(cas.get(1, 10, "/v1/reconstructions/" + file).statusCode()).isEqualTo(401);
    assertThat(cas.get(1, 10, "/v2/reconstructions/" + file).statusCode()).isEqualTo(401);
    assertThat(cas.get(1, 10, "/v2/reconstructions/" + MerkleHash.ZERO).statusCode())
        .isEqualTo(401);
    assertThat(cas.get(1, 10, "/v1/reconstructions?file_id=" + file).statusCode()).isEqualTo(401);
    assertThat(head("/v1/files/" + file)).isEqualTo(401);
    assertThat(head("/v1/xorbs/default/" + xorb)).isEqualTo(401);
    assertThat(cas.postXorb(1, 10, "mixed-schemes").statusCode()).isEqualTo(401);
    var shard = GoldenFiles.bytes("shards/one-file.bin");
    assertThat(cas.post(1, 10, "/v1/shards", shard).statusCode()).isEqualTo(401);
    assertThat(cas.post(1, 10, "/v2/shards", shard).statusCode()).isEqualTo(401);
    assertThat(cas.contents()).isEqualTo(before);
  }

  @Test
  void givenAWriterWhoBecameAReader_whenHisWriteTokenIsUsed_thenItIs401AndNothingChanges()
      throws IOException {
    var before = cas.contents();
    cas.own.put(1L, Set.of(11L));
    cas.readable.put(1L, Set.of(10L));
    var shard = GoldenFiles.bytes("shards/one-file.bin");

    assertThat(cas.postXorb(1, 10, "mixed-schemes").statusCode()).isEqualTo(401);
    assertThat(cas.post(1, 10, "/v2/shards", shard).statusCode()).isEqualTo(401);
    assertThat(cas.contents()).isEqualTo(before);
    assertThat(cas.get(1, 10, "/v2/reconstructions/" + file).statusCode()).isEqualTo(200);
    assertThat(propose("/v1/shards", shard)).as("for a pull request").isEqualTo(200);
    assertThat(put()).as("for a pull request; these bytes have another hash").isEqualTo(422);
  }

  private int put() throws IOException {
    var url = cas.url(cas.urls.upload(new UploadUrl(1, 10, new Sha256(1, 2, 3, 4), 5)));
    return cas.send(HttpRequest.newBuilder(url).PUT(BodyPublishers.ofByteArray(new byte[5])))
        .statusCode();
  }

  private int propose(String path, byte[] body) throws IOException {
    return cas.send(
            cas.request(1, path)
                .header("Authorization", "Bearer " + CasFixture.token(1, 10, Scope.PROPOSE))
                .POST(BodyPublishers.ofByteArray(body)))
        .statusCode();
  }

  @Test
  void givenARevokedAccessToken_whenXetTokensMadeWithItAreUsed_thenTheyAre401() throws IOException {
    var golden = GoldenFiles.json("xorbs/none-random.json");
    var chunk = golden.required("chunks").get(0).required("hash").asText();
    assertThat(cas.get(1, 10, "/v1/chunks/default/" + chunk).statusCode()).isEqualTo(200);

    cas.revoked.add(1L);

    assertThat(cas.get(1, 10, "/v2/reconstructions/" + file).statusCode()).isEqualTo(401);
    assertThat(cas.get(1, 10, "/v1/chunks/default/" + chunk).statusCode()).isEqualTo(404);
    assertThat(cas.postXorb(1, 10, "mixed-schemes").statusCode()).isEqualTo(401);
  }

  @Test
  void givenARepositoryThatIsDeletedDuringTheUpload_whenTheShardEnds_thenNoHoldRemains()
      throws IOException {
    var before = cas.contents();
    cas.deleted.add(11L);

    var answer = cas.post(1, 11, "/v1/shards", GoldenFiles.bytes("shards/one-file.bin"));

    assertThat(answer.statusCode()).isEqualTo(401);
    assertThat(cas.contents()).isEqualTo(before);
  }

  @Test
  void givenALostRepository_whenTheNameOfAFileIsMalformed_thenItIs401AsForAGoodOne()
      throws IOException {
    var paths =
        List.of(
            "/v1/reconstructions/zz",
            "/v2/reconstructions/" + file.substring(1),
            "/v1/reconstructions?file_id=zz");
    for (var path : paths) {
      assertThat(cas.get(1, 10, path).statusCode()).as(path).isEqualTo(400);
    }
    assertThat(head("/v1/files/zz")).isEqualTo(400);
    assertThat(read("/v1/reconstructions", "no JSON")).isEqualTo(400);

    cas.own.put(1L, Set.of(11L));

    for (var path : paths) {
      assertThat(cas.get(1, 10, path).statusCode()).as(path).isEqualTo(401);
    }
    assertThat(head("/v1/files/zz")).isEqualTo(401);
    assertThat(read("/v1/reconstructions", "no JSON")).isEqualTo(401);
  }

  @Test
  void givenALostRepository_whenTheNameOfAChunkIsMalformed_thenItIs401() throws IOException {
    assertThat(cas.get(1, 10, "/v1/chunks/default/zz").statusCode()).isEqualTo(400);

    cas.own.put(1L, Set.of(11L));

    assertThat(cas.get(1, 10, "/v1/chunks/default/zz").statusCode()).isEqualTo(401);
    assertThat(cas.get(1, 10, "/v1/chunks/default/" + xorb).statusCode()).isEqualTo(404);
  }

  private int read(String path, String body) throws IOException {
    return cas.send(
            cas.request(1, path)
                .header("Authorization", "Bearer " + CasFixture.token(1, 10, Scope.READ))
                .POST(BodyPublishers.ofString(body)))
        .statusCode();
  }

  private int head(String path) throws IOException {
    return cas.send(
            cas.request(1, path)
                .header("Authorization", "Bearer " + CasFixture.token(1, 10, Scope.READ))
                .HEAD())
        .statusCode();
  }

  @Test
  void givenALostRepository_whenItsUploadAddressIsUsed_thenItIs403AndNothingChanges()
      throws IOException {
    var url = cas.url(cas.urls.upload(new UploadUrl(1, 10, new Sha256(1, 2, 3, 4), 5)));
    var before = cas.contents();
    cas.own.put(1L, Set.of());

    var answer = cas.send(HttpRequest.newBuilder(url).PUT(BodyPublishers.ofByteArray(new byte[5])));

    assertThat(answer.statusCode()).isEqualTo(403);
    assertThat(cas.contents()).isEqualTo(before);
  }
}
