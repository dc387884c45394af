package dev.ashlar.hub.social;

import static dev.ashlar.metadata.Columns.longOf;
import static dev.ashlar.metadata.Columns.optional;
import static dev.ashlar.metadata.Columns.textOf;

import dev.ashlar.hub.repo.Repos;
import dev.ashlar.hub.social.Downloads.Counter;
import dev.ashlar.hub.social.Downloads.Tally;
import io.helidon.dbclient.DbExecute;
import io.helidon.dbclient.DbTransaction;
import java.time.LocalDate;
import java.util.Comparator;
import java.util.Map;
import java.util.Optional;
import java.util.stream.Collectors;

/** The table of downloads by repository and day. */
final class DownloadDays {
  private static final String ADD =
      """
      INSERT INTO hub_download_day (repo_id, day, downloads, signed_in)
      VALUES (:repo, CAST(:day AS date), :downloads, :signedIn)
      ON CONFLICT (repo_id, day)
      DO UPDATE SET downloads = hub_download_day.downloads + excluded.downloads,
                    signed_in = hub_download_day.signed_in + excluded.signed_in
      """;
  private static final String AFTER =
      """
      SELECT CAST(day AS text) AS day, downloads, signed_in FROM hub_download_day
       WHERE repo_id = :repo AND day > CAST(:before AS date)
      """;

  /** Sums of the last 30 and 7 days, for the repositories where they are not what is noted. */
  private static final String RANK =
      """
      UPDATE hub_repo r
         SET downloads = p.downloads, likes_month = p.likes_month, trending = p.trending
        FROM (SELECT o.id, coalesce(d.month, 0) AS downloads,
                     coalesce(l.month, 0) AS likes_month,
                     coalesce(d.week, 0) + 10 * coalesce(l.week, 0) AS trending
                FROM hub_repo o
                LEFT JOIN (SELECT repo_id, sum(downloads) AS month,
                                  sum(downloads) FILTER (WHERE day > CAST(:week AS date)) AS week
                             FROM hub_download_day
                            WHERE day > CAST(:month AS date)
                            GROUP BY repo_id) d ON d.repo_id = o.id
                LEFT JOIN (SELECT repo_id, count(*) AS month,
                                  count(*) FILTER (WHERE liked_at > CAST(:week AS date)) AS week
                             FROM hub_like
                            WHERE liked_at > CAST(:month AS date)
                            GROUP BY repo_id) l ON l.repo_id = o.id
               ORDER BY o.id) p
       WHERE r.id = p.id
         AND (r.downloads, r.likes_month, r.trending)
             <> (p.downloads, p.likes_month, p.trending)
      """;

  /** The downloads of a day; by how many who had signed in is not known of all days. */
  record Day(long downloads, Optional<Long> signedIn) {
    static final Day NONE = new Day(0, Optional.of(0L));
  }

  private DownloadDays() {}

  /** The days after the given one that had downloads. */
  static Map<LocalDate, Day> after(DbExecute db, long repoId, LocalDate before) {
    return db.createQuery(AFTER)
        .addParam("repo", repoId)
        .addParam("before", before.toString())
        .execute()
        .collect(
            Collectors.toMap(
                row -> LocalDate.parse(textOf(row, "day")),
                row -> new Day(longOf(row, "downloads"), optional(row, "signed_in", Long.class))));
  }

  /** Adds what was counted, in one order for all; what was deleted meanwhile is left out. */
  static void add(DbTransaction tx, Map<Counter, Tally> counted) {
    counted.entrySet().stream()
        .sorted(
            Comparator.comparingLong((Map.Entry<Counter, Tally> entry) -> entry.getKey().repoId())
                .thenComparing(entry -> entry.getKey().day()))
        .forEach(
            entry -> {
              var counter = entry.getKey();
              var tally = entry.getValue();
              if (Repos.downloaded(tx, counter.repoId(), tally.downloads())) {
                tx.createInsert(ADD)
                    .addParam("repo", counter.repoId())
                    .addParam("day", counter.day().toString())
                    .addParam("downloads", tally.downloads())
                    .addParam("signedIn", tally.signedIn())
                    .execute();
              }
            });
  }

  /** Takes days that have passed out of the sums that lists are sorted by. */
  static void rank(DbTransaction tx, LocalDate today) {
    tx.createUpdate(RANK)
        .addParam("week", today.minusDays(7).toString())
        .addParam("month", today.minusDays(30).toString())
        .execute();
  }
}
