package dev.ashlar.hub.discussion;

import dev.ashlar.hub.repo.PullRef;
import io.helidon.dbclient.DbExecute;

/** What other packages ask about discussions. */
public final class Discussions {
  private Discussions() {}

  /** Whether there is this pull request in the repository, and the user opened it. */
  public static boolean isPullAuthor(DbExecute db, long repoId, PullRef pull, long userId) {
    return userId != 0 && DiscussionRows.isPullAuthor(db, repoId, pull.number(), userId);
  }
}
