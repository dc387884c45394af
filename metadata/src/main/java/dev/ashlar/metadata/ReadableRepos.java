package dev.ashlar.metadata;

import io.helidon.dbclient.DbExecute;
import java.util.Collection;
import java.util.Set;

/** Asks the hub which of some repositories a caller may read at this moment. */
@FunctionalInterface
public interface ReadableRepos {
  /** The readable ones among {@code repoIds}. */
  Set<Long> readable(DbExecute db, long callerId, Collection<Long> repoIds);
}
