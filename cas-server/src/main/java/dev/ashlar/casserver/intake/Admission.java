package dev.ashlar.casserver.intake;

import dev.ashlar.core.hash.MerkleHash;
import dev.ashlar.core.token.XetToken;
import dev.ashlar.metadata.Authority;
import dev.ashlar.metadata.Authority.Right;
import dev.ashlar.metadata.Authority.Sight;
import dev.ashlar.metadata.Database;

/**
 * Whether what was signed for a caller still stands: tokens and addresses live for an hour, but a
 * repository may be deleted or hidden meanwhile, its members may change, and the access token
 * behind it may be revoked.
 */
public record Admission(Database database, Authority authority) {
  /** True when the repository is there and the token's caller may use it so now. */
  public boolean stands(XetToken token) {
    return database.look(
        db ->
            authority.stands(
                db, token.callerId(), token.accessTokenId(), token.repoId(), right(token)));
  }

  /** The same, and the file if the repository holds it, asked together. */
  public Sight look(XetToken token, MerkleHash file) {
    return database.look(
        db ->
            authority.look(
                db, token.callerId(), token.accessTokenId(), token.repoId(), right(token), file));
  }

  private static Right right(XetToken token) {
    return switch (token.scope()) {
      case READ -> Right.READ;
      case PROPOSE -> Right.PROPOSE;
      case WRITE -> Right.WRITE;
    };
  }

  /**
   * True when the repository is there and the caller may send it bytes now: whoever may open a pull
   * request may. What refers to the bytes is decided by the commit.
   */
  public boolean maySend(long callerId, long repoId) {
    return database.look(db -> authority.stands(db, callerId, 0, repoId, Right.PROPOSE));
  }
}
