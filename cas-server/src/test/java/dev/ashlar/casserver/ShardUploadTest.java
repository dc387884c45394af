package dev.ashlar.casserver;

import static java.nio.charset.StandardCharsets.UTF_8;
import static org.assertj.core.api.Assertions.assertThat;

import dev.ashlar.core.golden.GoldenFiles;
import dev.ashlar.core.hash.MerkleHash;
import dev.ashlar.core.hash.Sha256;
import dev.ashlar.core.hash.XetHash;
import dev.ashlar.core.shard.ShardFile;
import dev.ashlar.core.shard.ShardReader;
import dev.ashlar.core.shard.ShardVisitor;
import dev.ashlar.core.shard.ShardXorb;
import dev.ashlar.metadata.Holds;
import java.io.ByteArrayInputStream;
import java.io.IOException;
import java.net.http.HttpResponse;
import java.nio.ByteBuffer;
import java.nio.ByteOrder;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.Arrays;
import java.util.List;
import java.util.Set;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

final class ShardUploadTest {
  private CasFixture cas;

  @BeforeEach
  void start(@TempDir Path folder) throws IOException {
    cas = new CasFixture(folder);
  }

  @AfterEach
  void stop() {
    cas.close();
  }

  private static byte[] shard(String golden) {
    return GoldenFiles.bytes("shards/" + golden + ".bin");
  }

  private static MerkleHash file(String golden) {
    var files = GoldenFiles.json("shards/" + golden + ".json").required("files");
    return MerkleHash.parse(files.get(0).required("fileHash").asText());
  }

  private static String text(HttpResponse<byte[]> response) {
    return new String(response.body(), UTF_8);
  }

  private static String post(String golden) {
    return golden.startsWith("legacy") ? "/shards" : "/v1/shards";
  }

  @Test
  void givenTheXorbsOfGoldenShards_whenTheShardsArePosted_thenTheirFilesAreRegistered()
      throws IOException {
    var pairs =
        List.of(
            List.of("one-file", "none-random"),
            List.of("three-files", "mixed-schemes"),
            List.of("many-files", "many-files"),
            List.of("many-chunks", "many-chunks"),
            List.of("one-byte", "one-byte"),
            List.of("zeros", "zeros"),
            List.of("repeated-chunk", "repeated-chunk"),
            List.of("legacy-1.1.3", "legacy-1.1.3"),
            List.of("legacy-1.2.0", "legacy-1.1.3"),
            List.of("empty-file", "one-byte"));
    for (var pair : pairs) {
      cas.postXorb(1, 10, pair.getLast());
      var golden = pair.getFirst();

      var first = cas.post(1, 10, post(golden), shard(golden));
      var second = cas.post(1, 10, post(golden), shard(golden));

      assertThat(first.statusCode()).as(golden + text(first)).isEqualTo(200);
      assertThat(text(second)).as(golden).isEqualTo("{\"result\":0}");
      boolean held = cas.database.read(db -> Holds.isHeld(db, 10, file(golden)));
      assertThat(held).as(golden).isTrue();
      for (var entry : GoldenFiles.json("shards/" + golden + ".json").required("files")) {
        var claimed = Sha256.parse(entry.required("sha256").asText());
        if (entry.required("segments").size() > 0) {
          var found = cas.database.read(db -> Holds.bySha256(db, 10, List.of(claimed)));
          assertThat(found).as(golden).containsKey(claimed);
        }
      }
    }
    assertThat(cas.contents().staged()).isEmpty();
  }

  @Test
  void givenEachFieldOfAShard_whenFalsified_thenItIsRefusedAndNothingChanges() throws IOException {
    cas.postXorb(1, 10, "mixed-schemes");
    cas.postXorb(1, 10, "none-random");
    var before = cas.contents();
    for (var golden : List.of("one-file", "three-files")) {
      var shard = shard(golden);
      var unused = unused(shard);
      for (int i = 0; i < shard.length; i++) {
        if (!unused[i]) {
          shard[i] ^= (byte) 0x80;
          var response = cas.post(1, 10, "/v1/shards", shard);
          shard[i] ^= (byte) 0x80;

          assertThat(response.statusCode())
              .as("%s, byte %d: %s", golden, i, text(response))
              .isEqualTo(400);
          assertThat(text(response)).contains("shard at byte");
        }
      }
    }
    assertThat(cas.contents()).isEqualTo(before);
  }

  /** Bytes whose highest bit the format leaves unused; the bytes on disk are the server's own. */
  private static boolean[] unused(byte[] shard) {
    var in = ByteBuffer.wrap(shard).order(ByteOrder.LITTLE_ENDIAN);
    var unused = new boolean[shard.length];
    int at = 48;
    for (; in.getLong(at) != -1; at += 48) {
      int terms = in.getInt(at + 36);
      Arrays.fill(unused, at + 32, at + 35, true);
      Arrays.fill(unused, at + 40, at + 48, true);
      for (int i = 0; i < terms; i++) {
        at += 48;
        Arrays.fill(unused, at + 32, at + 36, true);
      }
      for (int i = 0; i <= terms; i++) {
        at += 48;
        Arrays.fill(unused, at + 32, at + 48, true);
      }
    }
    for (at += 48; in.getLong(at) != -1; at += 48) {
      int chunks = in.getInt(at + 36);
      Arrays.fill(unused, at + 32, at + 36, true);
      Arrays.fill(unused, at + 44, at + 48, true);
      for (int i = 0; i < chunks; i++) {
        at += 48;
        Arrays.fill(unused, at + 40, at + 48, true);
      }
    }
    return unused;
  }

  @Test
  void givenAForeignXorb_whenAShardUsesIt_thenOnlyAReaderOfItsRepositoryMay() throws IOException {
    cas.postXorb(1, 10, "none-random");
    cas.post(1, 10, "/v1/shards", shard("one-file"));
    var before = cas.contents();

    var stranger = cas.post(2, 20, "/v1/shards", shard("one-file"));

    assertThat(stranger.statusCode()).isEqualTo(400);
    assertThat(text(stranger)).contains("not stored here, or not for you");
    assertThat(cas.contents()).isEqualTo(before);

    cas.readable.put(2L, Set.of(10L));
    assertThat(text(cas.post(2, 20, "/v1/shards", shard("one-file")))).isEqualTo("{\"result\":1}");
    assertThat(cas.get(2, 20, "/v2/reconstructions/" + file("one-file")).statusCode())
        .isEqualTo(200);
  }

  @Test
  void givenAFalseSha256_whenTheShardStreams_thenTheErrorLineSaysSo() throws IOException {
    cas.postXorb(1, 10, "none-random");
    var shard = shard("one-file");
    shard[48 * 4] ^= 1;

    var response = cas.post(1, 10, "/v2/shards", shard);

    assertThat(response.statusCode()).isEqualTo(200);
    assertThat(response.headers().firstValue("Content-Type")).hasValue("application/x-ndjson");
    assertThat(text(response).lines().toList().getLast())
        .contains("\"type\":\"error\"", "\"retryable\":false", "SHA-256");
    assertThat(cas.rows("file")).isZero();
  }

  @Test
  void givenAGoodShard_whenItStreams_thenTheLastLineIsTheResult() throws IOException {
    cas.postXorb(1, 10, "mixed-schemes");

    var response = cas.post(1, 10, "/v2/shards", shard("three-files"));

    assertThat(text(response).lines())
        .startsWith("{\"type\":\"validating\",\"verified\":0,\"total\":120000}")
        .endsWith(
            "{\"type\":\"committing\",\"stage\":\"syncing\"}",
            "{\"type\":\"result\",\"result\":1}");
  }

  @Test
  void givenARegisteredFile_whenPlanned_thenOtherRepositoriesDoNotSeeIt() throws IOException {
    cas.postXorb(1, 10, "many-chunks");
    cas.post(1, 10, "/v1/shards", shard("many-chunks"));
    var path = "/v2/reconstructions/" + file("many-chunks");

    var plan = cas.get(1, 10, path);
    var old = cas.get(1, 10, path.replace("v2", "v1"));
    var part = cas.get(1, 10, path, "Range", "bytes=1000-1999");

    assertThat(text(plan))
        .contains("\"offset_into_first_range\":0", "\"xorbs\":{", "/cas/get/xorb/xorb/", "&sig=");
    assertThat(text(old)).contains("\"fetch_info\":{", "\"url_range\":{\"start\":0");
    assertThat(text(part)).contains("\"offset_into_first_range\":1000");
    assertThat(cas.get(1, 10, path, "Range", "bytes=2097152-").statusCode()).isEqualTo(416);
    assertThat(cas.get(1, 10, path, "Range", "bytes=5-4").statusCode()).isEqualTo(416);
    assertThat(cas.get(1, 10, path, "Range", "bytes=0-1,4-5").statusCode()).isEqualTo(416);
    assertThat(cas.get(1, 11, path).statusCode()).isEqualTo(404);
    assertThat(cas.get(1, 10, "/v2/reconstructions/" + MerkleHash.ZERO).statusCode())
        .isEqualTo(200);
    var empty = "/v2/reconstructions/" + MerkleHash.ZERO;
    assertThat(cas.get(1, 10, empty, "Range", "bytes=0-99").statusCode()).isEqualTo(200);
    assertThat(cas.get(1, 10, empty, "Range", "bytes=1-99").statusCode()).isEqualTo(416);
    assertThat(cas.get(1, 10, "/v2/reconstructions/zz").statusCode()).isEqualTo(400);
    var batch = cas.get(1, 10, "/v1/reconstructions?file_id=" + file("many-chunks"));
    assertThat(text(batch)).startsWith("{\"files\":{\"" + file("many-chunks") + "\":[");
  }

  @Test
  void givenAKnownFirstChunk_whenAsked_thenTheAnswerIsKeyedAndLimitedToTheVisible()
      throws IOException {
    cas.postXorb(1, 10, "none-random");
    cas.post(1, 10, "/v1/shards", shard("one-file"));
    var xorb = GoldenFiles.json("xorbs/none-random.json");
    var chunk = MerkleHash.parse(xorb.required("chunks").get(0).required("hash").asText());
    var path = "/v1/chunks/default/" + chunk;

    var mine = cas.get(1, 10, path);
    var theirs = cas.get(2, 20, path);

    assertThat(theirs.statusCode()).isEqualTo(404);
    assertThat(cas.get(1, 10, "/v1/chunks/default/" + MerkleHash.ZERO).statusCode()).isEqualTo(404);
    assertThat(mine.statusCode()).isEqualTo(200);
    var footer = ByteBuffer.wrap(mine.body()).order(ByteOrder.LITTLE_ENDIAN);
    var key = Arrays.copyOfRange(mine.body(), mine.body().length - 128, mine.body().length - 96);
    assertThat(footer.getLong(mine.body().length - 88))
        .isGreaterThan(CasFixture.CLOCK.instant().plusSeconds(6 * 86_400).getEpochSecond());
    assertThat(xorbs(mine.body()).getFirst().chunks().getFirst().hash())
        .isEqualTo(XetHash.keyed(chunk, key))
        .isNotEqualTo(chunk);

    cas.readable.put(2L, Set.of(10L));
    assertThat(cas.get(2, 20, path).statusCode()).isEqualTo(200);
    cas.readable.clear();
    assertThat(cas.post(2, 20, "/v1/shards", shard("one-file")).statusCode()).isEqualTo(200);
  }

  @Test
  void givenAShardOfTenThousandFiles_whenPostedTwice_thenAllAreHeldAndNothingIsWrittenTwice()
      throws IOException {
    cas.postXorb(1, 10, "many-chunks");
    var shard = RepeatingShard.ofManyFiles("many-chunks", 10_000);

    var first = cas.post(1, 10, "/v1/shards", shard);
    var rows = cas.contents().rows();
    var second = cas.post(1, 10, "/v1/shards", shard);
    var elsewhere = cas.post(1, 11, "/v1/shards", shard);

    assertThat(text(first)).isEqualTo("{\"result\":1}");
    assertThat(text(second)).isEqualTo("{\"result\":0}");
    assertThat(text(elsewhere)).isEqualTo("{\"result\":1}");
    assertThat(rows)
        .containsEntry("file", 10_000L)
        .containsEntry("file_terms", 10_000L)
        .containsEntry("file_xorb", 10_000L)
        .containsEntry("file_grant", 10_000L);
    assertThat(cas.contents().rows()).containsEntry("file", 10_000L);
    assertThat(cas.contents().rows()).containsEntry("file_grant", 20_000L);
  }

  private static List<ShardXorb> xorbs(byte[] shard) throws IOException {
    var xorbs = new ArrayList<ShardXorb>();
    ShardReader.read(
        new ByteArrayInputStream(shard),
        shard.length,
        new ShardVisitor() {
          @Override
          public void file(ShardFile file) {}

          @Override
          public void xorb(ShardXorb xorb) {
            xorbs.add(xorb);
          }
        });
    return xorbs;
  }
}
