package dev.ashlar.hub.repo;

import static dev.ashlar.metadata.Columns.longOf;

import dev.ashlar.hub.account.Caller;
import io.helidon.dbclient.DbExecute;
import java.time.LocalDate;
import java.util.List;
import java.util.Optional;

/**
 * Which repositories were downloaded and liked of late. The sums are those of the days that are
 * asked for, so they are taken from the tables of downloads and likes at each question.
 */
public final class Trends {
  /** A repository with what came to it in the time. */
  public record Trend(Repo repo, long downloads, long likes) {
    /** What trends are ordered by: a like stands for ten downloads. */
    public long score() {
      return downloads + 10 * likes;
    }
  }

  private static final String TOP =
      RepoRows.SELECT
              .replace("SELECT r.id,", "SELECT t.downloads AS came, t.likes AS liked, r.id,")
              .replace("r.card,", "CAST(NULL AS text) AS card,")
          + """
              JOIN (SELECT repo_id, CAST(sum(downloads) AS bigint) AS downloads,
                           CAST(sum(likes) AS bigint) AS likes
                      FROM (SELECT repo_id, downloads, 0 AS likes FROM hub_download_day
                             WHERE day > CAST(:before AS date)
                            UNION ALL
                            SELECT repo_id, 0, 1 FROM hub_like
                             WHERE liked_at > CAST(:before AS date)) e
                     GROUP BY repo_id) t ON t.repo_id = r.id
             WHERE (:type = '' OR r.type = :type)
               AND NOT r.disabled
               AND (r.visibility = 'public' OR (true WITHIN_TOKEN))
             ORDER BY t.downloads + 10 * t.likes DESC, r.id DESC
             LIMIT :limit
            """
              .replace("WITHIN_TOKEN", RepoRows.WITHIN_TOKEN);

  private Trends() {}

  /** The first of those that a caller may see, by what came after a day. */
  public static List<Trend> top(
      DbExecute db, Caller caller, Optional<RepoType> type, LocalDate before, int limit) {
    return Repos.forCaller(db.createQuery(TOP), caller)
        .addParam("before", before.toString())
        .addParam("type", type.map(RepoType::word).orElse(""))
        .addParam("limit", limit)
        .execute()
        .map(row -> new Trend(RepoRows.repo(row), longOf(row, "came"), longOf(row, "liked")))
        .toList();
  }
}
