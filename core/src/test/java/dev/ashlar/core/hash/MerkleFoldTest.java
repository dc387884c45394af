package dev.ashlar.core.hash;

import static org.assertj.core.api.Assertions.assertThat;

import java.util.ArrayList;
import java.util.Random;
import org.junit.jupiter.api.Test;

final class MerkleFoldTest {
  @Test
  void givenAnyNumberOfChunks_whenFoldedOneByOne_thenTheFileHashIsThatOfTheList() {
    long seed = 20261122;
    var random = new Random(seed);
    for (int count = 0; count < 3000; count += 1 + count / 40) {
      var chunks = new ArrayList<HashedChunk>();
      var fold = new MerkleFold();
      for (int i = 0; i < count; i++) {
        var hash =
            new MerkleHash(
                random.nextLong(), random.nextLong(), random.nextLong(), random.nextLong());
        chunks.add(new HashedChunk(hash, random.nextInt(1, 131073)));
        fold.add(chunks.getLast());
      }

      assertThat(fold.file()).as("seed %d, %d chunks", seed, count).isEqualTo(XetHash.file(chunks));
    }
  }
}
