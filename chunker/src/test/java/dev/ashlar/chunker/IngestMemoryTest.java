package dev.ashlar.chunker;

import static org.assertj.core.api.Assertions.assertThat;

import com.sun.management.ThreadMXBean;
import dev.ashlar.core.golden.GoldenInput;
import dev.ashlar.core.hash.MerkleHash;
import dev.ashlar.core.xorb.XorbIndex;
import java.io.ByteArrayInputStream;
import java.io.IOException;
import java.lang.management.ManagementFactory;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;

/** Counts allocation, which tells of buffers made anew where a clock would only guess. */
final class IngestMemoryTest {
  private static final XorbSink DISCARD =
      () ->
          new XorbSink.Draft() {
            @Override
            public void append(byte[] bytes, int offset, int length) {}

            @Override
            public void publish(MerkleHash xorb, XorbIndex index) {}

            @Override
            public void discard() {}
          };

  @ParameterizedTest
  @ValueSource(strings = {"random", "text"})
  void givenALongFile_whenIngested_thenItsBuffersServeAgainAndAgain(String kind)
      throws IOException {
    var bytes = new GoldenInput(kind, 9, 48 << 20, 0).bytes();
    var ingest = new FileIngest(Runnable::run);
    ingest.ingest(new ByteArrayInputStream(bytes, 0, 1 << 20), DISCARD, KnownChunks.NONE);
    long before = allocated();

    ingest.ingest(new ByteArrayInputStream(bytes), DISCARD, KnownChunks.NONE);

    assertThat(allocated() - before).isLessThan(bytes.length / 4);
  }

  private static long allocated() {
    return ((ThreadMXBean) ManagementFactory.getThreadMXBean()).getCurrentThreadAllocatedBytes();
  }
}
