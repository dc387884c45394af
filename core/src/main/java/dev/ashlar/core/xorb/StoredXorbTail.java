package dev.ashlar.core.xorb;

import dev.ashlar.core.hash.MerkleHash;

/** What stands behind the body of a stored xorb: its name and the index of its chunks. */
public record StoredXorbTail(MerkleHash hash, XorbIndex index) {}
