package dev.ashlar.metadata;

import dev.ashlar.core.hash.MerkleHash;
import io.helidon.dbclient.DbExecute;
import io.helidon.dbclient.DbTransaction;
import java.util.Optional;

/** Asks the hub whether what it let somebody do with a repository still stands. */
public interface Authority {
  /** What somebody may do. */
  enum Right {
    /** Read the files. */
    READ,
    /** Send the bytes of a pull request. */
    PROPOSE,
    /** Change them. */
    WRITE
  }

  /**
   * True when the repository is there and the caller has the right now.
   *
   * @param accessTokenId the access token that must still be good; 0 asks for none
   */
  boolean stands(DbExecute db, long callerId, long accessTokenId, long repoId, Right right);

  /** Whether a right stands, and the file if the repository holds it. */
  record Sight(boolean stands, Optional<SeenFile> file) {}

  /** Like {@link #stands}, and looks for a file like {@link Holds#look}, both at once. */
  Sight look(
      DbExecute db, long callerId, long accessTokenId, long repoId, Right right, MerkleHash file);

  /** Keeps the repository from being deleted until commit; false when it is gone. */
  boolean keep(DbTransaction tx, long repoId);
}
