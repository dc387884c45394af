package dev.ashlar.objectstore;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import dev.ashlar.core.manifest.ByteRange;
import dev.ashlar.core.manifest.ChunkRange;
import dev.ashlar.core.xorb.CorruptXorbException;
import java.io.ByteArrayOutputStream;
import java.io.EOFException;
import java.io.IOException;
import java.io.RandomAccessFile;
import java.nio.ByteBuffer;
import java.nio.file.NoSuchFileException;
import java.nio.file.Path;
import java.util.Arrays;
import java.util.Random;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

final class StoredXorbsTest {
  private static final long CACHE_BYTES = 1 << 20;
  private static final int CHUNKS = 20;

  @TempDir Path folder;
  private final SampleXorb sample = SampleXorb.random(CHUNKS, 4711);
  private ObjectKey key = ObjectKey.fresh("xorb");
  private StoredXorbs xorbs = new StoredXorbs(new MemoryStore(), CACHE_BYTES);

  @BeforeEach
  void store() throws IOException {
    var staging = new Staging(folder.resolve("staging"));
    var files = FileStore.open(folder.resolve("objects"), staging);
    key = sample.publish(files, staging);
    xorbs = new StoredXorbs(files, CACHE_BYTES);
  }

  @Test
  void givenAStoredXorb_whenItsIndexIsRead_thenItIsTheOneWritten() throws IOException {
    var index = xorbs.index(key);

    assertThat(index.chunkCount()).isEqualTo(CHUNKS);
    assertThat(index.xorbHash()).isEqualTo(sample.hash());
    assertThat(xorbs.bodyBytes(key)).isEqualTo(sample.body().length);
    assertThat(xorbs.index(key)).isSameAs(index);
  }

  @Test
  void givenAnyRange_whenOpened_thenExactlyItsBytesCome() throws IOException {
    long seed = 815;
    var random = new Random(seed);
    for (int i = 0; i < 200; i++) {
      int start = random.nextInt(sample.body().length);
      int end = start + random.nextInt(sample.body().length - start + 1);
      try (var in = xorbs.open(key, new ByteRange(start, end))) {
        var out = new ByteArrayOutputStream();
        out.writeBytes(in.readNBytes((end - start) / 3));
        in.transferTo(out);
        assertThat(out.toByteArray())
            .as("seed %d, %d..%d", seed, start, end)
            .isEqualTo(Arrays.copyOfRange(sample.body(), start, end));
      }
    }
  }

  @Test
  void givenWholeChunks_whenRead_thenTheyComeAtOnceAndDamageIsReported() throws IOException {
    var index = xorbs.index(key);
    var chunks = new ChunkRange(3, 9);
    var target = new byte[sample.body().length];

    xorbs.read(key, chunks, ByteBuffer.wrap(target));

    int start = index.bodyStart(3);
    int bytes = index.bodyEnd(8) - start;
    assertThat(Arrays.copyOf(target, bytes))
        .isEqualTo(Arrays.copyOfRange(sample.body(), start, start + bytes));
    try (var file =
        new RandomAccessFile(folder.resolve("objects").resolve(key.text()).toFile(), "rw")) {
      file.seek(index.bodyStart(8));
      file.write(~sample.body()[index.bodyStart(8)]);
    }
    assertThatThrownBy(() -> xorbs.read(key, chunks, ByteBuffer.wrap(target)))
        .isInstanceOf(CorruptXorbException.class);
    assertThat(xorbs.damagedReads()).isEqualTo(1);
    xorbs.read(key, new ChunkRange(3, 8), ByteBuffer.allocateDirect(target.length));
  }

  @Test
  void givenARangeIntoTheFooter_whenOpened_thenItIsRefused() {
    assertThatThrownBy(() -> xorbs.open(key, new ByteRange(0, sample.body().length + 1L)).close())
        .isInstanceOf(EOFException.class);
  }

  @Test
  void givenAFlippedBit_whenItsChunkIsRead_thenNoByteOfItLeaves() throws IOException {
    var index = xorbs.index(key);
    int bad = 7;
    flip(index.bodyEnd(bad) - 1);

    try (var in = xorbs.open(key, new ByteRange(0, index.bodyBytes()))) {
      assertThat(in.readNBytes(index.bodyStart(bad)))
          .isEqualTo(Arrays.copyOf(sample.body(), index.bodyStart(bad)));
      assertThatThrownBy(in::read).isInstanceOf(CorruptXorbException.class);
    }
    assertThat(xorbs.damagedReads()).isEqualTo(1);
  }

  @Test
  void givenAFlippedBitInTheTail_whenTheIndexIsRead_thenItIsDamaged() throws IOException {
    flip(sample.body().length + 60);

    assertThatThrownBy(() -> xorbs.index(key)).isInstanceOf(CorruptXorbException.class);
    assertThat(xorbs.damagedReads()).isEqualTo(1);
  }

  @Test
  void givenACutObject_whenTheIndexIsRead_thenItIsDamaged() throws IOException {
    for (long bytes : new long[] {0, 10, 500}) {
      try (var file = new RandomAccessFile(path(), "rw")) {
        file.setLength(bytes);
      }
      assertThatThrownBy(() -> xorbs.index(key)).isInstanceOf(CorruptXorbException.class);
    }
  }

  @Test
  void givenNoObject_whenRead_thenItIsMissing() {
    assertThatThrownBy(() -> xorbs.index(ObjectKey.fresh("xorb")))
        .isInstanceOf(NoSuchFileException.class);
  }

  private void flip(long position) throws IOException {
    try (var file = new RandomAccessFile(path(), "rw")) {
      file.seek(position);
      int b = file.read();
      file.seek(position);
      file.write(b ^ 1);
    }
  }

  private String path() {
    return folder.resolve("objects").resolve(key.text()).toString();
  }
}
