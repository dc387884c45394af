package dev.ashlar.chunker;

import dev.ashlar.core.hash.MerkleHash;

/** Where a chunk is or will be: a xorb and the chunk's number in it. */
record Place(Xorb xorb, int chunk) {
  /** A xorb that is stored, or one that this file is filling and that has no name yet. */
  sealed interface Xorb {
    /** A stored xorb. */
    record Stored(MerkleHash hash) implements Xorb {}

    /** The file's own xorb with this number, counted from zero. */
    record Own(int number) implements Xorb {}
  }

  /** True when {@code next} follows this place in the same xorb. */
  boolean isBefore(Place next) {
    return chunk + 1 == next.chunk && xorb.equals(next.xorb);
  }
}
