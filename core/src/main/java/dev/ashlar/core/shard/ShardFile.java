package dev.ashlar.core.shard;

import dev.ashlar.core.hash.MerkleHash;
import dev.ashlar.core.manifest.FileManifest;
import java.util.List;
import java.util.Optional;

/**
 * A file block of a shard, as somebody wrote it: nothing in it is known to be true.
 *
 * @param offset where the block begins in the shard
 * @param manifest the file's hash and terms
 * @param rangeHashes one verification hash a term, or none at all
 * @param sha256 the claim, absent where the block has none or only zeros
 */
public record ShardFile(
    long offset,
    FileManifest manifest,
    List<MerkleHash> rangeHashes,
    Optional<ClaimedSha256> sha256) {
  public ShardFile {
    rangeHashes = List.copyOf(rangeHashes);
    if (!rangeHashes.isEmpty() && rangeHashes.size() != manifest.terms().size()) {
      throw new IllegalArgumentException("there is one verification hash a term, or none");
    }
  }
}
