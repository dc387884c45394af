package dev.ashlar.core.hash;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import com.fasterxml.jackson.databind.JsonNode;
import dev.ashlar.core.golden.GoldenFiles;
import dev.ashlar.core.golden.GoldenInput;
import dev.ashlar.core.problem.ProblemException;
import java.nio.charset.StandardCharsets;
import java.security.MessageDigest;
import java.util.ArrayList;
import java.util.HexFormat;
import java.util.List;
import java.util.Locale;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.MethodSource;

/** Every entry of golden/vectors.json that concerns hashes, for every way to compute them. */
final class HashVectorsTest {
  private static final String EACH = "dev.ashlar.core.hash.HashersHere#named";

  private final ChunkHasher before = Blake3.inUse();

  @AfterEach
  void restore() {
    Blake3.use(before);
  }

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

  @ParameterizedTest
  @MethodSource(EACH)
  void givenChunks_whenHashed_thenTheHashesAgree(ChunkHasher hasher) {
    Blake3.use(hasher);
    for (var entry : GoldenFiles.vectors("chunk_hash")) {
      var bytes = entry.required("input_utf8").asText().getBytes(StandardCharsets.UTF_8);

      assertThat(XetHash.chunk(bytes, 0, bytes.length))
          .as(hasher.name())
          .isEqualTo(hash(entry, "hash"));
    }
    for (var entry : GoldenFiles.vectors("dedup_eligibility")) {
      var bytes = entry.required("input_utf8").asText().getBytes(StandardCharsets.UTF_8);

      var hash = XetHash.chunk(bytes, 0, bytes.length);

      assertThat(hash).as(hasher.name()).isEqualTo(hash(entry, "chunk_hash"));
      assertThat(hash.isEligible()).isEqualTo(entry.required("eligible_by_modulus").asBoolean());
    }
  }

  @ParameterizedTest
  @MethodSource(EACH)
  void givenChunksOfAllLengths_whenHashedAloneAndSideBySide_thenTheHashesAgree(ChunkHasher hasher) {
    Blake3.use(hasher);
    for (var entry : GoldenFiles.vectors("chunking")) {
      var recipe = entry.required("input");
      int count = entry.path("chunk_hashes").size();
      if (count > 0) {
        var bytes =
            new GoldenInput(
                    recipe.has("prng") ? "random" : "const",
                    recipe.path("seed").asLong(),
                    recipe.required("length").asInt(),
                    recipe.path("constant_byte").asInt())
                .bytes();
        var bounds = new int[2 * count];
        for (int i = 0; i < count; i++) {
          bounds[2 * i] = i == 0 ? 0 : bounds[2 * i - 1];
          bounds[2 * i + 1] = entry.required("boundaries").get(i).asInt();
        }
        var hashes = new byte[count * MerkleHash.BYTES];

        XetHash.chunks(bytes, bounds, count, hashes, 0);

        for (int i = 0; i < count; i++) {
          int length = bounds[2 * i + 1] - bounds[2 * i];
          var expected = entry.required("chunk_hashes").get(i).asText();
          assertThat(XetHash.chunk(bytes, bounds[2 * i], length))
              .as("%s, %s, chunk %d alone", hasher.name(), recipe, i)
              .hasToString(expected);
          assertThat(MerkleHash.read(hashes, i * MerkleHash.BYTES))
              .as("%s, %s, chunk %d of many", hasher.name(), recipe, i)
              .hasToString(expected);
        }
      }
    }
  }

  @ParameterizedTest
  @MethodSource(EACH)
  void givenTrees_whenFolded_thenRootsAgree(ChunkHasher hasher) {
    Blake3.use(hasher);
    for (var entry : GoldenFiles.vectors("internal_node")) {
      assertThat(XetHash.xorb(nodes(entry.required("children"))))
          .as(hasher.name())
          .isEqualTo(hash(entry, "hash"));
    }
    for (var entry : GoldenFiles.vectors("merkle").required("cases")) {
      var nodes = nodes(entry.required("nodes"));
      var xorb = hash(entry, "xorb_hash");

      assertThat(XetHash.xorb(nodes)).as(hasher.name()).isEqualTo(xorb);
      if (nodes.stream().mapToLong(HashedChunk::bytes).sum() <= Integer.MAX_VALUE) {
        assertThat(inArrays(nodes)).as("%s, in arrays", hasher.name()).isEqualTo(xorb);
      }
      for (var salted : entry.required("file_hashes")) {
        var salt = hash(salted, "salt");
        var file = hash(salted, "file_hash");
        if (!nodes.isEmpty()) {
          assertThat(XetHash.keyed(xorb, salt.bytes())).as(hasher.name()).isEqualTo(file);
        }
        if (salt.isZero()) {
          assertThat(XetHash.file(nodes)).as(hasher.name()).isEqualTo(file);
        }
      }
    }
  }

  /** The root by arrays, where the nodes of a level are hashed side by side. */
  private static MerkleHash inArrays(List<HashedChunk> nodes) {
    var hashes = new byte[nodes.size() * MerkleHash.BYTES];
    var ends = new int[nodes.size()];
    int end = 0;
    for (int i = 0; i < nodes.size(); i++) {
      nodes.get(i).hash().write(hashes, i * MerkleHash.BYTES);
      end += (int) nodes.get(i).bytes();
      ends[i] = end;
    }
    return XetHash.xorb(hashes, ends, nodes.size());
  }

  @ParameterizedTest
  @MethodSource(EACH)
  void givenKeysAndRanges_whenHashed_thenTheHashesAgree(ChunkHasher hasher) {
    Blake3.use(hasher);
    for (var entry : GoldenFiles.vectors("hmac")) {
      assertThat(XetHash.keyed(hash(entry, "hash"), hash(entry, "key_string_form").bytes()))
          .as(hasher.name())
          .isEqualTo(hash(entry, "result"));
    }
    for (var entry : GoldenFiles.vectors("verification_range_hash")) {
      var chunks = new ArrayList<MerkleHash>();
      entry.required("chunk_hashes").forEach(node -> chunks.add(MerkleHash.parse(node.asText())));

      assertThat(XetHash.range(chunks)).as(hasher.name()).isEqualTo(hash(entry, "range_hash"));
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
