package dev.ashlar.metadata;

import dev.ashlar.core.hash.MerkleHash;

/** A verified xorb whose bytes lie under a key that was never used before. */
public record NewXorb(
    MerkleHash hash, String storageKey, long bodyBytes, long rawBytes, int chunks) {}
