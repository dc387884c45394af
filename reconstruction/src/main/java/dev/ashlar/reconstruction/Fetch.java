package dev.ashlar.reconstruction;

import dev.ashlar.core.hash.MerkleHash;
import dev.ashlar.core.manifest.ByteRange;
import dev.ashlar.core.manifest.ChunkRange;

/** Whole chunks of a xorb to be read at once, and where they lie in its body, headers included. */
public record Fetch(MerkleHash xorb, ChunkRange chunks, ByteRange body) {}
