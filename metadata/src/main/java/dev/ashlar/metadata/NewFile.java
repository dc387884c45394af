package dev.ashlar.metadata;

import dev.ashlar.core.hash.Sha256;
import dev.ashlar.core.manifest.FileManifest;
import java.util.Optional;

/**
 * A file whose hash and terms were checked.
 *
 * @param sha256 computed from the bytes, never a client's claim
 */
public record NewFile(FileManifest manifest, Optional<Sha256> sha256) {}
