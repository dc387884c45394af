package dev.ashlar.core.xorb;

import static org.assertj.core.api.Assertions.assertThat;

import java.io.ByteArrayOutputStream;
import java.util.Arrays;
import java.util.Random;
import org.junit.jupiter.api.Test;

final class Lz4LongMatchTest {
  /** One sequence that repeats the last bytes of its literals, and one last literal. */
  private static byte[] block(byte[] literals, int distance, int length) {
    var block = new ByteArrayOutputStream();
    block.write(0xFF);
    count(block, literals.length - 15);
    block.writeBytes(literals);
    block.write(distance);
    block.write(distance >> 8);
    count(block, length - 4 - 15);
    block.write(0x10);
    block.write('.');
    return block.toByteArray();
  }

  private static void count(ByteArrayOutputStream block, int rest) {
    int left = rest;
    for (; left >= 255; left -= 255) {
      block.write(255);
    }
    block.write(left);
  }

  @Test
  void givenAnyDistanceAndLength_whenAMatchIsCopied_thenItRepeatsByteAfterByte() {
    long seed = 20261127;
    var library = new NativeLz4Block();
    var literals = new byte[200];
    new Random(seed).nextBytes(literals);
    for (int distance = 1; distance <= literals.length; distance++) {
      for (int length = 19; length <= 700; length += 1 + length / 40) {
        var block = block(literals, distance, length);
        var expected = Arrays.copyOf(literals, literals.length + length + 1);
        for (int i = literals.length; i < literals.length + length; i++) {
          expected[i] = expected[i - distance];
        }
        expected[expected.length - 1] = '.';
        var decoded = new byte[expected.length];

        int end = Lz4Block.decode(block, 0, block.length, decoded, 0, 0, decoded.length, 0);

        assertThat(end).isEqualTo(decoded.length);
        assertThat(decoded).as("distance %d, length %d", distance, length).isEqualTo(expected);
        Arrays.fill(decoded, (byte) 0);
        library.decode(block, 0, block.length, decoded, 0, 0, decoded.length, 0);
        assertThat(decoded).as("library, %d, %d", distance, length).isEqualTo(expected);
      }
    }
  }
}
