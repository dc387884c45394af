package dev.ashlar.hub.discussion;

import io.helidon.dbclient.DbExecute;

/** The tables of discussions, pull requests and their numbers. */
final class DiscussionRows {
  private static final String PULL_OF_AUTHOR =
      """
      SELECT 1 FROM hub_discussion
       WHERE repo_id = :repo AND num = :num AND is_pull AND author_id = :author
      """;

  private DiscussionRows() {}

  static boolean isPullAuthor(DbExecute db, long repoId, int num, long userId) {
    return db.createGet(PULL_OF_AUTHOR)
        .addParam("repo", repoId)
        .addParam("num", num)
        .addParam("author", userId)
        .execute()
        .isPresent();
  }
}
