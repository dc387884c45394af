package dev.ashlar.core.token;

import dev.ashlar.core.hash.MerkleHash;

/** Permission to read a whole file, with the headers that its answer shall carry. */
public record FileUrl(
    MerkleHash file, long bytes, String contentType, String disposition, String etag) {}
