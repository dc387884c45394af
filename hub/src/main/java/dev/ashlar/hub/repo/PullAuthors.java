package dev.ashlar.hub.repo;

import io.helidon.dbclient.DbExecute;

/** Knows who opened which pull request. */
@FunctionalInterface
public interface PullAuthors {
  /** Whether there is this pull request in the repository, and the user opened it. */
  boolean isAuthor(DbExecute db, long repoId, PullRef pull, long userId);
}
