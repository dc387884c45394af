package dev.ashlar.core.xorb;

import static org.assertj.core.api.Assertions.assertThat;

import com.sun.management.ThreadMXBean;
import dev.ashlar.core.hash.ManyAtOnce;
import dev.ashlar.core.hash.MerkleHash;
import dev.ashlar.core.hash.XetHash;
import dev.ashlar.core.problem.Problem.Malformed;
import java.io.ByteArrayInputStream;
import java.io.ByteArrayOutputStream;
import java.io.FilterInputStream;
import java.io.IOException;
import java.io.InputStream;
import java.io.OutputStream;
import java.lang.management.ManagementFactory;
import java.util.List;
import java.util.Random;
import java.util.concurrent.ExecutionException;
import java.util.concurrent.Executors;
import org.junit.jupiter.api.Test;

/** Bodies of many blocks, computed by other threads while they are read. */
final class XorbPipelineTest {
  private static final int SEED = 20_25;
  private static final int CHUNK_BYTES = 100_000;

  private static final List<Compression> SCHEMES = List.of(Compression.values());

  private static final class Sample {
    private final byte[] body;
    private final XorbIndex index;

    Sample(byte[] body, XorbIndex index) {
      this.body = body;
      this.index = index;
    }

    byte[] body() {
      return body;
    }

    XorbIndex index() {
      return index;
    }

    MerkleHash hash() {
      return index.xorbHash();
    }
  }

  /** Chunks of all schemes, a few blocks of them. */
  private static Sample sample(int chunks) {
    return sample(chunks, CHUNK_BYTES, 1);
  }

  /** The same with {@code run} chunks of a scheme one behind the other. */
  private static Sample sample(int chunks, int chunkBytesMax, int run) {
    var random = new Random(SEED);
    var codec = new ChunkCodec();
    var index = new XorbIndex.Builder();
    var body = new ByteArrayOutputStream();
    var stored = new byte[ChunkCodec.STORED_BYTES_MAX];
    for (int i = 0; i < chunks; i++) {
      var raw = ChunkMaker.bytes(random, 1 + random.nextInt(chunkBytesMax));
      var scheme = SCHEMES.get(i / run % SCHEMES.size());
      int length = codec.encode(raw, 0, raw.length, scheme, stored, 0);
      int rawBytes = raw.length;
      index.add(XetHash.chunk(raw, 0, rawBytes), rawBytes, stored, 0, length);
      body.write(stored, 0, length);
    }
    return new Sample(body.toByteArray(), index.build());
  }

  /** Never more than a few bytes at a time, so that every cut comes to lie between two readings. */
  private static InputStream drops(byte[] bytes) {
    var random = new Random(SEED);
    return new FilterInputStream(new ByteArrayInputStream(bytes)) {
      @Override
      public int read(byte[] target, int offset, int length) throws IOException {
        return super.read(target, offset, Math.min(length, 1 + random.nextInt(9_000)));
      }
    };
  }

  @Test
  void givenBlocksComputedBesideTheReading_whenVerified_thenNothingDiffers() throws Exception {
    var sample = sample(60);
    var copy = new ByteArrayOutputStream();
    try (var threads = Executors.newFixedThreadPool(2)) {
      Hands hands =
          work -> {
            var done = threads.submit(work);
            return () -> {
              try {
                done.get();
              } catch (InterruptedException | ExecutionException e) {
                throw new IOException(e);
              }
            };
          };

      var index = XorbReader.verify(drops(sample.body()), sample.hash(), copy, hands);

      assertThat(copy.toByteArray()).isEqualTo(sample.body());
      assertThat(index.chunks()).isEqualTo(sample.index().chunks());
      for (int i = 0; i < index.chunkCount(); i++) {
        assertThat(index.crc32c(i)).isEqualTo(sample.index().crc32c(i));
        assertThat(index.bodyEnd(i)).isEqualTo(sample.index().bodyEnd(i));
      }
    }
  }

  @Test
  void givenChunksHashedSideBySide_whenVerified_thenNothingDiffers() throws Exception {
    try (var _ = new ManyAtOnce()) {
      for (int bytesMax : new int[] {300, 9_000, XorbLimits.CHUNK_RAW_BYTES_MAX}) {
        for (int run : new int[] {1, 5, 70}) {
          var sample = sample(300, bytesMax, run);

          var index =
              XorbReader.verify(
                  drops(sample.body()), sample.hash(), OutputStream.nullOutputStream());

          assertThat(index.chunks()).as("%d, %d", bytesMax, run).isEqualTo(sample.index().chunks());
        }
      }
      requireFirstFaultNamed();
    }
  }

  @Test
  void givenTwoFaults_whenVerified_thenTheFirstOneInTheBodyIsNamed() throws Exception {
    requireFirstFaultNamed();
  }

  private static void requireFirstFaultNamed() throws Exception {
    var sample = sample(60);
    for (int broken : new int[] {1, 10, 30, 58}) {
      var body = sample.body().clone();
      int payload = sample.index().bodyStart(broken / 3 * 3 + 1) + ChunkHeader.BYTES;
      int header = sample.index().bodyStart(59);
      body[payload] ^= 1;
      body[header] = 7;

      var fault =
          Malformeds.of(
              () -> XorbReader.verify(drops(body), sample.hash(), OutputStream.nullOutputStream()));

      assertThat(fault.map(Malformed::offset)).as("chunk %d", broken).contains((long) payload);
    }
  }

  @Test
  void givenABodyOfManyMebibytes_whenVerifiedAgain_thenBlocksAreUsedAgain() throws Exception {
    var sample = sample(800);
    var hashed = new byte[CHUNK_BYTES];
    verify(sample);
    long hashing =
        allocated(
            () -> {
              for (int i = 0; i < sample.index().chunkCount(); i++) {
                XetHash.chunk(hashed, 0, sample.index().rawBytes(i));
              }
              assertThat(sample.index().xorbHash()).isEqualTo(sample.hash());
            });

    long all = allocated(() -> verify(sample));

    long each = (all - hashing) / (sample.body().length >> 20);
    System.out.println("verifying allocates " + each + " bytes per MiB beside hashing");
    assertThat(each).isLessThan(16 << 10);
  }

  private static long allocated(Malformeds.Work work) throws Exception {
    var threads = (ThreadMXBean) ManagementFactory.getThreadMXBean();
    long before = threads.getCurrentThreadAllocatedBytes();
    work.run();
    return threads.getCurrentThreadAllocatedBytes() - before;
  }

  private static void verify(Sample sample) throws IOException {
    XorbReader.verify(
        new ByteArrayInputStream(sample.body()), sample.hash(), OutputStream.nullOutputStream());
  }
}
