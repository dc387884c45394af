package dev.ashlar.casserver;

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
import java.nio.ByteBuffer;
import java.nio.ByteOrder;
import java.nio.charset.StandardCharsets;
import java.nio.file.Path;
import java.time.Duration;
import java.time.Instant;
import java.util.Collections;
import java.util.List;
import java.util.Optional;
import java.util.Random;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

/** The largest things that the formats allow. */
final class HostileSizesTest {
  private static final int RECORD = 48;

  private CasFixture cas;

  @BeforeEach
  void start(@TempDir Path folder) throws IOException {
    cas = new CasFixture(folder);
  }

  @AfterEach
  void stop() {
    cas.close();
  }

  @Test
  void givenAShardOfManyUnknownXorbs_whenPosted_thenItIsRefusedAtTheFirstFew() throws IOException {
    var ranged = shard(650_000, true);
    var bare = shard(1_300_000, false);

    var begin = System.nanoTime();
    var first = cas.post(1, 10, "/v1/shards", ranged);
    var second = cas.post(1, 10, "/v1/shards", bare);
    var took = Duration.ofNanos(System.nanoTime() - begin);

    assertThat(first.statusCode()).isEqualTo(400);
    assertThat(new String(first.body(), StandardCharsets.UTF_8)).contains("shard at byte 48: xorb");
    assertThat(second.statusCode()).isEqualTo(400);
    assertThat(new String(second.body(), StandardCharsets.UTF_8)).contains("no range hashes");
    assertThat(took).isLessThan(Duration.ofSeconds(40));
  }

  /** One file of terms over xorbs that nobody has. */
  private static byte[] shard(int terms, boolean ranged) {
    var random = new Random(7);
    var shard =
        ByteBuffer.allocate(RECORD * (4 + terms * (ranged ? 2 : 1))).order(ByteOrder.LITTLE_ENDIAN);
    shard.put(GoldenFiles.bytes("shards/one-file.bin"), 0, RECORD);
    shard.putLong(40, 0);
    shard.putInt(RECORD + 32, ranged ? 1 << 31 : 0);
    shard.putInt(RECORD + 36, terms);
    for (int i = 0; i < terms; i++) {
      int at = RECORD * (2 + i);
      for (int word = 0; word < 4; word++) {
        shard.putLong(at + 8 * word, random.nextLong());
      }
      shard.putInt(at + 36, 1).putInt(at + 44, 1);
    }
    for (int at = shard.capacity() - 2 * RECORD; at < shard.capacity(); at += RECORD) {
      for (int word = 0; word < 4; word++) {
        shard.putLong(at + 8 * word, -1);
      }
    }
    return shard.array();
  }

  @Test
  void givenFilesOfManyTerms_whenPlannedTogether_thenItIs413() throws IOException {
    cas.postXorb(1, 10, "one-byte");
    var xorb = MerkleHash.parse(GoldenFiles.json("xorbs/one-byte.json").required("hash").asText());
    var terms = Collections.nCopies(300_000, new Term(xorb, new ChunkRange(0, 1), 1));
    for (int i = 1; i <= 2; i++) {
      var manifest = new FileManifest(new MerkleHash(i, 0, 0, 0), terms);
      cas.database.change(
          tx -> {
            var locked = Xorbs.lockForUse(tx, List.of(xorb));
            var file = Manifests.register(tx, manifest, Optional.empty(), locked);
            Holds.upload(tx, 10, file.id(), Instant.now().plusSeconds(600));
          });
    }
    var one = "/v1/reconstructions?file_id=" + new MerkleHash(1, 0, 0, 0);

    assertThat(cas.get(1, 10, one).statusCode()).isEqualTo(200);
    assertThat(cas.get(1, 10, one + "&file_id=" + new MerkleHash(2, 0, 0, 0)).statusCode())
        .isEqualTo(413);
  }
}
