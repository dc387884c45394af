package dev.ashlar.hub.tree;

import dev.ashlar.core.hash.MerkleHash;
import dev.ashlar.core.hash.Sha256;
import java.util.Collection;
import java.util.Map;
import org.eclipse.jgit.lib.Repository;

/** The large files whose bytes a repository may name: a hash alone is no permission. */
public interface HeldFiles {
  /** A stored file. */
  record HeldFile(MerkleHash hash, long bytes) {}

  /** Those of the given files that the repository holds. */
  Map<Sha256, HeldFile> find(long repoId, Collection<Sha256> oids);

  /** Those of the given files that the repository holds for good. */
  Map<Sha256, HeldFile> findLasting(long repoId, Collection<Sha256> oids);

  /**
   * Makes the repository hold the files for good, in the transaction of its next ref change, which
   * fails when it holds one of them no more. What is only proposed, by the commits of pull
   * requests, may end with these.
   */
  void keep(Repository repo, long repoId, Collection<MerkleHash> files, boolean isProposed);

  /** Lets no file of the repository end with a pull request, from its next ref change on. */
  void settle(Repository repo, long repoId);

  /** Does now what {@link #keep} announced, because no ref needs to change. */
  void keepUnmoved(Repository repo);
}
