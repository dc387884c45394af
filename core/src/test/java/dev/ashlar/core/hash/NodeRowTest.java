package dev.ashlar.core.hash;

import static org.assertj.core.api.Assertions.assertThat;

import java.util.ArrayList;
import java.util.Random;
import org.junit.jupiter.api.Test;

final class NodeRowTest {
  @Test
  void givenAnyNumberOfChunks_whenHashedInArrays_thenTheXorbHashIsThatOfTheList() {
    long seed = 20261127;
    var random = new Random(seed);
    for (int count = 0; count < 3000; count += 1 + count / 40) {
      var chunks = new ArrayList<HashedChunk>();
      var hashes = new byte[(count + 1) * MerkleHash.BYTES];
      var ends = new int[count + 1];
      int end = 0;
      for (int i = 0; i < count; i++) {
        int bytes = random.nextInt(1, i % 5 == 0 ? 12 : 22_000);
        var hash =
            new MerkleHash(
                random.nextLong(), random.nextLong(), random.nextLong(), random.nextLong());
        chunks.add(new HashedChunk(hash, bytes));
        hash.write(hashes, i * MerkleHash.BYTES);
        end += bytes;
        ends[i] = end;
      }

      assertThat(XetHash.xorb(hashes, ends, count))
          .as("seed %d, %d chunks", seed, count)
          .isEqualTo(XetHash.xorb(chunks));
    }
  }
}
