package dev.ashlar.chunker;

import static org.assertj.core.api.Assertions.assertThat;

import com.fasterxml.jackson.databind.JsonNode;
import dev.ashlar.core.golden.GoldenFiles;
import dev.ashlar.core.hash.HashedChunk;
import dev.ashlar.core.hash.MerkleHash;
import dev.ashlar.core.hash.Subtree;
import dev.ashlar.core.hash.XetHash;
import dev.ashlar.core.manifest.ByteRange;
import dev.ashlar.core.manifest.ChunkRange;
import dev.ashlar.core.manifest.Term;
import java.io.ByteArrayInputStream;
import java.io.IOException;
import java.util.ArrayList;
import java.util.Arrays;
import java.util.Collections;
import java.util.List;
import java.util.Random;
import java.util.TreeSet;
import org.junit.jupiter.api.Test;

final class EditWindowsTest {
  @Test
  void givenThePublishedCases_whenTheirWindowsAreSought_thenTheyAndTheirGapsAreTheSame() {
    for (var vector : GoldenFiles.vectors("stable_windows").required("cases")) {
      var sizes = vector.required("sizes");
      int each = sizes.required("each").asInt();
      var lengths = Collections.nCopies(sizes.required("count").asInt(), each);

      var windows = windows(lengths, ranges(vector.required("dirty")));

      assertThat(windows).isEqualTo(ranges(vector.required("windows")));
      assertThat(gaps(lengths, windows)).isEqualTo(numbers(vector.required("gaps")));
    }
  }

  private static List<ByteRange> ranges(JsonNode pairs) {
    return numbers(pairs).stream()
        .map(pair -> new ByteRange(pair.getFirst(), pair.getLast()))
        .toList();
  }

  private static List<List<Integer>> numbers(JsonNode lists) {
    var numbers = new ArrayList<List<Integer>>();
    for (var list : lists) {
      var row = new ArrayList<Integer>();
      list.forEach(number -> row.add(number.asInt()));
      numbers.add(row);
    }
    return numbers;
  }

  /** The numbers of the chunks before, between and behind the windows. */
  private static List<List<Integer>> gaps(List<Integer> lengths, List<ByteRange> windows) {
    var gaps = new ArrayList<List<Integer>>();
    for (int gap = 0; gap <= windows.size(); gap++) {
      long from = gap == 0 ? 0 : windows.get(gap - 1).end();
      long to = gap == windows.size() ? Long.MAX_VALUE : windows.get(gap).start();
      var chunks = new ArrayList<Integer>();
      long start = 0;
      for (int i = 0; i < lengths.size(); i++) {
        if (start >= from && start < to) {
          chunks.add(i);
        }
        start += lengths.get(i);
      }
      gaps.add(chunks);
    }
    return gaps;
  }

  private static List<ByteRange> windows(List<Integer> lengths, List<ByteRange> dirty) {
    var windows = new EditWindows(dirty);
    lengths.forEach(windows::add);
    return windows.windows();
  }

  @Test
  void givenAnEditedFile_whenOnlyItsWindowsAreCutAgain_thenTheFileHashIsThatOfTheNewFile()
      throws IOException {
    long seed = new Random().nextLong();
    var random = new Random(seed);
    for (int round = 0; round < 60; round++) {
      var before = Patchwork.bytes(random, 1 + random.nextInt(3_000_000));
      var lengths = lengths(before);
      var dirty = dirty(random, lengths, before.length);
      var after = before.clone();
      for (var range : dirty) {
        overwrite(random, after, range);
      }

      var windows = windows(lengths, dirty);

      var as = "seed %d, round %d".formatted(seed, round);
      assertThat(merged(before, after, lengths, windows).file())
          .as(as)
          .isEqualTo(XetHash.file(chunks(after)));
    }
  }

  /** Ranges anywhere, and the last bytes of chunks: a change there takes a cut away. */
  private static List<ByteRange> dirty(Random random, List<Integer> lengths, int length) {
    var dirty = new ArrayList<ByteRange>();
    int count = 1 + random.nextInt(4);
    for (int i = 0; i < count; i++) {
      int start = random.nextInt(length);
      int bytes = 1 + random.nextInt(1 << random.nextInt(1, 18));
      if (random.nextBoolean()) {
        int end = 0;
        for (int chunk = random.nextInt(lengths.size()); chunk >= 0; chunk--) {
          end += lengths.get(chunk);
        }
        start = Math.max(0, end - 1 - random.nextInt(64));
        bytes = end - start;
      }
      dirty.add(new ByteRange(start, Math.min(length, start + bytes)));
    }
    return dirty;
  }

  /** New bytes, or bytes that make as many or as few cuts as possible. */
  private static void overwrite(Random random, byte[] bytes, ByteRange range) {
    var piece = new byte[(int) range.bytes()];
    switch (random.nextInt(3)) {
      case 0 -> random.nextBytes(piece);
      case 1 -> Arrays.fill(piece, (byte) random.nextInt());
      default -> {
        int from = random.nextInt(bytes.length - piece.length + 1);
        System.arraycopy(bytes, from, piece, 0, piece.length);
      }
    }
    System.arraycopy(piece, 0, bytes, (int) range.start(), piece.length);
  }

  /** What a client does: summaries of the gaps are given, windows are cut and hashed again. */
  private static Subtree merged(
      byte[] before, byte[] after, List<Integer> lengths, List<ByteRange> windows)
      throws IOException {
    var runs = new ArrayList<Subtree>();
    long position = 0;
    for (var window : windows) {
      var gap = chunks(before, lengths, position, window.start());
      runs.add(Subtree.of(gap, position == 0, false));
      var bytes = Arrays.copyOfRange(after, (int) window.start(), (int) window.end());
      runs.add(Subtree.of(chunks(bytes), false, false));
      position = window.end();
    }
    runs.add(Subtree.of(chunks(before, lengths, position, before.length), false, true));
    return Subtree.merged(runs);
  }

  private static List<HashedChunk> chunks(byte[] bytes, List<Integer> lengths, long from, long to) {
    var chunks = new ArrayList<HashedChunk>();
    int start = 0;
    for (int length : lengths) {
      if (start >= from && start < to) {
        chunks.add(new HashedChunk(XetHash.chunk(bytes, start, length), length));
      }
      start += length;
    }
    return chunks;
  }

  private static List<HashedChunk> chunks(byte[] bytes) throws IOException {
    return chunks(bytes, lengths(bytes), 0, bytes.length);
  }

  private static List<Integer> lengths(byte[] bytes) throws IOException {
    var lengths = new ArrayList<Integer>();
    int start = 0;
    for (int end : Cuts.of(new ByteArrayInputStream(bytes))) {
      lengths.add(end - start);
      start = end;
    }
    return lengths;
  }

  @Test
  void givenChangesThatOverlapOrAreEmpty_whenWindowsAreSought_thenTheyCountOnce() {
    var lengths = Collections.nCopies(20, 16_384);
    var once = List.of(new ByteRange(10, 40_000), new ByteRange(300_000, 300_001));
    var messy =
        List.of(
            new ByteRange(300_000, 300_001),
            new ByteRange(20, 30),
            new ByteRange(10, 20),
            new ByteRange(15, 40_000),
            new ByteRange(200_000, 200_000));

    assertThat(windows(lengths, messy)).isEqualTo(windows(lengths, once));
    assertThat(windows(lengths, List.of(new ByteRange(5, 5)))).isEmpty();
    assertThat(windows(List.of(), once)).isEmpty();
  }

  @Test
  void givenWindowsWithinTerms_whenAligned_thenTheyAreTheTermsThatTheyTouch() {
    var terms = List.of(term(100), term(50), term(200), term(10), term(40));

    assertThat(aligned(terms, new ByteRange(0, 100))).containsExactly(new ByteRange(0, 100));
    assertThat(aligned(terms, new ByteRange(99, 101))).containsExactly(new ByteRange(0, 150));
    assertThat(aligned(terms, new ByteRange(20, 30), new ByteRange(360, 400)))
        .containsExactly(new ByteRange(0, 100), new ByteRange(360, 400));
    assertThat(
            aligned(terms, new ByteRange(20, 30), new ByteRange(60, 70), new ByteRange(355, 360)))
        .containsExactly(new ByteRange(0, 100), new ByteRange(350, 360));
    assertThat(aligned(terms, new ByteRange(20, 30), new ByteRange(120, 130)))
        .as("what meets is one window")
        .containsExactly(new ByteRange(0, 150));
    assertThat(aligned(terms)).isEmpty();
  }

  @Test
  void givenAnyTermsAndWindows_whenAligned_thenTheyAreTheRunsOfTouchedTerms() {
    long seed = new Random().nextLong();
    var random = new Random(seed);
    for (int round = 0; round < 500; round++) {
      var terms =
          random.ints(1 + random.nextInt(12), 1, 9).mapToObj(EditWindowsTest::term).toList();
      int bytes = terms.stream().mapToInt(term -> (int) term.bytes()).sum();
      var cuts = new TreeSet<Integer>();
      random.ints(2L * random.nextInt(4), 0, bytes + 1).forEach(cuts::add);
      var windows = new ArrayList<ByteRange>();
      while (cuts.size() > 1) {
        windows.add(new ByteRange(cuts.removeFirst(), cuts.removeFirst()));
      }

      var touched = new boolean[bytes];
      int start = 0;
      for (var term : terms) {
        int from = start;
        int to = start + (int) term.bytes();
        boolean hit = windows.stream().anyMatch(w -> w.start() < to && w.end() > from);
        Arrays.fill(touched, from, to, hit);
        start = to;
      }

      var aligned = EditWindows.alignedTo(windows, terms);

      var covered = new boolean[bytes];
      aligned.forEach(w -> Arrays.fill(covered, (int) w.start(), (int) w.end(), true));
      assertThat(covered).as("seed %d, round %d", seed, round).isEqualTo(touched);
      for (int i = 1; i < aligned.size(); i++) {
        assertThat(aligned.get(i).start())
            .as("seed %d, round %d", seed, round)
            .isGreaterThan(aligned.get(i - 1).end());
      }
    }
  }

  private static List<ByteRange> aligned(List<Term> terms, ByteRange... windows) {
    return EditWindows.alignedTo(List.of(windows), terms);
  }

  private static Term term(long bytes) {
    return new Term(MerkleHash.ZERO, new ChunkRange(0, 1), bytes);
  }
}
