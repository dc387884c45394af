package dev.ashlar.core.shard;

import dev.ashlar.core.hash.Sha256;

/** A SHA-256 that somebody claims. It is no name for bytes until they have been hashed. */
public record ClaimedSha256(Sha256 claim) {
  /** Whether the bytes' real digest bears the claim out. */
  public boolean holdsFor(Sha256 computed) {
    return claim.equals(computed);
  }
}
