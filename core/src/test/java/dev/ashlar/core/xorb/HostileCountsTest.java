package dev.ashlar.core.xorb;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import com.sun.management.ThreadMXBean;
import dev.ashlar.core.golden.GoldenFiles;
import dev.ashlar.core.hash.MerkleHash;
import dev.ashlar.core.shard.ShardFile;
import dev.ashlar.core.shard.ShardReader;
import dev.ashlar.core.shard.ShardVisitor;
import dev.ashlar.core.shard.ShardXorb;
import java.io.ByteArrayInputStream;
import java.io.OutputStream;
import java.lang.management.ManagementFactory;
import java.nio.ByteBuffer;
import java.nio.ByteOrder;
import java.util.Arrays;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;

/** Lengths and counts of the largest numbers, and next to nothing behind them. */
final class HostileCountsTest {
  private static final long ALLOCATED_BYTES_MAX = 512 << 10;
  private static final ShardVisitor NOBODY =
      new ShardVisitor() {
        @Override
        public void file(ShardFile file) {}

        @Override
        public void xorb(ShardXorb xorb) {}
      };

  @ParameterizedTest
  @ValueSource(longs = {-1, 0x00020000_01FFFF00L, 0x00020001_00040000L, 0x00020002_00040000L})
  void givenAChunkHeader_whenItPromisesTheMost_thenLittleIsAllocated(long header) throws Exception {
    var bytes = ByteBuffer.allocate(8).order(ByteOrder.LITTLE_ENDIAN).putLong(header).array();

    requireMalformed(
        () ->
            XorbReader.verify(
                new ByteArrayInputStream(bytes), MerkleHash.ZERO, OutputStream.nullOutputStream()));
  }

  /** Every word of the first blocks, whether it is a count or not, with and without a budget. */
  @Test
  void givenAShard_whenAnyWordIsTheLargest_thenLittleIsAllocated() throws Exception {
    for (var name : new String[] {"one-file", "three-files", "dedup-keyed", "no-sha256"}) {
      var golden = GoldenFiles.bytes("shards/" + name + ".bin");
      for (int at = 0; at + 4 <= golden.length; at += 4) {
        for (int value : new int[] {-1, Integer.MAX_VALUE, Integer.MIN_VALUE}) {
          var shard = golden.clone();
          ByteBuffer.wrap(shard).order(ByteOrder.LITTLE_ENDIAN).putInt(at, value);
          for (long budget : new long[] {shard.length, 64 << 20, Long.MAX_VALUE}) {
            requireLittle(
                () ->
                    Malformeds.of(
                        () -> ShardReader.read(new ByteArrayInputStream(shard), budget, NOBODY)));
          }
        }
      }
    }
  }

  @Test
  void givenATail_whenAnyWordIsTheLargest_thenLittleIsAllocated() throws Exception {
    var golden = GoldenXorb.of("none-random");
    var tail = XorbFooter.write(golden.hash(), golden.index());
    long objectBytes = golden.index().bodyBytes() + tail.length;
    for (int at = 0; at + 4 <= tail.length; at++) {
      for (int value : new int[] {-1, Integer.MAX_VALUE, Integer.MIN_VALUE}) {
        var hostile = tail.clone();
        ByteBuffer.wrap(hostile).order(ByteOrder.LITTLE_ENDIAN).putInt(at, value);
        if (!Arrays.equals(hostile, tail)) {
          requireLittle(
              () ->
                  assertThatThrownBy(() -> XorbFooter.read(hostile, objectBytes))
                      .isInstanceOf(CorruptXorbException.class));
        }
      }
    }
  }

  private static void requireMalformed(Malformeds.Work work) throws Exception {
    requireLittle(() -> assertThat(Malformeds.of(work)).isPresent());
  }

  /**
   * The sum of allocations counts, short-lived ones included. The first run is not measured, as
   * classes are loaded in it.
   */
  private static void requireLittle(Malformeds.Work work) throws Exception {
    work.run();
    var threads = (ThreadMXBean) ManagementFactory.getThreadMXBean();
    long before = threads.getCurrentThreadAllocatedBytes();
    work.run();
    assertThat(threads.getCurrentThreadAllocatedBytes() - before).isLessThan(ALLOCATED_BYTES_MAX);
  }
}
