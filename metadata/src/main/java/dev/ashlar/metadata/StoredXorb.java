package dev.ashlar.metadata;

import dev.ashlar.core.hash.MerkleHash;

/** A xorb whose bytes are in the object store under {@code storageKey}. */
public record StoredXorb(
    long id, MerkleHash hash, String storageKey, long bodyBytes, long rawBytes, int chunks) {}
