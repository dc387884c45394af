package dev.ashlar.core.hash;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import com.fasterxml.jackson.databind.JsonNode;
import dev.ashlar.core.golden.GoldenFiles;
import dev.ashlar.core.problem.ProblemException;
import java.nio.charset.StandardCharsets;
import java.security.MessageDigest;
import java.util.ArrayList;
import java.util.HexFormat;
import java.util.List;
import java.util.Locale;
import org.junit.jupiter.api.Test;

/** Every entry of golden/vectors.json that concerns hashes. */
final class HashVectorsTest {
  private static MerkleHash hash(JsonNode node, String name) {
    return MerkleHash.parse(node.required(name).asText());
  }

  private static List<HashedChunk> nodes(JsonNode list) {
    var nodes = new ArrayList<HashedChunk>();
    for (var node : list) {
      nodes.add(new HashedChunk(MerkleHash.parse(node.get(0).asText()), node.get(1).asLong()));
    }
    return nodes;
  }

  @Test
  void givenHashStrings_whenReadAndPrinted_thenTheyAgree() {
    for (var entry : GoldenFiles.vectors("hash_string")) {
      var raw = HexFormat.of().parseHex(entry.required("raw_hex").asText());
      var text = entry.required("string").asText();

      assertThat(MerkleHash.of(raw)).hasToString(text);
      assertThat(MerkleHash.parse(text).bytes()).isEqualTo(raw);
      assertThat(MerkleHash.parse(text.toUpperCase(Locale.ROOT)).bytes()).isEqualTo(raw);
    }
    for (var wrong : List.of("", "0".repeat(63), "0".repeat(65), "g" + "0".repeat(63))) {
      assertThatThrownBy(() -> MerkleHash.parse(wrong)).isInstanceOf(ProblemException.class);
    }
  }

  @Test
  void givenChunks_whenHashed_thenTheHashesAgree() {
    for (var entry : GoldenFiles.vectors("chunk_hash")) {
      var bytes = entry.required("input_utf8").asText().getBytes(StandardCharsets.UTF_8);

      assertThat(XetHash.chunk(bytes, 0, bytes.length)).isEqualTo(hash(entry, "hash"));
    }
    for (var entry : GoldenFiles.vectors("dedup_eligibility")) {
      var bytes = entry.required("input_utf8").asText().getBytes(StandardCharsets.UTF_8);

      var hash = XetHash.chunk(bytes, 0, bytes.length);

      assertThat(hash).isEqualTo(hash(entry, "chunk_hash"));
      assertThat(hash.isEligible()).isEqualTo(entry.required("eligible_by_modulus").asBoolean());
    }
  }

  @Test
  void givenTrees_whenFolded_thenRootsAgree() {
    for (var entry : GoldenFiles.vectors("internal_node")) {
      assertThat(XetHash.xorb(nodes(entry.required("children")))).isEqualTo(hash(entry, "hash"));
    }
    for (var entry : GoldenFiles.vectors("merkle").required("cases")) {
      var nodes = nodes(entry.required("nodes"));
      var xorb = hash(entry, "xorb_hash");

      assertThat(XetHash.xorb(nodes)).isEqualTo(xorb);
      for (var salted : entry.required("file_hashes")) {
        var salt = hash(salted, "salt");
        var file = hash(salted, "file_hash");
        if (!nodes.isEmpty()) {
          assertThat(XetHash.keyed(xorb, salt.bytes())).isEqualTo(file);
        }
        if (salt.isZero()) {
          assertThat(XetHash.file(nodes)).isEqualTo(file);
        }
      }
    }
  }

  @Test
  void givenKeysAndRanges_whenHashed_thenTheHashesAgree() {
    for (var entry : GoldenFiles.vectors("hmac")) {
      assertThat(XetHash.keyed(hash(entry, "hash"), hash(entry, "key_string_form").bytes()))
          .isEqualTo(hash(entry, "result"));
    }
    for (var entry : GoldenFiles.vectors("verification_range_hash")) {
      var chunks = new ArrayList<MerkleHash>();
      entry.required("chunk_hashes").forEach(node -> chunks.add(MerkleHash.parse(node.asText())));

      assertThat(XetHash.range(chunks)).isEqualTo(hash(entry, "range_hash"));
    }
  }

  @Test
  void givenASha256_whenStoredInAShard_thenItsWordsAreSwapped() throws Exception {
    var entry = GoldenFiles.vectors("sha256_in_shard");
    var bytes = entry.required("input_utf8").asText().getBytes(StandardCharsets.UTF_8);
    var stored = HexFormat.of().parseHex(entry.required("shard_bytes_raw_hex").asText());

    var sha256 = Sha256.of(MessageDigest.getInstance("SHA-256").digest(bytes));

    assertThat(sha256).hasToString(entry.required("sha256").asText());
    assertThat(sha256.toShard().bytes()).isEqualTo(stored);
    assertThat(Sha256.fromShard(MerkleHash.of(stored))).isEqualTo(sha256);
  }

  /** The files themselves are not at hand: their names are read and printed. */
  @Test
  void givenNamesOfPublicFiles_whenReadAndPrinted_thenTheyAreTheSame() {
    var reference = GoldenFiles.vectors("reference_dataset");
    for (var name : List.of("file_hash", "xorb_hash", "range_hash_all_chunks")) {
      assertThat(hash(reference, name)).hasToString(reference.required(name).asText());
    }
    for (var chunk : reference.required("sample_chunk_hashes")) {
      assertThat(MerkleHash.of(MerkleHash.parse(chunk.asText()).bytes()))
          .hasToString(chunk.asText());
    }
    for (var pair : GoldenFiles.vectors("misc_known_pairs")) {
      var sha256 = Sha256.parse(pair.required("sha256").asText());
      assertThat(hash(pair, "xet_file_hash")).hasToString(pair.required("xet_file_hash").asText());
      assertThat(Sha256.fromShard(sha256.toShard())).hasToString(pair.required("sha256").asText());
    }
  }

  @Test
  void givenTheRecipes_whenTheirSmallInputsAreMade_thenTheirSha256Agrees() throws Exception {
    for (var entry : GoldenFiles.json("inputs.json").required("inputs")) {
      var input = GoldenFiles.input(entry);
      if (input.length() <= 4 << 20) {
        assertThat(Sha256.of(MessageDigest.getInstance("SHA-256").digest(input.bytes())))
            .as(entry.required("id").asText())
            .hasToString(entry.required("sha256").asText());
      }
    }
  }
}
