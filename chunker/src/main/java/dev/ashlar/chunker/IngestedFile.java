package dev.ashlar.chunker;

import dev.ashlar.core.hash.Sha256;
import dev.ashlar.core.manifest.FileManifest;

/** A file whose bytes were all seen: how to make it, its digest and its length. */
public record IngestedFile(FileManifest manifest, Sha256 sha256, long bytes) {}
