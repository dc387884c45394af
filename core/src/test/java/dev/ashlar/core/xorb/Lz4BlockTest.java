package dev.ashlar.core.xorb;

import static org.assertj.core.api.Assertions.assertThat;

import io.airlift.compress.v3.lz4.Lz4JavaCompressor;
import java.io.ByteArrayInputStream;
import java.io.ByteArrayOutputStream;
import java.io.IOException;
import java.util.Arrays;
import java.util.Random;
import org.junit.jupiter.api.Test;

final class Lz4BlockTest {
  private static final byte CANARY = 0x55;
  private static final int MARGIN = 32;

  @Test
  void givenBlocksOfTheLibrary_whenDecoded_thenTheBytesAreTheSame() {
    long seed = 2;
    var random = new Random(seed);
    var compressor = new Lz4JavaCompressor();
    for (int length = 1; length <= XorbLimits.CHUNK_RAW_BYTES_MAX; length += 1 + length / 11) {
      var raw = ChunkMaker.bytes(random, length);
      var block = new byte[compressor.maxCompressedLength(length)];
      int bytes = compressor.compress(raw, 0, length, block, 0, block.length);

      var target = new byte[length];
      int end = Lz4Block.decode(block, 0, bytes, target, 0, 0, length, 0);

      assertThat(end).as("seed %d, length %d", seed, length).isEqualTo(length);
      assertThat(target).as("seed %d, length %d", seed, length).isEqualTo(raw);
    }
  }

  @Test
  void givenDamagedBlocks_whenDecoded_thenNothingOutsideTheTargetChanges() throws Exception {
    long seed = 3;
    var random = new Random(seed);
    var compressor = new Lz4JavaCompressor();
    int accepted = 0;
    for (int round = 0; round < 20_000; round++) {
      int length = 1 + random.nextInt(300);
      var raw = ChunkMaker.bytes(random, length);
      var block = new byte[compressor.maxCompressedLength(length)];
      int bytes = compressor.compress(raw, 0, length, block, 0, block.length);
      for (int damage = 0; damage < 3; damage++) {
        block[random.nextInt(bytes)] ^= (byte) (1 << random.nextInt(8));
      }
      var target = new byte[MARGIN + length + MARGIN];
      Arrays.fill(target, CANARY);

      var end = new int[1];
      var fault =
          Malformeds.of(
              () ->
                  end[0] =
                      Lz4Block.decode(block, 0, bytes, target, MARGIN, MARGIN, MARGIN + length, 0));

      assertThat(Arrays.copyOf(target, MARGIN)).as("round %d", round).containsOnly(CANARY);
      assertThat(Arrays.copyOfRange(target, MARGIN + length, target.length))
          .as("round %d", round)
          .containsOnly(CANARY);
      if (fault.isEmpty()) {
        accepted++;
        assertThat(Arrays.copyOfRange(target, MARGIN, end[0]))
            .as("seed %d, round %d", seed, round)
            .isEqualTo(slowly(block, bytes));
      } else {
        assertThat(fault.get().offset()).as("round %d", round).isBetween(0L, (long) bytes);
      }
    }
    assertThat(accepted).isPositive();
  }

  /** The format read byte by byte, for blocks that are whole. */
  private static byte[] slowly(byte[] block, int bytes) throws IOException {
    var out = new ByteArrayOutputStream();
    var in = new ByteArrayInputStream(block, 0, bytes);
    while (true) {
      int token = in.read();
      out.writeBytes(in.readNBytes(extended(token >> 4, in)));
      if (in.available() == 0) {
        return out.toByteArray();
      }
      int distance = in.read() | in.read() << 8;
      int length = 4 + extended(token & 15, in);
      for (int i = 0; i < length; i++) {
        out.write(out.toByteArray()[out.size() - distance]);
      }
    }
  }

  private static int extended(int count, ByteArrayInputStream in) {
    int sum = count;
    for (int more = count == 15 ? 255 : 0; more == 255; ) {
      more = in.read();
      sum += more;
    }
    return sum;
  }
}
