package dev.ashlar.casserver.intake;

import dev.ashlar.core.hash.MerkleHash;
import dev.ashlar.metadata.Authority;
import dev.ashlar.metadata.Authority.Right;
import dev.ashlar.metadata.AwaitedFiles;
import io.helidon.dbclient.DbTransaction;
import java.util.Collection;

/**
 * Sent files that commits name already, so that no commit will follow. The repository awaits these,
 * and holds them for good when the sender may write there.
 */
public record ReturnedFiles(Authority authority) {
  /** Keeps those of the files, which the repository holds, that are such. */
  public void keep(DbTransaction tx, long callerId, long repoId, Collection<MerkleHash> files) {
    var awaited = AwaitedFiles.among(tx, repoId, files);
    if (!awaited.isEmpty() && authority.stands(tx, callerId, 0, repoId, Right.WRITE)) {
      AwaitedFiles.returned(tx, repoId, awaited);
    }
  }
}
