package dev.ashlar.core.shard;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import com.fasterxml.jackson.databind.JsonNode;
import dev.ashlar.core.golden.GoldenFiles;
import dev.ashlar.core.hash.HashedChunk;
import dev.ashlar.core.hash.MerkleHash;
import dev.ashlar.core.hash.Sha256;
import dev.ashlar.core.hash.XetHash;
import dev.ashlar.core.manifest.ChunkRange;
import dev.ashlar.core.manifest.FileManifest;
import dev.ashlar.core.manifest.Term;
import dev.ashlar.core.problem.Problem.Malformed;
import dev.ashlar.core.problem.Problem.OverLimit;
import dev.ashlar.core.problem.ProblemException;
import java.io.ByteArrayInputStream;
import java.io.IOException;
import java.io.UncheckedIOException;
import java.nio.ByteBuffer;
import java.nio.ByteOrder;
import java.util.ArrayList;
import java.util.Arrays;
import java.util.HexFormat;
import java.util.List;
import java.util.Optional;
import java.util.stream.IntStream;
import java.util.stream.Stream;
import java.util.stream.StreamSupport;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.FieldSource;

final class ShardReaderTest {
  private static final int PIECE_BYTES = 512;
  private static final List<String> ALL =
      List.of(
          "all-known",
          "dedup-keyed",
          "edited-file",
          "empty-file",
          "legacy-1.1.3",
          "legacy-1.2.0",
          "local-full",
          "many-chunks",
          "many-files",
          "no-sha256",
          "one-byte",
          "one-file",
          "repeated-chunk",
          "three-files",
          "two-xorbs",
          "zeros");

  /** Everything that a shard says. */
  private record Content(List<ShardFile> files, List<ShardXorb> xorbs) {
    static Content of(byte[] shard) {
      return of(shard, shard.length);
    }

    static Content of(byte[] shard, long bytesMax) {
      var files = new ArrayList<ShardFile>();
      var xorbs = new ArrayList<ShardXorb>();
      var visitor =
          new ShardVisitor() {
            @Override
            public void file(ShardFile file) {
              files.add(file);
            }

            @Override
            public void xorb(ShardXorb xorb) {
              xorbs.add(xorb);
            }
          };
      try {
        ShardReader.read(new ByteArrayInputStream(shard), bytesMax, visitor);
      } catch (IOException e) {
        throw new UncheckedIOException(e);
      }
      return new Content(List.copyOf(files), List.copyOf(xorbs));
    }
  }

  @Test
  void givenEveryGoldenShard_whenRead_thenItSaysWhatTheReferenceReads() {
    for (var name : ALL) {
      var expected = GoldenFiles.json("shards/" + name + ".json");

      var content = Content.of(GoldenFiles.bytes("shards/" + name + ".bin"));

      assertThat(content.files())
          .as(name)
          .usingRecursiveFieldByFieldElementComparatorIgnoringFields("offset")
          .isEqualTo(stream(expected, "files").map(ShardReaderTest::file).toList());
      assertThat(content.xorbs())
          .as(name)
          .usingRecursiveFieldByFieldElementComparatorIgnoringFields("offset")
          .isEqualTo(stream(expected, "xorbs").map(ShardReaderTest::xorb).toList());
    }
  }

  @Test
  void givenTheShardsOfTheVectors_whenRead_thenTheyAreShards() {
    for (var entry : GoldenFiles.vectors("shard")) {
      var body = entry.path("body_hex").asText();
      if (!body.isEmpty() && entry.has("file_hash")) {
        var content = Content.of(HexFormat.of().parseHex(body));

        assertThat(content.files().getFirst().manifest().file())
            .hasToString(entry.required("file_hash").asText());
        assertThat(content.files().getFirst().rangeHashes().getFirst())
            .hasToString(entry.required("range_hash").asText());
        assertThat(content.files().getFirst().sha256().orElseThrow().claim())
            .hasToString(entry.required("sha256").asText());
      }
    }
  }

  private static Stream<JsonNode> stream(JsonNode node, String name) {
    return StreamSupport.stream(node.required(name).spliterator(), false);
  }

  private static ShardFile file(JsonNode file) {
    var terms = new ArrayList<Term>();
    var ranges = new ArrayList<MerkleHash>();
    for (var segment : file.required("segments")) {
      terms.add(
          new Term(
              MerkleHash.parse(segment.required("xorb").asText()),
              new ChunkRange(segment.required("start").asInt(), segment.required("end").asInt()),
              segment.required("bytes").asLong()));
      if (segment.hasNonNull("rangeHash")) {
        ranges.add(MerkleHash.parse(segment.required("rangeHash").asText()));
      }
    }
    var sha256 =
        Optional.of(file.path("sha256").asText(""))
            .filter(text -> text.length() == 64 && !text.matches("0+"))
            .map(text -> new ClaimedSha256(Sha256.parse(text)));
    return new ShardFile(
        0,
        new FileManifest(MerkleHash.parse(file.required("fileHash").asText()), terms),
        ranges,
        sha256);
  }

  private static ShardXorb xorb(JsonNode xorb) {
    var chunks = new ArrayList<HashedChunk>();
    for (var chunk : xorb.required("chunks")) {
      chunks.add(new HashedChunk(MerkleHash.parse(chunk.get(0).asText()), chunk.get(2).asLong()));
    }
    return new ShardXorb(0, MerkleHash.parse(xorb.required("xorb").asText()), chunks);
  }

  @Test
  void givenEveryTruncation_whenItCutsASection_thenItIsMalformedWhereItEnds() {
    for (var name : ALL) {
      var shard = GoldenFiles.bytes("shards/" + name + ".bin");
      int end =
          shard.length
              - GoldenFiles.json("shards/" + name + ".json")
                  .required("bytesAfterXorbSection")
                  .asInt();
      IntStream.range(0, end).parallel().forEach(length -> requireRefused(shard, length));
      assertThat(Content.of(Arrays.copyOf(shard, end))).isEqualTo(Content.of(shard));
    }
  }

  private static void requireRefused(byte[] shard, int length) {
    var cut = Arrays.copyOf(shard, length);
    for (long budget : new long[] {length, Long.MAX_VALUE}) {
      assertThatThrownBy(() -> Content.of(cut, budget))
          .as("cut at %d", length)
          .isInstanceOfSatisfying(ProblemException.class, e -> assertMalformed(e, length));
    }
    assertThatThrownBy(() -> Content.of(shard, length))
        .as("with a budget of %d", length)
        .isInstanceOfSatisfying(ProblemException.class, e -> assertMalformed(e, length));
  }

  private static void assertMalformed(ProblemException e, long offsetMax) {
    assertThat(e.problem())
        .isInstanceOfSatisfying(
            Malformed.class, malformed -> assertThat(malformed.offset()).isBetween(0L, offsetMax));
  }

  /**
   * A flipped bit is refused, or read as another content (which the server then compares with what
   * it stores), or it is a bit that the format leaves unused.
   */
  @ParameterizedTest
  @FieldSource("ALL")
  void givenEverySingleFlippedBit_whenRead_thenItShowsUnlessTheFormatLeavesItUnused(String name) {
    var golden = GoldenFiles.bytes("shards/" + name + ".bin");
    var original = Content.of(golden);
    var unused = unusedBits(golden);
    int pieces = (golden.length + PIECE_BYTES - 1) / PIECE_BYTES;
    IntStream.range(0, pieces)
        .parallel()
        .forEach(
            piece -> {
              var shard = golden.clone();
              int end = Math.min(golden.length, (piece + 1) * PIECE_BYTES);
              for (int bit = piece * PIECE_BYTES * 8; bit < end * 8; bit++) {
                shard[bit / 8] ^= (byte) (1 << bit % 8);
                requireShown(shard, original, (unused[bit / 8] >> bit % 8 & 1) == 1, bit);
                shard[bit / 8] ^= (byte) (1 << bit % 8);
              }
            });
  }

  private static void requireShown(byte[] shard, Content original, boolean unused, int bit) {
    try {
      if (Content.of(shard).equals(original) != unused) {
        throw new AssertionError("bit %d of byte %d".formatted(bit % 8, bit / 8));
      }
    } catch (ProblemException e) {
      assertMalformed(e, shard.length);
    }
  }

  /** A second, simpler walk over the records: ones where the format says that bits are unused. */
  private static byte[] unusedBits(byte[] shard) {
    var in = ByteBuffer.wrap(shard).order(ByteOrder.LITTLE_ENDIAN);
    var unused = new byte[shard.length];
    int at = 48;
    for (; in.getLong(at) != -1; at += 48) {
      int flags = in.getInt(at + 32);
      int terms = in.getInt(at + 36);
      Arrays.fill(unused, at + 32, at + 35, (byte) 0xFF);
      unused[at + 35] = (byte) (terms == 0 ? 0xBF : 0x3F); // no term, nothing to have a hash of
      Arrays.fill(unused, at + 40, at + 48, (byte) 0xFF);
      for (int i = 0; i < terms; i++) {
        at += 48;
        Arrays.fill(unused, at + 32, at + 36, (byte) 0xFF);
      }
      for (int i = 0; i < (flags < 0 ? terms : 0) + (flags << 1 < 0 ? 1 : 0); i++) {
        at += 48;
        Arrays.fill(unused, at + 32, at + 48, (byte) 0xFF);
      }
    }
    for (at += 48; in.getLong(at) != -1; at += 48) {
      int chunks = in.getInt(at + 36);
      Arrays.fill(unused, at + 32, at + 36, (byte) 0xFF);
      Arrays.fill(unused, at + 44, at + 48, (byte) 0xFF);
      for (int i = 0; i < chunks; i++) {
        at += 48;
        Arrays.fill(unused, at + 40, at + 48, (byte) 0xFF);
      }
    }
    Arrays.fill(unused, at + 48, shard.length, (byte) 0xFF);
    return unused;
  }

  @Test
  void givenCountsOfBillions_whenTheBodyIsSmall_thenTheyAreRefusedAtTheCount() {
    var shard = GoldenFiles.bytes("shards/one-file.bin");
    var fields = ByteBuffer.wrap(shard).order(ByteOrder.LITTLE_ENDIAN);
    fields.putInt(48 + 36, -1);

    assertThatThrownBy(() -> Content.of(shard))
        .isInstanceOfSatisfying(
            ProblemException.class,
            e ->
                assertThat(e.problem())
                    .isInstanceOfSatisfying(
                        Malformed.class,
                        malformed -> assertThat(malformed.offset()).isEqualTo(48 + 36)));
  }

  @Test
  void givenATermOverTheLengthOfAXorb_whenRead_thenItIsRefusedAtItsLength() {
    var shard = GoldenFiles.bytes("shards/one-file.bin");
    ByteBuffer.wrap(shard).order(ByteOrder.LITTLE_ENDIAN).putInt(2 * 48 + 36, (64 << 20) + 1);

    assertThatThrownBy(() -> Content.of(shard))
        .isInstanceOfSatisfying(
            ProblemException.class,
            e ->
                assertThat(e.problem())
                    .isInstanceOfSatisfying(
                        Malformed.class,
                        malformed -> assertThat(malformed.offset()).isEqualTo(2 * 48 + 36)));
  }

  /** Each such term makes the server hash 256 KiB, and fold 8192 nodes. */
  @Test
  void givenManyTermsOverAllChunksOfOneXorb_whenRead_thenTheirSumIsLimited() {
    int terms = (1 << 25) / 8192 + 1;
    var shard = Arrays.copyOf(GoldenFiles.bytes("shards/one-file.bin"), (terms + 10) * 48);
    var fields = ByteBuffer.wrap(shard).order(ByteOrder.LITTLE_ENDIAN);
    fields.putInt(48 + 32, 0).putInt(48 + 36, terms);
    for (int i = 0; i < terms; i++) {
      int at = (2 + i) * 48;
      fields.putInt(at + 36, 8192).putInt(at + 40, 0).putInt(at + 44, 8192);
    }

    assertThatThrownBy(() -> Content.of(shard))
        .isInstanceOfSatisfying(
            ProblemException.class, e -> assertThat(e.problem()).isInstanceOf(OverLimit.class));
  }

  @Test
  void givenGoldenShards_whenTheirRangesAreHashed_thenTheHashesAgree() {
    for (var name : List.of("one-file", "three-files", "many-chunks", "zeros", "two-xorbs")) {
      var content = Content.of(GoldenFiles.bytes("shards/" + name + ".bin"));
      for (var file : content.files()) {
        var all = new ArrayList<HashedChunk>();
        for (int i = 0; i < file.rangeHashes().size(); i++) {
          var term = file.manifest().terms().get(i);
          var chunks =
              content.xorbs().stream()
                  .filter(xorb -> xorb.hash().equals(term.xorb()))
                  .findFirst()
                  .orElseThrow()
                  .chunks()
                  .subList(term.chunks().start(), term.chunks().end());
          all.addAll(chunks);

          assertThat(XetHash.range(chunks.stream().map(HashedChunk::hash).toList()))
              .as(name)
              .isEqualTo(file.rangeHashes().get(i));
        }
        assertThat(XetHash.file(all)).as(name).isEqualTo(file.manifest().file());
      }
      for (var xorb : content.xorbs()) {
        assertThat(XetHash.xorb(xorb.chunks())).as(name).isEqualTo(xorb.hash());
      }
    }
  }
}
