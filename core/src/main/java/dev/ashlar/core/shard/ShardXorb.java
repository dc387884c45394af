package dev.ashlar.core.shard;

import dev.ashlar.core.hash.HashedChunk;
import dev.ashlar.core.hash.MerkleHash;
import java.util.List;

/**
 * A xorb block of a shard, as somebody wrote it: nothing in it is known to be true.
 *
 * @param offset where the block begins in the shard
 */
public record ShardXorb(long offset, MerkleHash hash, List<HashedChunk> chunks) {
  public ShardXorb {
    chunks = List.copyOf(chunks);
  }
}
