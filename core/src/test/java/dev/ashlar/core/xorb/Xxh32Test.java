package dev.ashlar.core.xorb;

import static org.assertj.core.api.Assertions.assertThat;

import io.airlift.compress.v3.xxhash.XxHash32Hasher;
import java.util.Random;
import org.junit.jupiter.api.Test;

final class Xxh32Test {
  @Test
  void givenTheEmptyText_whenSummed_thenTheSpecificationsValueComes() {
    assertThat(Xxh32.of(new byte[0], 0, 0)).isEqualTo(0x02CC5D05);
  }

  @Test
  void givenAnyLength_whenSummed_thenTheLibraryAgrees() {
    long seed = 5;
    var random = new Random(seed);
    for (int length = 0; length < 3000; length += 1 + length / 20) {
      var bytes = new byte[length + 3];
      random.nextBytes(bytes);

      int sum = Xxh32.of(bytes, 3, length);

      assertThat(sum)
          .as("seed %d, length %d", seed, length)
          .isEqualTo(XxHash32Hasher.hash(bytes, 3, length));
    }
  }
}
