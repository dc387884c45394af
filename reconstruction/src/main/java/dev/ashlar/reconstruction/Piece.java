package dev.ashlar.reconstruction;

import dev.ashlar.core.hash.MerkleHash;
import dev.ashlar.core.manifest.ByteRange;
import dev.ashlar.core.manifest.ChunkRange;
import dev.ashlar.core.xorb.XorbIndex;

/** A few chunks of a term that one lane reads and decodes at once. */
record Piece(MerkleHash xorb, XorbIndex index, ChunkRange chunks) {
  /** Room for the largest chunk as it may be stored, or for two decoded; as many as fit. */
  static final int BYTES_MAX = 264 << 10;

  ByteRange body() {
    return index.bodyRange(chunks);
  }
}
