package dev.ashlar.core.hash;

/** A chunk's name and its uncompressed length in bytes: a leaf or node of the Merkle tree. */
public record HashedChunk(MerkleHash hash, long bytes) {}
