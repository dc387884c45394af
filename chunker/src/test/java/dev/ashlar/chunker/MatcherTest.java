package dev.ashlar.chunker;

import static org.assertj.core.api.Assertions.assertThat;

import dev.ashlar.core.hash.MerkleHash;
import dev.ashlar.core.xorb.XorbIndex;
import java.util.ArrayList;
import java.util.Iterator;
import java.util.List;
import java.util.Random;
import org.junit.jupiter.api.Test;

final class MatcherTest {
  private final Random random = new Random(3);

  @Test
  void givenAXorbWithARepeatedChunk_whenLookedUp_thenTheFirstIsFoundAndOthersAreNot() {
    var chunks = hashes(500);
    chunks.set(400, chunks.get(7));
    var lookup = new ChunkLookup(xorb(chunks));

    for (int i = 0; i < chunks.size(); i++) {
      assertThat(lookup.find(chunks.get(i))).isEqualTo(i == 400 ? 7 : i);
    }
    assertThat(lookup.find(hash())).isEqualTo(-1);
    assertThat(lookup.has(499, chunks.get(499))).isTrue();
    assertThat(lookup.has(500, chunks.get(499))).isFalse();
  }

  @Test
  void givenMoreXorbsThanAreHeld_whenLoaded_thenTheOneUsedLeastLatelyIsForgotten() {
    var loaded = new LoadedXorbs();
    var chunks = hashes(66);
    for (int i = 0; i < 64; i++) {
      loaded.add(List.of(xorb(chunks.subList(i, i + 1))));
    }
    assertThat(loaded.holding(chunks.get(0))).isNotNull();

    loaded.add(List.of(xorb(chunks.subList(64, 65)), xorb(chunks.subList(65, 66))));

    assertThat(loaded.holding(chunks.get(0))).isNotNull();
    assertThat(loaded.holding(chunks.get(1))).isNull();
    assertThat(loaded.holding(chunks.get(2))).isNull();
    assertThat(loaded.holding(chunks.get(65))).isNotNull();
  }

  @Test
  void givenManyChunksOfAFile_whenOneIsMetAgain_thenItOutlivesTheOthers() {
    var own = new OwnChunks(10);
    var chunks = hashes(40);
    for (int i = 0; i < chunks.size(); i++) {
      own.add(chunks.get(i), new Place(new Place.Xorb.Own(0), i));
      assertThat(own.find(chunks.get(0))).isEqualTo(new Place(new Place.Xorb.Own(0), 0));
    }

    assertThat(own.find(chunks.get(1))).isNull();
    assertThat(own.find(chunks.get(39))).isNotNull();
  }

  @Test
  void givenAMatch_whenTheComingChunksEnd_thenOnlyWholeRunsCount() {
    var chunks = hashes(20);
    var lookup = new ChunkLookup(xorb(chunks));

    assertThat(lookup.hasRun(3, coming(chunks.subList(3, 10)), 7)).isTrue();
    assertThat(lookup.hasRun(3, coming(chunks.subList(3, 9)), 7)).isFalse();
    assertThat(lookup.hasRun(4, coming(chunks.subList(3, 10)), 7)).isFalse();
    assertThat(lookup.hasRun(18, coming(chunks.subList(18, 20)), 3)).isFalse();
  }

  @Test
  void givenShortTerms_whenWatched_thenItTakesLongOnesToComeBack() {
    var fragmentation = new Fragmentation();
    end(fragmentation, 127, 1);
    assertThat(fragmentation.isHigh()).isFalse();
    end(fragmentation, 1, 1);
    assertThat(fragmentation.isHigh()).isTrue();

    end(fragmentation, 128, 7);
    assertThat(fragmentation.isHigh()).isTrue();
    end(fragmentation, 128, 8);
    assertThat(fragmentation.isHigh()).isFalse();
    end(fragmentation, 128, 4);
    assertThat(fragmentation.isHigh()).isFalse();
    end(fragmentation, 1, 3);
    assertThat(fragmentation.isHigh()).isTrue();
  }

  private static void end(Fragmentation fragmentation, int terms, int chunks) {
    for (int i = 0; i < terms; i++) {
      fragmentation.ended(chunks);
    }
  }

  private static Iterator<MerkleHash> coming(List<MerkleHash> chunks) {
    return chunks.iterator();
  }

  private KnownXorb xorb(List<MerkleHash> chunks) {
    var index = new XorbIndex.Builder();
    for (var chunk : chunks) {
      index.add(chunk, 1, new byte[9], 0, 9);
    }
    return new KnownXorb(hash(), index.build());
  }

  private List<MerkleHash> hashes(int count) {
    var hashes = new ArrayList<MerkleHash>();
    for (int i = 0; i < count; i++) {
      hashes.add(hash());
    }
    return hashes;
  }

  private MerkleHash hash() {
    return new MerkleHash(
        random.nextLong(), random.nextLong(), random.nextLong(), random.nextLong());
  }
}
