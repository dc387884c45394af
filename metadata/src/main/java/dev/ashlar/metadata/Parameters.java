package dev.ashlar.metadata;

import dev.ashlar.core.hash.MerkleHash;
import dev.ashlar.core.hash.Sha256;
import java.util.Collection;

/** Collections as the arrays that {@code any} and {@code unnest} take. */
final class Parameters {
  private Parameters() {}

  static byte[][] hashes(Collection<MerkleHash> hashes) {
    return hashes.stream().map(MerkleHash::bytes).toArray(byte[][]::new);
  }

  static byte[][] digests(Collection<Sha256> digests) {
    return digests.stream().map(Sha256::bytes).toArray(byte[][]::new);
  }

  static long[] ids(Collection<Long> ids) {
    return ids.stream().mapToLong(Long::longValue).toArray();
  }
}
