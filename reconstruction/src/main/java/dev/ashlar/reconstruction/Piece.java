package dev.ashlar.reconstruction;

import dev.ashlar.core.hash.MerkleHash;
import dev.ashlar.core.manifest.ByteRange;
import dev.ashlar.core.manifest.ChunkRange;
import dev.ashlar.core.xorb.XorbIndex;

/** A few chunks of a term that one lane reads and decodes at once. */
record Piece(MerkleHash xorb, XorbIndex index, ChunkRange chunks) {
  /** A piece has at most so many bytes, stored and decoded, or a single chunk. */
  static final int BYTES_MAX = 1 << 20;

  ByteRange body() {
    return index.bodyRange(chunks);
  }

  int rawBytes() {
    return Math.toIntExact(index.rawBytes(chunks));
  }
}
