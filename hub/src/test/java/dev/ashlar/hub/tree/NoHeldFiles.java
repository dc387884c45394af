package dev.ashlar.hub.tree;

import dev.ashlar.core.hash.MerkleHash;
import dev.ashlar.core.hash.Sha256;
import java.util.Collection;
import java.util.Map;
import org.eclipse.jgit.lib.Repository;

/** A store without large files. */
final class NoHeldFiles implements HeldFiles {
  @Override
  public Map<Sha256, HeldFile> find(long repoId, Collection<Sha256> oids) {
    return Map.of();
  }

  @Override
  public Map<Sha256, HeldFile> findLasting(long repoId, Collection<Sha256> oids) {
    return Map.of();
  }

  @Override
  public void keep(Repository repo, long repoId, Collection<MerkleHash> files, boolean isProposed) {
    throw new IllegalStateException("nothing is held");
  }

  @Override
  public void settle(Repository repo, long repoId) {
    throw new IllegalStateException("nothing is held");
  }

  @Override
  public void keepUnmoved(Repository repo) {
    throw new IllegalStateException("nothing is held");
  }
}
