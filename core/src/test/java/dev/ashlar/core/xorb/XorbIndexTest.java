package dev.ashlar.core.xorb;

import static org.assertj.core.api.Assertions.assertThat;

import dev.ashlar.core.hash.HashedChunk;
import dev.ashlar.core.hash.MerkleHash;
import java.util.Random;
import org.junit.jupiter.api.Test;

final class XorbIndexTest {
  @Test
  void givenManyChunks_whenTheEligibleAreAskedFor_thenTheyAreThoseByEachHash() {
    long seed = 20261127;
    var random = new Random(seed);
    var builder = new XorbIndex.Builder();
    var hash = new byte[MerkleHash.BYTES];
    var stored = new byte[ChunkHeader.BYTES + 1];
    for (int i = 0; i < XorbLimits.CHUNKS_MAX; i++) {
      random.nextBytes(hash);
      builder.add(MerkleHash.of(hash), 1, stored, 0, stored.length);
    }
    var index = builder.build();

    var eligible = index.eligible();

    assertThat(eligible)
        .as("seed %d", seed)
        .isNotEmpty()
        .containsExactlyElementsOf(
            index.chunks().stream().map(HashedChunk::hash).filter(MerkleHash::isEligible).toList());
  }
}
