package dev.ashlar.casserver.xet;

import com.github.benmanes.caffeine.cache.Cache;
import com.github.benmanes.caffeine.cache.Caffeine;
import dev.ashlar.core.hash.MerkleHash;
import dev.ashlar.core.manifest.ByteRange;
import dev.ashlar.core.manifest.Term;
import dev.ashlar.metadata.FileContents.Content;
import dev.ashlar.objectstore.StoredXorbs;
import dev.ashlar.reconstruction.Fetch;
import dev.ashlar.reconstruction.ReconstructionPlan;
import java.util.List;
import java.util.Map;
import java.util.SequencedMap;

/**
 * Plans of reconstruction. What a whole file fetches is remembered as long as its content is; it
 * follows from that and from the indexes of its xorbs, which only damage makes doubtful.
 */
final class FilePlans {
  private static final long MEMORY_BYTES = 16 << 20;
  private static final int FILE_BYTES = 400;
  private static final int XORB_BYTES = 200;
  private static final int FETCH_BYTES = 100;

  private final StoredXorbs store;
  private final Cache<Content, Remembered> remembered;

  FilePlans(StoredXorbs store) {
    this.store = store;
    this.remembered =
        Caffeine.newBuilder()
            .weakKeys()
            .maximumWeight(MEMORY_BYTES)
            .weigher((Content _, Remembered whole) -> bytes(whole.fetches()))
            .build();
  }

  /** A plan; its fetches are by xorb and ascend. */
  record Plan(
      long offsetIntoFirstRange, List<Term> terms, SequencedMap<MerkleHash, List<Fetch>> fetches) {}

  private record Remembered(long damagedReads, SequencedMap<MerkleHash, List<Fetch>> fetches) {}

  private static int bytes(Map<MerkleHash, List<Fetch>> fetches) {
    int count = fetches.values().stream().mapToInt(List::size).sum();
    return FILE_BYTES + fetches.size() * XORB_BYTES + count * FETCH_BYTES;
  }

  /** Plans a range that ends within the file, like {@link ReconstructionPlan#of}. */
  Plan of(HeldFiles.Held held, ByteRange range) {
    var manifest = held.manifest();
    if (range.start() == 0 && range.end() == manifest.bytes()) {
      return new Plan(0, manifest.terms(), wholeFetches(held, range));
    }
    var plan = ReconstructionPlan.of(manifest, range, held.xorbs()::index);
    return new Plan(plan.offsetIntoFirstRange(), plan.terms(), plan.fetchesByXorb());
  }

  private SequencedMap<MerkleHash, List<Fetch>> wholeFetches(HeldFiles.Held held, ByteRange whole) {
    long damagedReads = store.damagedReads();
    var known = remembered.getIfPresent(held.content());
    if (known != null && known.damagedReads() == damagedReads) {
      return known.fetches();
    }
    var plan = ReconstructionPlan.of(held.manifest(), whole, held.xorbs()::index);
    var fetches = plan.fetchesByXorb();
    remembered.put(held.content(), new Remembered(damagedReads, fetches));
    return fetches;
  }
}
