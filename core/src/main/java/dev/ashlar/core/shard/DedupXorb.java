package dev.ashlar.core.shard;

import dev.ashlar.core.hash.HashedChunk;
import dev.ashlar.core.hash.MerkleHash;
import java.util.List;

/** A stored xorb that a dedup answer shows; {@code bodyBytes} may be 0 where nobody needs it. */
public record DedupXorb(MerkleHash hash, long bodyBytes, List<HashedChunk> chunks) {
  public DedupXorb {
    chunks = List.copyOf(chunks);
  }

  long rawBytes() {
    return chunks.stream().mapToLong(HashedChunk::bytes).sum();
  }
}
