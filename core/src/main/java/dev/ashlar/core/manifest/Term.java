package dev.ashlar.core.manifest;

import dev.ashlar.core.hash.MerkleHash;

/** A run of a xorb's chunks that makes {@code bytes} uncompressed bytes of a file. */
public record Term(MerkleHash xorb, ChunkRange chunks, long bytes) {
  public Term {
    if (bytes <= 0) {
      throw new IllegalArgumentException("a term has at least one byte");
    }
  }
}
