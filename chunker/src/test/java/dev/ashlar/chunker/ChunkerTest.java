package dev.ashlar.chunker;

import static org.assertj.core.api.Assertions.assertThat;

import com.fasterxml.jackson.databind.JsonNode;
import dev.ashlar.core.golden.GoldenFiles;
import dev.ashlar.core.golden.GoldenInput;
import dev.ashlar.core.hash.Sha256;
import dev.ashlar.core.hash.XetHash;
import java.io.ByteArrayInputStream;
import java.io.IOException;
import java.util.ArrayList;
import java.util.Arrays;
import java.util.HexFormat;
import java.util.List;
import java.util.Random;
import org.junit.jupiter.api.Test;

final class ChunkerTest {
  @Test
  void givenTheTable_whenItsTextIsDigested_thenItIsThePublishedOne() throws IOException {
    try (var in = Chunker.class.getResourceAsStream(GearTable.RESOURCE)) {
      assertThat(in).isNotNull();

      var digest = Sha256.begin().digest(in.readAllBytes());

      var published = GoldenFiles.vectors("gear_table");
      assertThat(HexFormat.of().formatHex(digest))
          .isEqualTo(
              published
                  .required("sha256_of_256_values_as_16_lowercase_hex_each_followed_by_LF")
                  .asText());
      var words = Arrays.stream(GearTable.words()).boxed().toList();
      var hex = HexFormat.of();
      assertThat(hex.toHexDigits(words.getFirst())).isEqualTo(published.get("first").asText());
      assertThat(hex.toHexDigits(words.getLast())).isEqualTo(published.get("last").asText());
      assertThat(hex.toHexDigits(words.stream().reduce(0L, Long::sum)))
          .isEqualTo(published.get("sum_mod_2_64").asText());
      assertThat(hex.toHexDigits(words.stream().reduce(0L, (a, b) -> a ^ b)))
          .isEqualTo(published.get("xor").asText());
    }
  }

  @Test
  void givenThePublishedInputs_whenCut_thenTheCutsAndHashesAreTheSame() throws IOException {
    for (var vector : GoldenFiles.vectors("chunking")) {
      var bytes = bytes(vector.required("input"));

      var ends = Cuts.of(new ByteArrayInputStream(bytes));

      var as = vector.required("input").toString();
      assertThat(ends).as(as).isEqualTo(integers(vector.required("boundaries")));
      for (int i = 0; i < vector.path("chunk_hashes").size(); i++) {
        int start = i == 0 ? 0 : ends.get(i - 1);
        assertThat(XetHash.chunk(bytes, start, ends.get(i) - start))
            .as(as)
            .hasToString(vector.path("chunk_hashes").get(i).asText());
      }
    }
  }

  private static byte[] bytes(JsonNode input) {
    int length = input.required("length").asInt();
    if (input.has("prng")) {
      return new GoldenInput("random", input.required("seed").asLong(), length, 0).bytes();
    }
    if (input.has("constant_byte")) {
      return new GoldenInput("const", 0, length, input.required("constant_byte").asInt()).bytes();
    }
    var bytes = new byte[length];
    boolean isFirst = input.required("formula").asText().startsWith("byte[i] = (7*i + 13)");
    for (int i = 0; i < length; i++) {
      bytes[i] = (byte) (isFirst ? 7 * i + 13 : 13 * i + 37);
    }
    return bytes;
  }

  @Test
  void givenMatchesAroundTheMinimum_whenCut_thenNoChunkIsShorter() throws IOException {
    var vectors = GoldenFiles.vectors("chunking_minimum_size");
    var pattern = integers(vectors.required("pattern"));
    for (var vector : vectors.required("cases")) {
      int period = pattern.size() + vector.required("padding").asInt();
      var bytes = new byte[65_536];
      for (int i = 0; i < bytes.length; i++) {
        bytes[i] = i % period < pattern.size() ? pattern.get(i % period).byteValue() : 0;
      }
      assertThat(bytes[11_111] & 0xFF).isEqualTo(vector.required("sample_at_11111").asInt());

      assertThat(Cuts.of(new ByteArrayInputStream(bytes)))
          .isEqualTo(integers(vector.required("boundaries")));
      assertThat(Cuts.of(new OddInput(bytes, new Random(period), 3000)))
          .isEqualTo(integers(vector.required("boundaries")));
    }
  }

  @Test
  void givenAnyBytes_whenReadInAnyWindows_thenTheCutsAreTheSpecifiedOnes() throws IOException {
    long seed = new Random().nextLong();
    var random = new Random(seed);
    for (int readMax : List.of(1, 7, 63, 64, 65, 4096, 8191, 8192, 70_000, 200_000)) {
      int length = random.nextInt(readMax < 100 ? 400_000 : 2_000_000);
      var bytes = mixed(random, 1 + length);

      var ends = Cuts.of(new OddInput(bytes, random, readMax));

      assertThat(ends)
          .as("seed %d, reads up to %d, %d bytes", seed, readMax, bytes.length)
          .isEqualTo(Cuts.specified(bytes));
    }
  }

  @Test
  void givenAMatchAtAnyPlaceThatMatters_whenCut_thenTheCutsAreTheSpecifiedOnes()
      throws IOException {
    var match = match();
    var edges =
        List.of(
            8_192,
            16_384,
            32_768,
            49_152,
            65_536,
            65_536 + 16_384,
            65_536 + 32_768,
            131_072,
            196_608);
    for (int edge : edges) {
      for (int end = edge - 66; end <= edge + 66; end++) {
        var bytes = withMatch(match, 300_000, end);

        var ends = Cuts.of(new ByteArrayInputStream(bytes));

        assertThat(ends).as("a match ends at %d", end).isEqualTo(Cuts.specified(bytes));
      }
    }
  }

  /** The last block of a stream is scanned by a loop of its own when it is not full. */
  @Test
  void givenAMatchInAShortLastBlock_whenCut_thenTheChunkEndsThere() throws IOException {
    long seed = new Random().nextLong();
    var random = new Random(seed);
    var match = match();
    for (int before : List.of(Chunker.BYTES_MIN, GearScan.BLOCK_BYTES)) {
      for (int tail = 1; tail < GearScan.BLOCK_BYTES; tail += tail < 200 ? 1 : 997) {
        for (int place : List.of(1, 1 + random.nextInt(tail), Math.max(1, tail - 1), tail)) {
          var bytes = withMatch(match, before + tail, before + place);

          var ends = Cuts.of(new OddInput(bytes, random, 100_000));

          assertThat(ends)
              .as("seed %d: %d + %d bytes, a match ends at %d", seed, before, tail, place)
              .isEqualTo(Cuts.specified(bytes))
              .contains(before + place);
        }
      }
    }
  }

  /** The published bytes have their only match at the 64th of them. */
  private static List<Integer> match() {
    var vectors = GoldenFiles.vectors("chunking_minimum_size");
    return integers(vectors.required("pattern")).subList(0, GearScan.WINDOW_BYTES);
  }

  /** Zeros, and among them a match that ends there. */
  private static byte[] withMatch(List<Integer> match, int length, int end) {
    var bytes = new byte[length];
    for (int i = 0; i < match.size(); i++) {
      bytes[end - match.size() + i] = match.get(i).byteValue();
    }
    return bytes;
  }

  @Test
  void givenAnInsertion_whenCutAgain_thenOnlyNearbyCutsMove() throws IOException {
    long seed = new Random().nextLong();
    var random = new Random(seed);
    for (int round = 0; round < 10; round++) {
      var before = new byte[4_000_000];
      random.nextBytes(before);
      int place = random.nextInt(before.length);
      int inserted = 1 + random.nextInt(5000);
      var after = new byte[before.length + inserted];
      random.nextBytes(after);
      System.arraycopy(before, 0, after, 0, place);
      System.arraycopy(before, place, after, place + inserted, before.length - place);

      var old = Cuts.of(new ByteArrayInputStream(before));
      var now = Cuts.of(new ByteArrayInputStream(after));

      var as = "seed %d, round %d".formatted(seed, round);
      assertThat(now.stream().filter(end -> end <= place).toList())
          .as(as)
          .isEqualTo(old.stream().filter(end -> end <= place).toList());
      var moved = old.stream().filter(end -> end > place).map(end -> end + inserted).toList();
      var lost = moved.stream().filter(end -> !now.contains(end)).toList();
      assertThat(lost.size()).as(as).isLessThanOrEqualTo(16);
      assertThat(now).as(as).contains(after.length);
      assertThat(lost)
          .as("%s: once met again, the cuts stay", as)
          .isEqualTo(moved.subList(0, lost.size()));
    }
  }

  @Test
  void givenNoBytes_whenCut_thenThereIsNoChunk() throws IOException {
    assertThat(Cuts.of(new ByteArrayInputStream(new byte[0]))).isEmpty();
  }

  /** Random bytes, constant runs and short periods one after the other. */
  private static byte[] mixed(Random random, int length) {
    var bytes = new byte[length];
    random.nextBytes(bytes);
    for (int at = random.nextInt(length); at < length; at += random.nextInt(400_000)) {
      int end = Math.min(length, at + random.nextInt(200_000));
      if (random.nextBoolean()) {
        Arrays.fill(bytes, at, end, (byte) random.nextInt());
      } else {
        int period = 1 + random.nextInt(300);
        for (int i = at + period; i < end; i++) {
          bytes[i] = bytes[i - period];
        }
      }
    }
    return bytes;
  }

  private static List<Integer> integers(JsonNode array) {
    var integers = new ArrayList<Integer>();
    array.forEach(number -> integers.add(number.asInt()));
    return integers;
  }
}
