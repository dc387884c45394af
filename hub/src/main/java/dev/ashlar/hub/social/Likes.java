package dev.ashlar.hub.social;

import static dev.ashlar.metadata.Columns.instantOf;
import static dev.ashlar.metadata.Columns.longOf;
import static dev.ashlar.metadata.Columns.textOf;
import static dev.ashlar.metadata.Columns.time;

import dev.ashlar.hub.repo.Repos;
import io.helidon.dbclient.DbExecute;
import io.helidon.dbclient.DbTransaction;
import java.time.Instant;
import java.util.List;

/** The table of likes, and the count of each repository, which changes in the same transaction. */
final class Likes {
  /** Somebody who likes a repository. */
  record Liker(long id, String user, String fullName, Instant likedAt) {}

  /** A repository that somebody likes. */
  record Liked(long id, long repoId, Instant likedAt) {}

  private static final String ADD =
      """
      INSERT INTO hub_like (repo_id, user_id, liked_at) VALUES (?, ?, ?)
      ON CONFLICT (repo_id, user_id) DO NOTHING
      """;
  private static final String REMOVE = "DELETE FROM hub_like WHERE repo_id = ? AND user_id = ?";
  private static final String IS_LIKED =
      "SELECT 1 AS yes FROM hub_like WHERE repo_id = ? AND user_id = ?";
  private static final String LIKERS =
      """
      SELECT l.id, n.name, u.full_name, l.liked_at
        FROM hub_like l
        JOIN hub_user u ON u.id = l.user_id
        JOIN hub_namespace n ON n.id = u.id
       WHERE l.repo_id = ? AND l.id < ?
       ORDER BY l.id DESC
       LIMIT ?
      """;

  private static final String LIKED =
      """
      SELECT id, repo_id, liked_at FROM hub_like
       WHERE user_id = ? AND id < ?
       ORDER BY id DESC
       LIMIT ?
      """;
  private static final String COUNT =
      """
      SELECT count(*) AS likes
        FROM hub_like l JOIN hub_repo r ON r.id = l.repo_id
       WHERE l.user_id = ? AND r.visibility = 'public'
      """;

  private Likes() {}

  /** Likes; nothing happens when it is so already. Answers the number of likes. */
  static long add(DbTransaction tx, long repoId, long userId, Instant now) {
    return Repos.liked(tx, repoId, tx.insert(ADD, repoId, userId, time(now)));
  }

  /** Takes a like back. Answers the number of likes. */
  static long remove(DbTransaction tx, long repoId, long userId) {
    return Repos.liked(tx, repoId, -tx.delete(REMOVE, repoId, userId));
  }

  static boolean isLiked(DbExecute db, long repoId, long userId) {
    return db.get(IS_LIKED, repoId, userId).isPresent();
  }

  /** Who likes a repository, the latest first. */
  static List<Liker> likers(DbExecute db, long repoId, long before, int limit) {
    return db.query(LIKERS, repoId, before, limit)
        .map(
            row ->
                new Liker(
                    longOf(row, "id"),
                    textOf(row, "name"),
                    textOf(row, "full_name"),
                    instantOf(row, "liked_at")))
        .toList();
  }

  /** What a user likes, the latest first, whoever may see it. */
  static List<Liked> of(DbExecute db, long userId, long before, int limit) {
    return db.query(LIKED, userId, before, limit)
        .map(
            row -> new Liked(longOf(row, "id"), longOf(row, "repo_id"), instantOf(row, "liked_at")))
        .toList();
  }

  /** How many public repositories a user likes. */
  static long count(DbExecute db, long userId) {
    return db.get(COUNT, userId).map(row -> longOf(row, "likes")).orElse(0L);
  }
}
