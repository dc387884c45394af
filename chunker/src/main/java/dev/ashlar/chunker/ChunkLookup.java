package dev.ashlar.chunker;

import dev.ashlar.core.hash.MerkleHash;
import java.util.Iterator;

/**
 * A stored xorb's chunks by hash: an open-addressing table of chunk numbers, eight bytes a chunk.
 *
 * <p>Of equal chunks it knows the first.
 */
final class ChunkLookup {
  private final KnownXorb xorb;
  private final Place.Xorb name;
  private final int[] slots;

  ChunkLookup(KnownXorb xorb) {
    this.xorb = xorb;
    this.name = new Place.Xorb.Stored(xorb.hash());
    int chunks = xorb.index().chunkCount();
    this.slots = new int[Integer.highestOneBit(chunks) << 2];
    for (int i = 0; i < chunks; i++) {
      int slot = slot(xorb.index().hash(i));
      if (slots[slot] == 0) {
        slots[slot] = i + 1;
      }
    }
  }

  /** The slot that holds the hash, or the free one where it belongs. */
  private int slot(MerkleHash hash) {
    int slot = hash.hashCode() & slots.length - 1;
    while (slots[slot] != 0 && !xorb.index().hash(slots[slot] - 1).equals(hash)) {
      slot = slot + 1 & slots.length - 1;
    }
    return slot;
  }

  MerkleHash hash() {
    return xorb.hash();
  }

  /** The number of the first chunk with this hash, or -1. */
  int find(MerkleHash hash) {
    return slots[slot(hash)] - 1;
  }

  /** True when the xorb has a chunk of this number, with this hash. */
  boolean has(int chunk, MerkleHash hash) {
    return chunk < xorb.index().chunkCount() && xorb.index().hash(chunk).equals(hash);
  }

  /** True when the chunks from {@code chunk} on are the coming ones, at least {@code count}. */
  boolean hasRun(int chunk, Iterator<MerkleHash> coming, int count) {
    int same = 0;
    while (same < count && coming.hasNext() && has(chunk + same, coming.next())) {
      same++;
    }
    return same == count;
  }

  Place place(int chunk) {
    return new Place(name, chunk);
  }
}
