package dev.ashlar.chunker;

import static org.assertj.core.api.Assertions.assertThat;

import com.fasterxml.jackson.databind.JsonNode;
import dev.ashlar.core.golden.GoldenFiles;
import dev.ashlar.core.hash.HashedChunk;
import dev.ashlar.core.hash.MerkleHash;
import dev.ashlar.core.hash.Sha256;
import dev.ashlar.core.hash.XetHash;
import dev.ashlar.core.manifest.FileManifest;
import dev.ashlar.core.xorb.XorbLimits;
import java.io.ByteArrayInputStream;
import java.io.IOException;
import java.nio.charset.StandardCharsets;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import java.util.Random;
import java.util.TreeMap;
import java.util.stream.Stream;
import java.util.stream.StreamSupport;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.MethodSource;

/** Every input that the reference client has uploaded: the same cuts, names and terms. */
final class GoldenIngestTest {
  static Stream<String> ids() {
    return inputs().map(entry -> entry.required("id").asText());
  }

  private static Stream<JsonNode> inputs() {
    var entries = GoldenFiles.json("inputs.json").required("inputs");
    return StreamSupport.stream(entries.spliterator(), false);
  }

  @ParameterizedTest
  @MethodSource("ids")
  void givenAReferenceInput_whenIngested_thenEverythingIsNamedAlike(String id) throws IOException {
    var golden =
        inputs()
            .filter(entry -> entry.required("id").asText().equals(id))
            .findFirst()
            .orElseThrow();
    var bytes = GoldenFiles.input(golden).bytes();
    var sink = new MemorySink();

    var file =
        new FileIngest(Runnable::run)
            .ingest(new ByteArrayInputStream(bytes), sink, KnownChunks.NONE);

    assertThat(file.sha256()).hasToString(golden.required("sha256").asText());
    assertThat(file.bytes()).isEqualTo(bytes.length);
    assertThat(file.manifest().file()).hasToString(golden.required("fileHash").asText());
    requireChunks(golden, chunks(file.manifest(), sink));
    requireUpload(golden.required("upload"), file.manifest(), sink);
    requireSameCutsInOddReads(bytes, chunks(file.manifest(), sink));
  }

  private static List<HashedChunk> chunks(FileManifest manifest, MemorySink sink) {
    var chunks = new ArrayList<HashedChunk>();
    for (var term : manifest.terms()) {
      chunks.addAll(
          sink.index(term.xorb()).chunks().subList(term.chunks().start(), term.chunks().end()));
    }
    return chunks;
  }

  private static void requireChunks(JsonNode golden, List<HashedChunk> chunks) {
    var text = new StringBuilder();
    chunks.forEach(chunk -> text.append("%s %d%n".formatted(chunk.hash(), chunk.bytes())));
    assertThat(chunks).hasSize(golden.required("chunkCount").asInt());
    assertThat(sha256(text)).isEqualTo(golden.required("chunkListSha256").asText());
    if (golden.has("rangeHash")) {
      assertThat(XetHash.range(chunks.stream().map(HashedChunk::hash).toList()))
          .hasToString(golden.get("rangeHash").asText());
    }
    if (golden.has("xorbHashOfAllChunks")) {
      assertThat(XetHash.xorb(chunks)).hasToString(golden.get("xorbHashOfAllChunks").asText());
    }
  }

  private static void requireUpload(JsonNode upload, FileManifest manifest, MemorySink sink) {
    var text = new StringBuilder();
    for (var term : manifest.terms()) {
      var range = sink.index(term.xorb()).rangeHash(term.chunks());
      text.append(
          "%s %d %d %d %s%n"
              .formatted(
                  term.xorb(), term.chunks().start(), term.chunks().end(), term.bytes(), range));
    }
    assertThat(manifest.terms()).hasSize(upload.required("segmentCount").asInt());
    assertThat(sha256(text)).isEqualTo(upload.required("segmentListSha256").asText());

    var expected = new TreeMap<String, JsonNode>();
    upload.required("xorbs").forEach(xorb -> expected.put(xorb.required("xorb").asText(), xorb));
    assertThat(sink.takePublished())
        .extracting(MerkleHash::toString)
        .containsExactlyInAnyOrderElementsOf(expected.keySet());
    expected.forEach((hash, xorb) -> requireXorb(xorb, sink, MerkleHash.parse(hash)));
  }

  private static void requireXorb(JsonNode golden, MemorySink sink, MerkleHash hash) {
    var index = sink.index(hash);
    assertThat(index.chunkCount())
        .isEqualTo(golden.required("chunks").asInt())
        .isLessThanOrEqualTo(XorbLimits.CHUNKS_MAX);
    assertThat(index.rawBytes())
        .isEqualTo(golden.required("rawBytes").asLong())
        .isLessThanOrEqualTo(XorbLimits.RAW_BYTES_MAX);
    assertThat((double) index.bodyBytes())
        .as("stored bytes, with an encoder of about the same strength")
        .isLessThanOrEqualTo(1.15 * golden.required("bodyBytes").asLong());
    var schemes = new TreeMap<String, Integer>();
    for (int i = 0; i < index.chunkCount(); i++) {
      schemes.merge(Integer.toString(sink.body(hash)[index.bodyStart(i) + 4]), 1, Integer::sum);
    }
    var expected = new TreeMap<String, Integer>();
    for (Map.Entry<String, JsonNode> scheme : golden.required("schemes").properties()) {
      expected.put(scheme.getKey(), scheme.getValue().asInt());
    }
    assertThat(schemes).isEqualTo(expected);
  }

  private static void requireSameCutsInOddReads(byte[] bytes, List<HashedChunk> chunks)
      throws IOException {
    long seed = new Random().nextLong();
    int readMax = bytes.length < 20_000 ? 17 : 100_000;
    long end = 0;
    var ends = new ArrayList<Integer>();
    for (var chunk : chunks) {
      end += chunk.bytes();
      ends.add(Math.toIntExact(end));
    }
    assertThat(Cuts.of(new OddInput(bytes, new Random(seed), readMax)))
        .as("seed %d", seed)
        .isEqualTo(ends);
  }

  private static String sha256(CharSequence text) {
    var unix = text.toString().replace(System.lineSeparator(), "\n");
    return Sha256.of(Sha256.begin().digest(unix.getBytes(StandardCharsets.US_ASCII))).toString();
  }
}
