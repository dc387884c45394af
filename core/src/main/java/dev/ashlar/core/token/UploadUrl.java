package dev.ashlar.core.token;

import dev.ashlar.core.hash.Sha256;

/** Permission to send one LFS object of this length into a repository. */
public record UploadUrl(long callerId, long repoId, Sha256 oid, long bytes) {}
