package dev.ashlar.chunker;

import dev.ashlar.core.hash.MerkleHash;
import java.util.ArrayList;
import java.util.List;
import org.jspecify.annotations.Nullable;

/** The stored xorbs that were near lately, the one used last in front; a bounded number. */
final class LoadedXorbs {
  private static final int XORBS_MAX = 64;

  private final List<ChunkLookup> loaded = new ArrayList<>();

  /** The xorb that holds the chunk, or null; it becomes the first to be asked. */
  @Nullable ChunkLookup holding(MerkleHash chunk) {
    for (int i = 0; i < loaded.size(); i++) {
      var candidate = loaded.get(i);
      if (candidate.find(chunk) >= 0) {
        if (i > 0) {
          loaded.remove(i);
          loaded.addFirst(candidate);
        }
        return candidate;
      }
    }
    return null;
  }

  /** Loads xorbs, the best first; those used least lately make room. */
  void add(List<KnownXorb> xorbs) {
    var fresh = new ArrayList<ChunkLookup>();
    for (var xorb : xorbs) {
      if (fresh.size() < XORBS_MAX && !isLoaded(xorb.hash())) {
        fresh.add(new ChunkLookup(xorb));
      }
    }
    loaded.addAll(0, fresh);
    while (loaded.size() > XORBS_MAX) {
      loaded.removeLast();
    }
  }

  private boolean isLoaded(MerkleHash xorb) {
    return loaded.stream().anyMatch(lookup -> lookup.hash().equals(xorb));
  }
}
