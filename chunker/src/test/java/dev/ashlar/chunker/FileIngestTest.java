package dev.ashlar.chunker;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import dev.ashlar.core.golden.GoldenInput;
import dev.ashlar.core.hash.MerkleHash;
import dev.ashlar.core.hash.Sha256;
import java.io.ByteArrayInputStream;
import java.io.IOException;
import java.io.InputStream;
import java.io.SequenceInputStream;
import java.util.Random;
import java.util.concurrent.Executor;
import java.util.concurrent.Executors;
import java.util.concurrent.TimeUnit;
import java.util.concurrent.atomic.AtomicInteger;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.Timeout;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;

final class FileIngestTest {
  private final MemorySink sink = new MemorySink();
  private final FileIngest ingest = new FileIngest(Runnable::run);

  @Test
  void givenAnyBytes_whenIngested_thenTheTermsMakeThemAgain() throws IOException {
    long seed = new Random().nextLong();
    var random = new Random(seed);
    for (int round = 0; round < 12; round++) {
      var bytes = Patchwork.bytes(random, 1 + random.nextInt(3_000_000));

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
    var bytes = Patchwork.bytes(new Random(seed), 9_000_000);
    var inline = ingest(bytes, KnownChunks.NONE);
    var names = sink.takePublished();

    try (var pool = Executors.newFixedThreadPool(3)) {
      var pooled =
          new FileIngest(pool).ingest(new ByteArrayInputStream(bytes), sink, KnownChunks.NONE);

      assertThat(pooled).as("seed %d", seed).isEqualTo(inline);
      assertThat(sink.takePublished()).as("seed %d", seed).isEqualTo(names);
    }
  }

  private static final class Refused extends RuntimeException {
    private static final long serialVersionUID = 1;
  }

  /**
   * A step that is left out must not be followed by others: the digest would be a wrong one. Of
   * text each chunk is handed to the pool, of random bytes the digest alone, which may end before
   * the refusal.
   */
  @ParameterizedTest
  @CsvSource({"random, 1", "text, 15"})
  @Timeout(value = 2, unit = TimeUnit.MINUTES, threadMode = Timeout.ThreadMode.SEPARATE_THREAD)
  void givenAPoolThatRefusesOnce_whenIngested_thenThatIsThrownOrTheFileIsRight(
      String kind, int failedMin) throws IOException {
    var bytes = new GoldenInput(kind, 5, 1_500_000, 0).bytes();
    var whole = ingest(bytes, KnownChunks.NONE);
    int failed = 0;
    var calls = new AtomicInteger(1);
    for (int refused = 0; calls.get() > 0; refused++) {
      calls.set(-refused);
      try (var pool = Executors.newFixedThreadPool(2)) {
        Executor once =
            work -> {
              if (calls.getAndIncrement() == 0) {
                throw new Refused();
              }
              pool.execute(work);
            };
        var file =
            new FileIngest(once).ingest(new ByteArrayInputStream(bytes), sink, KnownChunks.NONE);
        assertThat(file).as("call %d", refused).isEqualTo(whole);
      } catch (Refused _) {
        failed++;
      }
    }
    assertThat(failed).isGreaterThanOrEqualTo(failedMin);
    assertThat(sink.openDrafts()).isZero();
  }

  @ParameterizedTest
  @CsvSource({"random, 0", "text, 0", "random, 2", "text, 2"})
  @Timeout(value = 2, unit = TimeUnit.MINUTES, threadMode = Timeout.ThreadMode.SEPARATE_THREAD)
  void givenAnInputThatBreaks_whenIngested_thenTheOpenXorbIsDiscarded(String kind, int threads) {
    var bytes = new GoldenInput(kind, 5, 3_000_000, 0).bytes();
    try (var pool = Executors.newFixedThreadPool(Math.max(1, threads))) {
      var broken = new FileIngest(threads == 0 ? Runnable::run : pool);
      for (int round = 0; round < 20; round++) {
        var in = new SequenceInputStream(new ByteArrayInputStream(bytes), new BrokenInput());

        assertThatThrownBy(() -> broken.ingest(in, sink, KnownChunks.NONE))
            .hasMessage("connection reset");

        assertThat(sink.openDrafts()).isZero();
        assertThat(sink.takePublished()).isEmpty();
      }
    }
  }

  private static final class BrokenInput extends InputStream {
    @Override
    public int read() throws IOException {
      throw new IOException("connection reset");
    }

    @Override
    public int read(byte[] target, int offset, int length) throws IOException {
      return read();
    }
  }

  private IngestedFile ingest(byte[] bytes, KnownChunks known) throws IOException {
    return ingest.ingest(new ByteArrayInputStream(bytes), sink, known);
  }
}
