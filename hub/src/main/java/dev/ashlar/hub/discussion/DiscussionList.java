package dev.ashlar.hub.discussion;

import static dev.ashlar.metadata.Columns.longOf;

import io.helidon.dbclient.DbExecute;
import io.helidon.dbclient.DbStatementQuery;
import java.util.List;

/**
 * Some of a repository's discussions, the newest first.
 *
 * @param type {@code all}, {@code discussion} or {@code pull_request}
 * @param statuses the words of those to show
 * @param author an account name in any case; empty for everybody
 */
record DiscussionList(long repoId, String type, List<String> statuses, String author) {
  private static final String WHERE =
      """
       WHERE d.repo_id = :repo
         AND (:type = 'all' OR d.is_pull = (:type = 'pull_request'))
         AND d.status = ANY (CAST(:statuses AS text[]))
         AND (:author = '' OR lower(n.name) = lower(:author))
      """;
  private static final String PAGE =
      DiscussionRows.SELECT
          + WHERE
          + " ORDER BY d.pinned DESC, d.num DESC LIMIT :limit OFFSET :start";
  private static final String COUNT =
      """
      SELECT count(*) AS discussions
        FROM hub_discussion d LEFT JOIN hub_namespace n ON n.id = d.author_id
      """
          + WHERE;

  long count(DbExecute db) {
    return db.createGet(COUNT)
        .addParam("repo", repoId)
        .addParam("type", type)
        .addParam("statuses", statuses.toArray(String[]::new))
        .addParam("author", author)
        .execute()
        .map(row -> longOf(row, "discussions"))
        .orElseThrow();
  }

  List<Discussion> page(DbExecute db, long start, int limit) {
    return listing(db, "", start, limit).execute().map(DiscussionRows::discussion).toList();
  }

  /** The statement of a page, behind a constant such as EXPLAIN. */
  DbStatementQuery listing(DbExecute db, String before, long start, int limit) {
    return db.createQuery(before + PAGE)
        .addParam("repo", repoId)
        .addParam("type", type)
        .addParam("statuses", statuses.toArray(String[]::new))
        .addParam("author", author)
        .addParam("limit", limit)
        .addParam("start", start);
  }
}
