package dev.ashlar.metadata;

import dev.ashlar.core.hash.MerkleHash;

/**
 * A chunk that the dedup index got, and the number of the transaction that added it: a place in the
 * order of additions.
 */
public record AddedChunk(long transaction, MerkleHash chunk) {
  /** Before all that the transaction and later ones have added. */
  public static AddedChunk before(long transaction) {
    return new AddedChunk(transaction, MerkleHash.ZERO);
  }
}
