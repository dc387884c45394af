package dev.ashlar.hub.repo;

import dev.ashlar.core.hash.MerkleHash;
import dev.ashlar.hub.access.Action;
import dev.ashlar.metadata.Authority;
import io.helidon.dbclient.DbExecute;
import io.helidon.dbclient.DbTransaction;

/** Asks the one rule again about what it once let a caller do with a repository. */
public final class RepoAuthority implements Authority {
  private static final String KEEP = "SELECT id FROM hub_repo WHERE id = ? FOR KEY SHARE";

  @Override
  public boolean stands(DbExecute db, long callerId, long accessTokenId, long repoId, Right right) {
    return RepoRights.stands(db, callerId, accessTokenId, action(right), repoId);
  }

  @Override
  public Sight look(
      DbExecute db, long callerId, long accessTokenId, long repoId, Right right, MerkleHash file) {
    return RepoRights.look(db, callerId, accessTokenId, action(right), repoId, file);
  }

  private static Action action(Right right) {
    return switch (right) {
      case READ -> Action.DOWNLOAD;
      case PROPOSE -> Action.PROPOSE;
      case WRITE -> Action.WRITE;
    };
  }

  @Override
  public boolean keep(DbTransaction tx, long repoId) {
    return tx.get(KEEP, repoId).isPresent();
  }
}
