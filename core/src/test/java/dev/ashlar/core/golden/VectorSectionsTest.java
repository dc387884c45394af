package dev.ashlar.core.golden;

import static java.util.Map.entry;
import static org.assertj.core.api.Assertions.assertThat;

import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.Map;
import java.util.TreeSet;
import org.junit.jupiter.api.Test;

/** Which test consumes which section of vectors.json: a section that none does is a failure. */
final class VectorSectionsTest {
  private static final String HASHES = "core/hash/HashVectorsTest";
  private static final String CUTS = "chunker/ChunkerTest";

  private static final Map<String, String> CONSUMERS =
      Map.ofEntries(
          entry("gear_table", CUTS),
          entry("hash_string", HASHES),
          entry("chunk_hash", HASHES),
          entry("internal_node", HASHES),
          entry("merkle", HASHES),
          entry("hmac", HASHES),
          entry("verification_range_hash", HASHES),
          entry("sha256_in_shard", HASHES),
          entry("chunking", CUTS),
          entry("chunking_minimum_size", CUTS),
          entry("byte_grouping_4", "core/xorb/ByteGrouping4Test"),
          entry("lz4_frame_headers", "core/xorb/Lz4FrameReaderTest"),
          entry("xorb", "core/xorb/XorbFooterTest"),
          entry("shard", "core/shard/ShardReaderTest"),
          entry("dedup_eligibility", HASHES),
          entry("stable_windows", "chunker/EditWindowsTest"),
          entry("reference_dataset", HASHES),
          entry("misc_known_pairs", HASHES));

  private static final Map<String, String> WITHOUT_FEATURE =
      Map.of(
          "_about", "words about the file",
          "crc64_nvme", "the checksum of grant requests, which no server of ours grants");

  @Test
  void givenTheSections_whenCompared_thenEachHasItsConsumer() {
    var known = new TreeSet<>(CONSUMERS.keySet());
    known.addAll(WITHOUT_FEATURE.keySet());

    var sections = new TreeSet<String>();
    GoldenFiles.json("vectors.json").fieldNames().forEachRemaining(sections::add);

    assertThat(sections).isEqualTo(known);
  }

  @Test
  void givenAConsumer_whenItsSourceIsRead_thenItAsksForTheSection() throws IOException {
    for (var consumer : CONSUMERS.entrySet()) {
      var name = consumer.getValue();
      var module = name.substring(0, name.indexOf('/'));
      var source = Path.of("..", module, "src/test/java/dev/ashlar", name + ".java");

      assertThat(Files.readString(source))
          .as(name)
          .contains("vectors(\"" + consumer.getKey() + "\")");
    }
  }
}
