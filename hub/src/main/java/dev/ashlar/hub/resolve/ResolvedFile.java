package dev.ashlar.hub.resolve;

import dev.ashlar.core.hash.MerkleHash;
import dev.ashlar.hub.repo.Visit;
import java.util.Optional;
import org.eclipse.jgit.lib.ObjectId;

/**
 * A file that was found for a URL.
 *
 * @param etag without quotes: the SHA-256 of a large file, else the blob's id
 * @param isLarge whether the blob is only a pointer and the content lies elsewhere
 * @param xet the hash of the content in the chunk store
 */
record ResolvedFile(
    Visit visit,
    String commit,
    String path,
    ObjectId blob,
    long bytes,
    String etag,
    boolean isLarge,
    Optional<MerkleHash> xet) {
  /** Whether the content lies elsewhere, and is not there. */
  boolean isLost() {
    return isLarge && bytes > 0 && xet.isEmpty();
  }
}
