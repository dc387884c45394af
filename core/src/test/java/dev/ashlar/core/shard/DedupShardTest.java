package dev.ashlar.core.shard;

import static org.assertj.core.api.Assertions.assertThat;

import dev.ashlar.core.golden.GoldenFiles;
import dev.ashlar.core.hash.HashedChunk;
import dev.ashlar.core.hash.MerkleHash;
import dev.ashlar.core.hash.XetHash;
import java.io.ByteArrayInputStream;
import java.io.ByteArrayOutputStream;
import java.io.IOException;
import java.nio.charset.StandardCharsets;
import java.time.Instant;
import java.util.ArrayList;
import java.util.HexFormat;
import java.util.List;
import org.junit.jupiter.api.Test;

final class DedupShardTest {
  private static final class Xorbs implements ShardVisitor {
    final List<ShardXorb> seen = new ArrayList<>();

    @Override
    public void file(ShardFile file) {
      throw new AssertionError("a dedup answer names no file");
    }

    @Override
    public void xorb(ShardXorb xorb) {
      seen.add(xorb);
    }
  }

  @Test
  void givenTheAnswerOfTheVectors_whenItsChunkIsKeyed_thenTheHashAgrees() throws IOException {
    for (var entry : GoldenFiles.vectors("shard")) {
      if (entry.has("hmac_key_raw_hex")) {
        var key = HexFormat.of().parseHex(entry.required("hmac_key_raw_hex").asText());
        var hello = "Hello World!".getBytes(StandardCharsets.US_ASCII);

        var keyed = XetHash.keyed(XetHash.chunk(hello, 0, hello.length), key);

        assertThat(keyed).hasToString(entry.required("keyed_chunk_hash").asText());
        var body = HexFormat.of().parseHex(entry.required("body_hex").asText());
        var read = new Xorbs();
        ShardReader.read(new ByteArrayInputStream(body), body.length, read);
        assertThat(read.seen.getFirst().chunks()).containsExactly(new HashedChunk(keyed, 12));
      }
    }
  }

  @Test
  void givenTheXorbOfTheGoldenAnswer_whenWrittenUnderItsKey_thenTheBytesAreTheReferences()
      throws IOException {
    var golden = GoldenFiles.json("shards/dedup-keyed.json");
    var plain = GoldenFiles.json("shards/one-file.json").required("xorbs").get(0);
    var chunks = new ArrayList<HashedChunk>();
    for (var chunk : plain.required("chunks")) {
      chunks.add(new HashedChunk(MerkleHash.parse(chunk.get(0).asText()), chunk.get(2).asLong()));
    }
    var xorb = new DedupXorb(MerkleHash.parse(plain.required("xorb").asText()), 0, chunks);
    var key = HexFormat.of().parseHex(golden.required("hmacKeyRawHexUsed").asText());
    var footer = golden.required("footer");
    var out = new ByteArrayOutputStream();

    DedupShard.write(
        List.of(xorb),
        key,
        Instant.ofEpochSecond(footer.required("created").asLong()),
        Instant.ofEpochSecond(footer.required("expiry").asLong()),
        out);

    assertThat(out.toByteArray()).isEqualTo(GoldenFiles.bytes("shards/dedup-keyed.bin"));
    assertThat(DedupShard.bytes(List.of(xorb))).isEqualTo(out.size());
    var read = new Xorbs();
    ShardReader.read(new ByteArrayInputStream(out.toByteArray()), out.size(), read);
    assertThat(read.seen).extracting(ShardXorb::hash).containsExactly(xorb.hash());
  }
}
