package dev.ashlar.chunker;

import dev.ashlar.core.hash.MerkleHash;
import dev.ashlar.core.xorb.XorbIndex;

/** A stored xorb that a new file may refer to. */
public record KnownXorb(MerkleHash hash, XorbIndex index) {}
