package dev.ashlar.casserver.intake;

import dev.ashlar.metadata.Database;
import dev.ashlar.metadata.ReadableRepos;
import java.util.List;

/**
 * Whether what was signed for a caller still stands: tokens and addresses live for an hour, but a
 * repository may be deleted or hidden meanwhile, and its members may change.
 */
public record Admission(Database database, ReadableRepos readable) {
  /** True when the repository is there and the caller may read its files now. */
  public boolean stands(long callerId, long repoId) {
    return database.read(db -> readable.readable(db, callerId, List.of(repoId)).contains(repoId));
  }
}
