package dev.ashlar.chunker;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import dev.ashlar.core.golden.GoldenInput;
import dev.ashlar.core.hash.MerkleHash;
import dev.ashlar.core.hash.Sha256;
import dev.ashlar.core.manifest.Term;
import java.io.ByteArrayInputStream;
import java.io.IOException;
import java.io.InputStream;
import java.io.SequenceInputStream;
import java.util.Arrays;
import java.util.Random;
import java.util.concurrent.Executors;
import org.junit.jupiter.api.Test;

final class FileIngestTest {
  private final MemorySink sink = new MemorySink();
  private final FileIngest ingest = new FileIngest(Runnable::run);

  @Test
  void givenAnyBytes_whenIngested_thenTheTermsMakeThemAgain() throws IOException {
    long seed = new Random().nextLong();
    var random = new Random(seed);
    for (int round = 0; round < 12; round++) {
      var bytes = patchwork(random, 1 + random.nextInt(3_000_000));

      var file = ingest.ingest(new OddInput(bytes, random, 90_000), sink, KnownChunks.NONE);

      var as = "seed %d, round %d".formatted(seed, round);
      assertThat(sink.read(file.manifest())).as(as).isEqualTo(bytes);
      assertThat(file.manifest().bytes()).as(as).isEqualTo(bytes.length);
    }
  }

  @Test
  void givenTheEmptyFile_whenIngested_thenItHasNoTermAndItsOwnName() throws IOException {
    var file = ingest(new byte[0], KnownChunks.NONE);

    assertThat(file.manifest().file()).isEqualTo(MerkleHash.ZERO);
    assertThat(file.manifest().terms()).isEmpty();
    assertThat(file.sha256())
        .isEqualTo(
            Sha256.parse("e3b0c44298fc1c149afbf4c8996fb92427ae41e4649b934ca495991b7852b855"));
    assertThat(sink.takePublished()).isEmpty();
  }

  @Test
  void givenAPool_whenIngested_thenTheResultIsThatOfOneThread() throws IOException {
    long seed = new Random().nextLong();
    var bytes = patchwork(new Random(seed), 9_000_000);
    var inline = ingest(bytes, KnownChunks.NONE);
    var names = sink.takePublished();

    try (var pool = Executors.newFixedThreadPool(3)) {
      var pooled =
          new FileIngest(pool).ingest(new ByteArrayInputStream(bytes), sink, KnownChunks.NONE);

      assertThat(pooled).as("seed %d", seed).isEqualTo(inline);
      assertThat(sink.takePublished()).as("seed %d", seed).isEqualTo(names);
    }
  }

  @Test
  void givenTheSameBytesAgain_whenTheirFirstChunkIsKnown_thenNoXorbIsWritten() throws IOException {
    long seed = new Random().nextLong();
    var bytes = patchwork(new Random(seed), 20_000_000);
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

  @Test
  void givenAnInputThatBreaks_whenIngested_thenTheOpenXorbIsDiscarded() {
    var broken =
        new InputStream() {
          @Override
          public int read() throws IOException {
            throw new IOException("connection reset");
          }

          @Override
          public int read(byte[] target, int offset, int length) throws IOException {
            return read();
          }
        };
    var bytes = new GoldenInput("random", 5, 3_000_000, 0).bytes();
    var in = new SequenceInputStream(new ByteArrayInputStream(bytes), broken);

    assertThatThrownBy(() -> ingest.ingest(in, sink, KnownChunks.NONE))
        .hasMessage("connection reset");

    assertThat(sink.openDrafts()).isZero();
    assertThat(sink.takePublished()).isEmpty();
  }

  private IngestedFile ingest(byte[] bytes, KnownChunks known) throws IOException {
    return ingest.ingest(new ByteArrayInputStream(bytes), sink, known);
  }

  /** Random bytes, words, zeros, and pieces that were there before. */
  private static byte[] patchwork(Random random, int length) {
    var bytes = new byte[length];
    for (int at = 0; at < length; ) {
      int piece = Math.min(length - at, 1 + random.nextInt(900_000));
      switch (random.nextInt(4)) {
        case 0 -> Arrays.fill(bytes, at, at + piece, (byte) 0);
        case 1 -> {
          int from = random.nextInt(at + 1);
          System.arraycopy(bytes.clone(), from, bytes, at, Math.min(piece, at - from));
        }
        case 2 -> {
          var words = new GoldenInput("text", random.nextLong(), piece, 0).bytes();
          System.arraycopy(words, 0, bytes, at, piece);
        }
        default -> {
          var noise = new GoldenInput("random", random.nextLong(), piece, 0).bytes();
          System.arraycopy(noise, 0, bytes, at, piece);
        }
      }
      at += piece;
    }
    return bytes;
  }
}
