package dev.ashlar.core.hash;

import static org.assertj.core.api.Assertions.assertThat;

import java.util.HashSet;
import org.junit.jupiter.api.Test;

final class TableHashTest {
  @Test
  void givenNamesThatDifferInAnyOneHalf_whenPutIntoATable_thenTheyHardlyCollide() {
    for (int half = 0; half < 8; half++) {
      var codes = new HashSet<Integer>();
      for (long value = 0; value < 4096; value++) {
        var words = new long[4];
        words[half / 2] = half % 2 == 0 ? value : value << 32;
        codes.add(new MerkleHash(words[0], words[1], words[2], words[3]).hashCode());
      }

      assertThat(codes.size()).as("half %d", half).isGreaterThan(3000);
    }
  }

  @Test
  void givenEqualNames_whenHashed_thenTheCodesAreEqual() {
    assertThat(new MerkleHash(1, 2, 3, 4)).hasSameHashCodeAs(new MerkleHash(1, 2, 3, 4));
    assertThat(new Sha256(1, 2, 3, 4)).hasSameHashCodeAs(new Sha256(1, 2, 3, 4));
  }
}
