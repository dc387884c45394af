package dev.ashlar.metadata;

import dev.ashlar.core.hash.MerkleHash;
import dev.ashlar.core.hash.Sha256;
import java.util.Optional;

/**
 * A file that can be reconstructed.
 *
 * @param sha256 present only after it was computed from the bytes
 */
public record StoredFile(long id, MerkleHash hash, long bytes, Optional<Sha256> sha256) {}
