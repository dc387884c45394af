package dev.ashlar.casserver;

import static java.nio.charset.StandardCharsets.UTF_8;
import static org.assertj.core.api.Assertions.assertThat;

import dev.ashlar.core.golden.GoldenFiles;
import dev.ashlar.core.golden.GoldenInput;
import dev.ashlar.core.hash.MerkleHash;
import dev.ashlar.core.hash.Sha256;
import dev.ashlar.core.token.UploadUrl;
import dev.ashlar.metadata.AwaitedFiles;
import dev.ashlar.metadata.Holds;
import java.io.ByteArrayInputStream;
import java.io.IOException;
import java.net.InetAddress;
import java.net.Socket;
import java.net.http.HttpRequest;
import java.net.http.HttpRequest.BodyPublishers;
import java.nio.file.Path;
import java.util.List;
import java.util.Set;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

final class LfsUploadTest {
  private CasFixture cas;

  @BeforeEach
  void start(@TempDir Path folder) throws IOException {
    cas = new CasFixture(folder);
  }

  @AfterEach
  void stop() {
    cas.close();
  }

  private int put(Sha256 oid, long announced, byte[] body) throws IOException {
    return put(cas.urls.upload(new UploadUrl(1, 10, oid, announced)), body);
  }

  private int put(String url, byte[] body) throws IOException {
    return cas.send(HttpRequest.newBuilder(cas.url(url)).PUT(BodyPublishers.ofByteArray(body)))
        .statusCode();
  }

  @Test
  void givenAnObject_whenPut_thenItIsHeldUnderItsOidAndTheReferencesFileHash() throws IOException {
    var golden = GoldenFiles.json("xorbs/many-chunks.json").required("inputs").get(0);
    var bytes = GoldenFiles.input(golden).bytes();
    var oid = Sha256.parse(golden.required("sha256").asText());

    assertThat(put(oid, bytes.length, bytes)).isEqualTo(200);
    var stored = cas.contents();
    assertThat(put(oid, bytes.length, bytes)).isEqualTo(200);

    var held = cas.database.read(db -> Holds.bySha256(db, 10, List.of(oid)));
    assertThat(held.get(oid))
        .satisfies(
            file -> assertThat(file.hash()).hasToString(golden.required("fileHash").asText()));
    assertThat(cas.contents()).isEqualTo(stored);
    assertThat(cas.rows("upload_intent")).isZero();
  }

  @Test
  void givenAnObjectThatCommitsNameButTheRepositoryLetGo_whenAWriterPutsIt_thenItIsHeldForGood()
      throws IOException {
    var golden = GoldenFiles.json("xorbs/many-chunks.json").required("inputs").get(0);
    var bytes = GoldenFiles.input(golden).bytes();
    var oid = Sha256.parse(golden.required("sha256").asText());
    var file = MerkleHash.parse(golden.required("fileHash").asText());
    cas.readable.put(3L, Set.of(10L));
    put(oid, bytes.length, bytes);
    assertThat(isLasting(oid)).isFalse();
    cas.database.change(tx -> Holds.commit(tx, 10, List.of(file)));
    cas.database.change(tx -> AwaitedFiles.letGo(tx, 10, List.of(oid)));

    assertThat(put(cas.urls.upload(new UploadUrl(3, 10, oid, bytes.length)), bytes)).isEqualTo(200);
    assertThat(isLasting(oid)).as("sent by somebody who may only propose").isFalse();
    assertThat(put(oid, bytes.length, bytes)).isEqualTo(200);

    assertThat(isLasting(oid)).isTrue();
    assertThat(cas.rows("awaited_file")).isZero();
  }

  @Test
  void givenAFileThatCommitsNameButTheRepositoryLetGo_whenAWritersShardNamesIt_thenItIsHeldForGood()
      throws IOException {
    var golden = GoldenFiles.json("xorbs/many-chunks.json").required("inputs").get(0);
    var oid = Sha256.parse(golden.required("sha256").asText());
    var file = MerkleHash.parse(golden.required("fileHash").asText());
    var shard = GoldenFiles.bytes("shards/many-chunks.bin");
    cas.postXorb(1, 10, "many-chunks");
    cas.post(1, 10, "/v1/shards", shard);
    cas.database.change(tx -> Holds.commit(tx, 10, List.of(file)));
    cas.database.change(tx -> AwaitedFiles.letGo(tx, 10, List.of(oid)));
    assertThat(cas.get(1, 10, "/v2/reconstructions/" + file).statusCode()).isEqualTo(404);

    assertThat(cas.post(1, 10, "/v1/shards", shard).statusCode()).isEqualTo(200);

    assertThat(isLasting(oid)).isTrue();
    assertThat(cas.rows("awaited_file")).isZero();
    assertThat(cas.get(1, 10, "/v2/reconstructions/" + file).statusCode()).isEqualTo(200);
  }

  private boolean isLasting(Sha256 oid) {
    return cas.database.read(db -> Holds.committedBySha256(db, 10, List.of(oid)).containsKey(oid));
  }

  @Test
  void givenOtherBytesThanAnnounced_whenPut_thenTheyAreRefusedAndNoFileIsRegistered()
      throws IOException {
    var bytes = new GoldenInput("text", 7, 200_000, 0).bytes();
    var oid =
        Sha256.parse(
            GoldenFiles.json("shards/one-file.json")
                .required("files")
                .get(0)
                .required("sha256")
                .asText());

    assertThat(put(oid, bytes.length, bytes)).isEqualTo(422);
    assertThat(put(oid, bytes.length + 1, bytes)).isEqualTo(422);
    assertThat(put(oid, bytes.length - 1, bytes)).isEqualTo(422);

    assertThat(cas.rows("file")).isZero();
    assertThat(cas.rows("file_grant")).isZero();
    assertThat(cas.contents().staged()).isEmpty();
  }

  @Test
  void givenBytesThatAreRemovedMeanwhile_whenAnObjectSharesThem_thenItIs503AndTheSecondTryWorks()
      throws Exception {
    cas.postXorb(1, 10, "many-chunks");
    cas.post(1, 10, "/v1/shards", GoldenFiles.bytes("shards/many-chunks.bin"));
    var golden = GoldenFiles.json("xorbs/many-chunks.json").required("inputs").get(0);
    var bytes = GoldenFiles.input(golden).bytes();
    var oid = Sha256.parse(golden.required("sha256").asText());
    int most = bytes.length - 1000;
    var url = cas.urls.upload(new UploadUrl(1, 10, oid, bytes.length));
    var head =
        "PUT %s HTTP/1.1\r\nHost: here\r\nConnection: close\r\nContent-Length: %d\r\n\r\n"
            .formatted(url, bytes.length);

    String answer;
    try (var client = new Socket(InetAddress.getLoopbackAddress(), cas.url("/").getPort())) {
      client.getOutputStream().write(head.getBytes(UTF_8));
      client.getOutputStream().write(bytes, 0, most);
      Thread.sleep(1500);
      cas.database.change(
          tx -> tx.update("update xorb set state = 'DELETING', condemned_at = now()"));
      client.getOutputStream().write(bytes, most, 1000);
      answer = new String(client.getInputStream().readAllBytes(), UTF_8);
    }

    assertThat(answer).startsWith("HTTP/1.1 503").contains("Retry-After: 1");
    assertThat(put(oid, bytes.length, bytes)).isEqualTo(200);
  }

  @Test
  void givenAnAlteredAddress_whenPut_thenItIs403() throws IOException {
    var url = cas.urls.upload(new UploadUrl(1, 10, new Sha256(1, 2, 3, 4), 5));

    assertThat(put(url.replace("bytes=5", "bytes=6"), new byte[6])).isEqualTo(403);
    assertThat(put(url.replace("repo=10", "repo=11"), new byte[5])).isEqualTo(403);
  }

  @Test
  void givenAFileThatXetUploaded_whenTheSameBytesComeRaw_thenNoChunkIsStoredAgain()
      throws IOException {
    cas.postXorb(1, 10, "none-random");
    cas.post(1, 10, "/v1/shards", GoldenFiles.bytes("shards/one-file.bin"));
    var bytes = new GoldenInput("random", 101, 150_000, 0).bytes();
    var before = cas.contents();

    var taken = cas.cas.files().take(1, 10, new ByteArrayInputStream(bytes));
    var empty = cas.cas.files().take(1, 10, new ByteArrayInputStream(new byte[0]));

    assertThat(taken.bytes()).isEqualTo(bytes.length);
    assertThat(cas.contents().objects()).isEqualTo(before.objects());
    assertThat(empty.file().isZero()).isTrue();
    assertThat(cas.rows("xorb")).isEqualTo(1);
  }
}
