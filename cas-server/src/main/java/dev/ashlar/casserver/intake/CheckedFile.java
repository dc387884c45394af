package dev.ashlar.casserver.intake;

import dev.ashlar.core.hash.MerkleHash;
import dev.ashlar.core.hash.Sha256;
import dev.ashlar.core.manifest.FileManifest;
import java.util.Optional;

/**
 * A file that may be registered: its terms make its hash, and the digest was computed here.
 *
 * @param firstChunk absent for the empty file
 */
record CheckedFile(
    FileManifest manifest, Optional<Sha256> sha256, Optional<MerkleHash> firstChunk) {}
