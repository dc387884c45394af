package dev.ashlar.chunker;

import dev.ashlar.core.hash.MerkleHash;
import java.util.HashMap;
import java.util.Map;
import org.jspecify.annotations.Nullable;

/**
 * The chunks that this file has stored itself, so that a repeated one is stored once.
 *
 * <p>Two generations of a bounded number of chunks: what has not been met again for some gigabytes
 * is forgotten, and stored again if it comes back.
 */
final class OwnChunks {
  private final int generationMax;
  private Map<MerkleHash, Place> young = new HashMap<>();
  private Map<MerkleHash, Place> old = Map.of();

  OwnChunks(int generationMax) {
    this.generationMax = generationMax;
  }

  @Nullable Place find(MerkleHash chunk) {
    var place = young.get(chunk);
    if (place == null) {
      place = old.get(chunk);
      if (place != null) {
        add(chunk, place);
      }
    }
    return place;
  }

  void add(MerkleHash chunk, Place place) {
    if (young.size() == generationMax) {
      old = young;
      young = new HashMap<>();
    }
    young.put(chunk, place);
  }
}
