package dev.ashlar.chunker;

import static org.assertj.core.api.Assertions.assertThat;

import dev.ashlar.core.golden.GoldenInput;
import dev.ashlar.core.manifest.Term;
import java.io.ByteArrayInputStream;
import java.io.IOException;
import java.util.Arrays;
import java.util.Random;
import org.junit.jupiter.api.Test;

final class DedupIngestTest {
  private final MemorySink sink = new MemorySink();
  private final FileIngest ingest = new FileIngest(Runnable::run);

  @Test
  void givenTheSameBytesAgain_whenTheirFirstChunkIsKnown_thenNoXorbIsWritten() throws IOException {
    long seed = new Random().nextLong();
    var bytes = Patchwork.bytes(new Random(seed), 20_000_000);
    var first = ingest(bytes, KnownChunks.NONE);
    sink.takePublished();
    var known = new MemoryKnown(sink).add(first.manifest());

    var second = ingest(bytes, known);

    assertThat(second.manifest().file()).as("seed %d", seed).isEqualTo(first.manifest().file());
    assertThat(sink.takePublished()).as("seed %d", seed).isEmpty();
    assertThat(sink.read(second.manifest())).as("seed %d", seed).isEqualTo(bytes);
    assertThat(known.asked()).as("seed %d", seed).hasSize(1);
  }

  @Test
  void givenAFileOfTwoXorbsAgain_whenItsFirstChunkIsKnown_thenItsNeighbourIsFoundToo()
      throws IOException {
    var bytes = new GoldenInput("random", 72, 68_157_440, 0).bytes();
    var first = ingest(bytes, KnownChunks.NONE);
    assertThat(sink.takePublished()).hasSize(2);

    var second = ingest(bytes, new MemoryKnown(sink).add(first.manifest()));

    assertThat(second).isEqualTo(first);
    assertThat(sink.takePublished()).isEmpty();
  }

  @Test
  void givenOneChangedByte_whenIngested_thenAtMostTwoChunksAreWritten() throws IOException {
    long seed = new Random().nextLong();
    var random = new Random(seed);
    var before = new byte[5_000_000];
    random.nextBytes(before);
    var old = ingest(before, KnownChunks.NONE);
    sink.takePublished();
    for (int round = 0; round < 8; round++) {
      var after = before.clone();
      after[200_000 + random.nextInt(4_800_000)] ^= 1;

      var file = ingest(after, new MemoryKnown(sink).add(old.manifest()));

      int written = sink.takePublished().stream().mapToInt(x -> sink.index(x).chunkCount()).sum();
      var as = "seed %d, round %d".formatted(seed, round);
      assertThat(written).as(as).isBetween(1, 2);
      assertThat(sink.read(file.manifest())).as(as).isEqualTo(after);
    }
  }

  @Test
  void givenAnExpectedFile_whenTheBytesAreThoseButForOne_thenItIsFoundWithoutLookups()
      throws IOException {
    var before = new GoldenInput("random", 41, 5_242_880, 0).bytes();
    var after = new GoldenInput("edit", 41, 5_242_880, 0).bytes();
    var old = ingest(before, KnownChunks.NONE);
    sink.takePublished();

    var same = ingest(before, new MemoryKnown(sink).expect(old.manifest()));
    var edited = ingest(after, new MemoryKnown(sink).expect(old.manifest()));

    assertThat(same.manifest()).isEqualTo(old.manifest());
    assertThat(sink.read(edited.manifest())).isEqualTo(after);
    assertThat(edited.manifest().file()).isNotEqualTo(old.manifest().file());
    assertThat(sink.takePublished())
        .singleElement()
        .satisfies(xorb -> assertThat(sink.index(xorb).chunkCount()).isEqualTo(1));
  }

  @Test
  void givenAnExpectedFileWithOtherBytes_whenIngested_thenItIsNoHarm() throws IOException {
    var other = ingest(new GoldenInput("random", 1, 3_000_000, 0).bytes(), KnownChunks.NONE);
    var bytes = new GoldenInput("text", 2, 2_000_000, 0).bytes();

    var file = ingest(bytes, new MemoryKnown(sink).expect(other.manifest()));

    assertThat(sink.read(file.manifest())).isEqualTo(bytes);
    assertThat(file.manifest().terms())
        .extracting(Term::xorb)
        .doesNotContainAnyElementsOf(other.manifest().terms().stream().map(Term::xorb).toList());
  }

  @Test
  void givenOldChunksStrewnAboutAFile_whenIngested_thenMatchingStopsAtTheGuard()
      throws IOException {
    var random = new Random(11);
    var old = new byte[200][];
    for (int i = 0; i < old.length; i++) {
      old[i] = chunk(random);
    }
    var before = ingest(concat(old), KnownChunks.NONE);
    sink.takePublished();
    var strewn = new byte[2 * old.length][];
    for (int i = 0; i < old.length; i++) {
      strewn[2 * i] = old[i];
      strewn[2 * i + 1] = chunk(random);
    }
    var bytes = concat(strewn);

    var file = ingest(bytes, new MemoryKnown(sink).add(before.manifest()));

    assertThat(sink.read(file.manifest())).isEqualTo(bytes);
    assertThat(file.manifest().terms()).hasSizeBetween(128, 140);
  }

  /** 131,072 bytes that are one chunk wherever they stand behind a cut. */
  private static byte[] chunk(Random random) {
    var chunk = new byte[Chunker.BYTES_MAX];
    Arrays.fill(chunk, (byte) random.nextInt());
    for (int i = 0; i < 8000; i++) {
      chunk[i] = (byte) random.nextInt();
    }
    return chunk;
  }

  private static byte[] concat(byte[][] pieces) {
    var all = new byte[Arrays.stream(pieces).mapToInt(piece -> piece.length).sum()];
    int at = 0;
    for (var piece : pieces) {
      System.arraycopy(piece, 0, all, at, piece.length);
      at += piece.length;
    }
    return all;
  }

  private IngestedFile ingest(byte[] bytes, KnownChunks known) throws IOException {
    return ingest.ingest(new ByteArrayInputStream(bytes), sink, known);
  }
}
