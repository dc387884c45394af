package dev.ashlar.core.hash;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import com.fasterxml.jackson.databind.JsonNode;
import dev.ashlar.core.golden.GoldenFiles;
import dev.ashlar.core.golden.SplitMix64;
import dev.ashlar.core.problem.Problem.OverLimit;
import dev.ashlar.core.problem.ProblemException;
import java.nio.charset.StandardCharsets;
import java.security.MessageDigest;
import java.util.ArrayList;
import java.util.HexFormat;
import java.util.List;
import java.util.Random;
import java.util.stream.Collectors;
import org.junit.jupiter.api.Test;

final class SubtreeTest {
  @Test
  void givenTheReferencesRuns_whenSummarizedAndMerged_thenEveryNodeIsTheSame() throws Exception {
    int seen = 0;
    for (var entry : GoldenFiles.json("subtrees.json").required("subtrees")) {
      var chunks = recipe(entry);
      var pieces = entry.required("pieces");
      boolean atStart = entry.required("at_start").asBoolean();
      boolean atEnd = entry.required("at_end").asBoolean();
      var parts = new ArrayList<Subtree>();
      int from = 0;
      for (int i = 0; i < pieces.size(); i++) {
        int to = from + pieces.get(i).asInt();
        parts.add(
            Subtree.of(
                chunks.subList(from, to), atStart && i == 0, atEnd && i == pieces.size() - 1));
        from = to;
      }

      var tree = Subtree.merged(parts);

      var as = "seed %d, %s, %s".formatted(entry.get("seed").asLong(), atStart, atEnd);
      var text = json(tree);
      if (entry.has("json")) {
        assertThat(text).as(as).isEqualTo(entry.get("json").asText());
      }
      assertThat(sha256(text)).as(as).isEqualTo(entry.required("sha256OfJson").asText());
      if (atStart && atEnd) {
        assertThat(tree.file()).as(as).hasToString(entry.required("file").asText());
      } else {
        assertThatThrownBy(tree::file).isInstanceOf(IllegalStateException.class);
      }
      seen++;
    }
    assertThat(seen).isEqualTo(112);
  }

  private static List<HashedChunk> recipe(JsonNode entry) {
    var numbers = new SplitMix64(entry.required("seed").asLong());
    var chunks = new ArrayList<HashedChunk>();
    for (int i = 0; i < entry.required("count").asInt(); i++) {
      var hash = new MerkleHash(numbers.next(), numbers.next(), numbers.next(), numbers.next());
      chunks.add(new HashedChunk(hash, 1 + (numbers.next() & 0x1FFFF)));
    }
    return chunks;
  }

  private static String json(Subtree tree) {
    var nodes =
        tree.nodes().stream()
            .map(node -> "{\"hash\":\"%s\",\"size\":%d}".formatted(node.hash(), node.bytes()))
            .collect(Collectors.joining(","));
    var levels =
        tree.levels().stream()
            .map(level -> "[%d,%d]".formatted(level.left(), level.right()))
            .collect(Collectors.joining(","));
    return "{\"nodes\":[%s],\"levels\":[%s],\"at_start\":%s,\"at_end\":%s}"
        .formatted(nodes, levels, tree.atStart(), tree.atEnd());
  }

  private static String sha256(String text) throws Exception {
    var digest = MessageDigest.getInstance("SHA-256");
    return HexFormat.of().formatHex(digest.digest(text.getBytes(StandardCharsets.US_ASCII)));
  }

  @Test
  void givenAFileInAnyPieces_whenMerged_thenTheFileHashIsThatOfTheWhole() {
    long seed = new Random().nextLong();
    var random = new Random(seed);
    for (int round = 0; round < 1000; round++) {
      int naturalOf = 1 + random.nextInt(12);
      var chunks = chunks(random, random.nextInt(1 << random.nextInt(1, 12)), naturalOf);
      var parts = pieces(random, chunks);

      assertThat(Subtree.merged(parts).file())
          .as("seed %d, round %d, %d chunks", seed, round, chunks.size())
          .isEqualTo(XetHash.file(chunks));
    }
  }

  /** Pieces of a whole file, some of them empty. */
  private static List<Subtree> pieces(Random random, List<HashedChunk> chunks) {
    int count = 1 + random.nextInt(9);
    var cuts =
        random.ints(count - 1L, 0, chunks.size() + 1).sorted().boxed().collect(Collectors.toList());
    cuts.addFirst(0);
    cuts.addLast(chunks.size());
    var parts = new ArrayList<Subtree>();
    for (int i = 0; i < count; i++) {
      var run = chunks.subList(cuts.get(i), cuts.get(i + 1));
      parts.add(Subtree.of(run, i == 0, i == count - 1));
    }
    return parts;
  }

  /** One of {@code naturalOf} hashes asks for the end of its group. */
  private static List<HashedChunk> chunks(Random random, int count, int naturalOf) {
    var chunks = new ArrayList<HashedChunk>();
    for (int i = 0; i < count; i++) {
      long last = (random.nextLong() << 2) + (random.nextInt(naturalOf) == 0 ? 0 : 1);
      var hash = new MerkleHash(random.nextLong(), random.nextLong(), random.nextLong(), last);
      chunks.add(new HashedChunk(hash, 1 + random.nextInt(131_072)));
    }
    return chunks;
  }

  @Test
  void givenMillionsOfChunks_whenFoldedAsTheyCome_thenTheSummaryStaysSmall() {
    long seed = new Random().nextLong();
    var random = new Random(seed);
    var plain = new MerkleFold();
    var first = new SubtreeFold(true);
    var second = new SubtreeFold(false);
    for (var chunk : chunks(random, 300_000, 4)) {
      plain.add(chunk);
      first.add(chunk);
    }
    for (var chunk : chunks(random, 12_345, 4)) {
      plain.add(chunk);
      second.add(chunk);
    }

    var head = first.finish(false);
    var tail = second.finish(true);

    assertThat(head.nodes()).as("seed %d", seed).hasSizeLessThan(2000);
    assertThat(Subtree.merged(List.of(head, tail)).file())
        .as("seed %d", seed)
        .isEqualTo(plain.file());
  }

  @Test
  void givenChunksThatFixNoPlace_whenFolded_thenTheLengthOfTheSummaryIsLimited() {
    var chunk = new HashedChunk(new MerkleHash(1, 2, 3, 1), 8192);
    var fold = new SubtreeFold(false);

    assertThatThrownBy(
            () -> {
              for (int i = 0; i < 10 * SubtreeFold.NODES_MAX; i++) {
                fold.add(chunk);
              }
            })
        .isInstanceOfSatisfying(
            ProblemException.class, e -> assertThat(e.problem()).isInstanceOf(OverLimit.class));
  }

  @Test
  void givenRunsThatCannotTouch_whenMerged_thenItIsABug() {
    var closed = Subtree.of(List.of(), true, true);

    assertThatThrownBy(() -> Subtree.merged(List.of(closed, Subtree.of(List.of(), false, true))))
        .isInstanceOf(IllegalArgumentException.class);
    assertThatThrownBy(() -> Subtree.merged(List.of(Subtree.of(List.of(), true, false), closed)))
        .isInstanceOf(IllegalArgumentException.class);
  }
}
