package dev.ashlar.casserver.dedup;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.within;

import dev.ashlar.core.hash.MerkleHash;
import java.util.SplittableRandom;
import java.util.stream.IntStream;
import java.util.stream.Stream;
import org.junit.jupiter.api.Test;

class ChunkFilterTest {
  private static final FilterSize SIZE = FilterSize.DEFAULT;

  private static Stream<MerkleHash> chunks(long seed, int count) {
    var random = new SplittableRandom(seed);
    return Stream.generate(
            () ->
                new MerkleHash(
                    random.nextLong(), random.nextLong(), random.nextLong(), random.nextLong()))
        .limit(count);
  }

  @Test
  void givenAddedChunks_whenAsked_thenNoneIsDenied() {
    var filter = new ChunkFilter(1 << 16);

    IntStream.range(0, 20).parallel().forEach(seed -> chunks(seed, 500).forEach(filter::add));

    assertThat(IntStream.range(0, 20).boxed().flatMap(seed -> chunks(seed, 500)))
        .hasSize(10_000)
        .allMatch(filter::mayHold);
  }

  @Test
  void givenAShareOfFalsePositives_whenOthersAreAsked_thenAsManyAreTakenForAdded() {
    var filter = new ChunkFilter(1 << 16);
    chunks(1, 8_000).forEach(filter::add);

    double taken = chunks(2, 100_000).filter(filter::mayHold).count() / 100_000.0;

    assertThat(filter.falsePositives()).isCloseTo(taken, within(0.005)).isBetween(0.01, 0.04);
    assertThat(filter.chunks()).isBetween(7_900L, 8_000L);
  }

  @Test
  void givenAChunkAddedTwice_whenCounted_thenItIsOne() {
    var filter = new ChunkFilter(1 << 16);
    chunks(1, 10).forEach(filter::add);
    chunks(1, 10).forEach(filter::add);

    assertThat(filter.chunks()).isEqualTo(10);
  }

  @Test
  void givenNumbersOfChunks_whenFiltersAreMade_thenTheyHaveRoomAndABound() {
    assertThat(SIZE.forChunks(0).bits()).isEqualTo(1 << 16);
    assertThat(SIZE.forChunks(1_000_000).bits()).isEqualTo(1 << 25);
    assertThat(SIZE.forChunks(Integer.MAX_VALUE).bits() / 8).isEqualTo(16 << 20);
    assertThat(SIZE.larger(new ChunkFilter(1 << 16)).bits()).isEqualTo(1 << 18);
    assertThat(SIZE.larger(new ChunkFilter(1 << 26)).bits()).isEqualTo(1 << 27);
  }
}
