package dev.ashlar.reconstruction;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import dev.ashlar.core.hash.MerkleHash;
import dev.ashlar.core.manifest.ByteRange;
import dev.ashlar.core.manifest.FileManifest;
import dev.ashlar.core.xorb.CorruptXorbException;
import java.io.ByteArrayOutputStream;
import java.io.EOFException;
import java.io.IOException;
import java.io.OutputStream;
import java.util.ArrayList;
import java.util.Arrays;
import java.util.HashSet;
import java.util.List;
import java.util.Random;
import java.util.concurrent.Executors;
import java.util.concurrent.Future;
import java.util.concurrent.atomic.AtomicInteger;
import java.util.concurrent.locks.LockSupport;
import org.junit.jupiter.api.Test;

final class AssemblerTest {
  private final MemoryXorbs xorbs = new MemoryXorbs();
  private final AtomicInteger reading = new AtomicInteger();
  private final AtomicInteger reads = new AtomicInteger();

  @Test
  void givenAnyManifestAndRange_whenAssembled_thenTheBytesAreThoseOfTheFile() throws IOException {
    long seed = new Random().nextLong();
    var random = new Random(seed);
    for (int i = 0; i < 3; i++) {
      xorbs.addRandom(random, 1 + random.nextInt(40), 131_072);
    }
    for (int round = 0; round < 20; round++) {
      var manifest = xorbs.manifest(random, 1 + random.nextInt(6));
      var content = xorbs.content(manifest);
      int start = random.nextInt(content.length);
      int end = start + 1 + random.nextInt(content.length - start);
      var out = new ByteArrayOutputStream();

      assembler(xorbs).write(plan(manifest, start, end), out);

      assertThat(out.toByteArray())
          .as("seed %d, round %d", seed, round)
          .isEqualTo(Arrays.copyOfRange(content, start, end));
    }
  }

  @Test
  void givenAnEmptyFile_whenAssembled_thenNothingIsWritten() throws IOException {
    var out = new ByteArrayOutputStream();

    assembler(xorbs).write(plan(new FileManifest(MerkleHash.ZERO, List.of()), 0, 0), out);

    assertThat(out.size()).isZero();
  }

  @Test
  void givenALongFile_whenTheReaderIsSlow_thenOnlyAFewPiecesAreReadAhead() throws IOException {
    var manifest = longFile();
    var content = xorbs.content(manifest);
    var gaps = new AtomicInteger();
    var out =
        new ByteArrayOutputStream() {
          private int writes;

          @Override
          public synchronized void write(byte[] bytes, int offset, int length) {
            gaps.accumulateAndGet(reads.get() - ++writes, Math::max);
            super.write(bytes, offset, length);
          }
        };

    assembler(counted(xorbs)).write(plan(manifest, 0, content.length), out);

    assertThat(out.toByteArray()).isEqualTo(content);
    assertThat(reads.get()).isGreaterThan(8);
    assertThat(gaps.get()).isLessThanOrEqualTo(4);
    assertThat(reading.get()).isZero();
    assertThat(Blocks.free()).isEqualTo(Blocks.COUNT_MAX);
  }

  @Test
  void givenTermsThatFollowEachOtherInAXorb_whenAssembled_thenTheyAreReadAsOne()
      throws IOException {
    var random = new Random(20261127);
    var xorb = xorbs.add(random, 1_000, 2_000, 3_000, 4_000, 5_000, 6_000);
    var other = xorbs.add(random, 7_000);
    var ranges = new ArrayList<String>();
    RangeReader watched =
        (of, chunks, target) -> {
          synchronized (ranges) {
            ranges.add((of.equals(xorb) ? "" : "other ") + chunks.start() + ".." + chunks.end());
          }
          xorbs.read(of, chunks, target);
        };
    var terms =
        List.of(
            xorbs.term(xorb, 0, 1),
            xorbs.term(xorb, 1, 3),
            xorbs.term(xorb, 3, 4),
            xorbs.term(other, 0, 1),
            xorbs.term(xorb, 4, 5),
            xorbs.term(xorb, 4, 5),
            xorbs.term(xorb, 5, 6));
    var manifest = new FileManifest(MerkleHash.ZERO, terms);
    var out = new ByteArrayOutputStream();

    assembler(watched).write(plan(manifest, 0, xorbs.content(manifest).length), out);

    assertThat(out.toByteArray()).isEqualTo(xorbs.content(manifest));
    assertThat(ranges).containsExactlyInAnyOrder("0..4", "other 0..1", "4..5", "4..6");
  }

  @Test
  void givenASmallRangeOfOneTerm_whenAssembled_thenTheCallersThreadReadsIt() throws IOException {
    var manifest = longFile();
    var content = xorbs.content(manifest);
    var readers = new HashSet<Thread>();
    RangeReader watched =
        (xorb, chunks, target) -> {
          readers.add(Thread.currentThread());
          xorbs.read(xorb, chunks, target);
        };
    var out = new ByteArrayOutputStream();

    assembler(counted(watched)).write(plan(manifest, 1_000_000, 2_500_000), out);

    assertThat(out.toByteArray()).isEqualTo(Arrays.copyOfRange(content, 1_000_000, 2_500_000));
    assertThat(readers).containsExactly(Thread.currentThread());
  }

  @Test
  void givenARangeThatFails_whenAssembled_thenTheWholeFailsAndNothingIsPutInItsPlace() {
    var manifest = longFile();
    var content = xorbs.content(manifest);
    RangeReader failing =
        (xorb, chunks, target) -> {
          if (chunks.start() > 40) {
            throw new IOException("the disk is gone");
          }
          xorbs.read(xorb, chunks, target);
        };

    var out = new ByteArrayOutputStream();
    assertThatThrownBy(
            () -> assembler(counted(failing)).write(plan(manifest, 0, content.length), out))
        .isInstanceOf(IOException.class)
        .hasMessage("the disk is gone");

    assertThat(out.size()).isLessThan(content.length);
    assertThat(out.toByteArray()).isEqualTo(Arrays.copyOf(content, out.size()));
    assertThat(reading.get()).isZero();
    assertThat(Blocks.free()).isEqualTo(Blocks.COUNT_MAX);
  }

  @Test
  void givenAnOutputThatCloses_whenAssembled_thenReadingStops() {
    var manifest = longFile();
    var closed =
        new OutputStream() {
          @Override
          public void write(int b) throws IOException {
            throw new IOException("closed");
          }
        };

    assertThatThrownBy(
            () -> assembler(counted(xorbs)).write(plan(manifest, 0, manifest.bytes()), closed))
        .hasMessage("closed");

    assertThat(reads.get()).isLessThanOrEqualTo(4);
    assertThat(reading.get()).isZero();
    assertThat(Blocks.free()).isEqualTo(Blocks.COUNT_MAX);
  }

  @Test
  void givenABodyThatEndsEarly_whenAssembled_thenItFails() {
    var manifest = longFile();
    RangeReader shortened =
        (xorb, chunks, target) -> {
          xorbs.read(xorb, chunks, target);
          target.position(target.position() - 1);
        };

    assertThatThrownBy(() -> assembler(shortened).write(plan(manifest, 0, 10), discard()))
        .isInstanceOf(EOFException.class);
    assertThat(Blocks.free()).isEqualTo(Blocks.COUNT_MAX);
  }

  @Test
  void givenAStoredChunkThatChanged_whenAssembled_thenItIsCorruptAndNotTheCallersFault() {
    var manifest = longFile();
    var body = xorbs.body(manifest.terms().getFirst().xorb());
    int position = 5;
    body[position] ^= 1;

    assertThatThrownBy(() -> assembler(xorbs).write(plan(manifest, 0, 10), discard()))
        .isInstanceOf(CorruptXorbException.class);
    assertThat(Blocks.free()).isEqualTo(Blocks.COUNT_MAX);
  }

  @Test
  void givenMoreReadersThanThereIsMemoryFor_whenAssembled_thenTheyWaitForItAndGetAllBytes()
      throws Exception {
    var manifest = longFile();
    int bytes = 3_000_000;
    var content = Arrays.copyOf(xorbs.content(manifest), bytes);
    var most = new AtomicInteger();
    RangeReader slow =
        (xorb, chunks, target) -> {
          most.accumulateAndGet(reading.get(), Math::max);
          LockSupport.parkNanos(10_000_000);
          xorbs.read(xorb, chunks, target);
        };
    var readers = new ArrayList<Future<byte[]>>();
    try (var threads = Executors.newVirtualThreadPerTaskExecutor()) {
      for (int i = 0; i < Blocks.COUNT_MAX / 2; i++) {
        readers.add(
            threads.submit(
                () -> {
                  var out = new ByteArrayOutputStream();
                  assembler(counted(slow)).write(plan(manifest, 0, bytes), out);
                  return out.toByteArray();
                }));
      }
    }

    for (var reader : readers) {
      assertThat(Arrays.equals(reader.get(), content)).isTrue();
    }
    assertThat(most.get()).isBetween(1, Blocks.COUNT_MAX);
    assertThat(Blocks.free()).isEqualTo(Blocks.COUNT_MAX);
  }

  private FileManifest longFile() {
    var random = new Random(8);
    var xorb = xorbs.addRandom(random, 160, 131_072);
    return new FileManifest(MerkleHash.ZERO, List.of(xorbs.term(xorb, 0, 160)));
  }

  private Assembler assembler(RangeReader reader) {
    return new Assembler(reader, xorbs::index);
  }

  private ReconstructionPlan plan(FileManifest manifest, long start, long end) {
    return ReconstructionPlan.of(manifest, new ByteRange(start, end), xorbs::index);
  }

  private static OutputStream discard() {
    return OutputStream.nullOutputStream();
  }

  private RangeReader counted(RangeReader reader) {
    return (xorb, chunks, target) -> {
      reads.incrementAndGet();
      reading.incrementAndGet();
      try {
        reader.read(xorb, chunks, target);
      } finally {
        reading.decrementAndGet();
      }
    };
  }
}
