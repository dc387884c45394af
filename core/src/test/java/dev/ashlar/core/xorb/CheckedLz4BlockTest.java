package dev.ashlar.core.xorb;

import static org.assertj.core.api.Assertions.assertThat;

import dev.ashlar.core.problem.Problem.Malformed;
import io.airlift.compress.v3.lz4.Lz4JavaCompressor;
import java.util.Arrays;
import java.util.Optional;
import java.util.Random;
import org.junit.jupiter.api.Test;

final class CheckedLz4BlockTest {
  private static final int ROUNDS = 300_000;

  private final BlockDecoder checked = new CheckedLz4Block(NativeLz4Block.load());

  @Test
  void givenDamagedBlocks_whenDecodedByTheLibrary_thenTheOutcomeIsThatOfOurOwnDecoder()
      throws Exception {
    long seed = 20261128;
    var random = new Random(seed);
    var compressor = new Lz4JavaCompressor();
    int zeros = 0;
    int accepted = 0;
    for (int round = 0; round < ROUNDS; round++) {
      var raw = repeating(random, 1 + random.nextInt(400));
      var block = new byte[compressor.maxCompressedLength(raw.length)];
      int bytes = compressor.compress(raw, 0, raw.length, block, 0, block.length);
      int damages = random.nextInt(4);
      for (int i = 0; i < damages; i++) {
        damage(random, block, bytes);
      }
      var ours = new byte[raw.length + random.nextInt(2) * 50];
      var theirs = new byte[ours.length];
      Arrays.fill(theirs, (byte) 'x');
      var end = new int[2];

      var expected = fault(Lz4Block::decode, block, bytes, ours, end, 0);
      var got = fault(checked, block, bytes, theirs, end, 1);

      assertThat(got).as("seed %d, round %d", seed, round).isEqualTo(expected);
      if (expected.isEmpty()) {
        accepted++;
        assertThat(end[1]).as("seed %d, round %d", seed, round).isEqualTo(end[0]);
        assertThat(Arrays.equals(ours, 0, end[0], theirs, 0, end[0]))
            .as("seed %d, round %d", seed, round)
            .isTrue();
      } else if (expected.get().reason().equals("an LZ4 match starts 0 bytes back")) {
        zeros++;
      }
    }
    assertThat(zeros).isGreaterThan(ROUNDS / 100);
    assertThat(accepted).isGreaterThan(ROUNDS / 10);
  }

  @Test
  void givenBytesWithoutZeros_whenSomeAreZero_thenFourInARowAreAlwaysSeen() {
    for (int length = 0; length <= 40; length++) {
      var bytes = new byte[3 + length + 3];
      for (int at = 3; at + 4 <= 3 + length; at++) {
        Arrays.fill(bytes, (byte) 'x');
        Arrays.fill(bytes, at, at + 4, (byte) 0);
        assertThat(CheckedLz4Block.mayHoldFourZeros(bytes, 3, 3 + length))
            .as("zeros at %d of %d", at - 3, length)
            .isTrue();
        bytes[at + 1 + at % 2] = 'x';
        if (length > 8) {
          assertThat(CheckedLz4Block.mayHoldFourZeros(bytes, 3, 3 + length)).isFalse();
        }
      }
    }
  }

  private static Optional<Malformed> fault(
      BlockDecoder decoder, byte[] block, int bytes, byte[] target, int[] ends, int which)
      throws Exception {
    return Malformeds.of(
        () ->
            ends[which] = decoder.decode(block, 0, bytes, target, 0, 0, target.length, 1_000_000));
  }

  /** Bytes of which most repeat those some places before, zeros among them. */
  private static byte[] repeating(Random random, int length) {
    var bytes = new byte[length];
    int back = 1 + random.nextInt(40);
    int values = 1 + random.nextInt(250);
    for (int i = 0; i < length; i++) {
      bytes[i] =
          i < back || random.nextInt(5) == 0 ? (byte) random.nextInt(values) : bytes[i - back];
    }
    return bytes;
  }

  /** Flips a bit, or makes a byte or two next to each other small or zero. */
  private static void damage(Random random, byte[] block, int bytes) {
    int at = random.nextInt(bytes);
    switch (random.nextInt(3)) {
      case 0 -> block[at] ^= (byte) (1 << random.nextInt(8));
      case 1 -> block[at] = (byte) random.nextInt(3);
      default -> Arrays.fill(block, at, Math.min(at + 2, bytes), (byte) 0);
    }
  }
}
