package dev.ashlar.hub.repo;

import static dev.ashlar.metadata.Columns.longOf;
import static dev.ashlar.metadata.Columns.textOf;
import static dev.ashlar.metadata.Columns.time;

import dev.ashlar.core.problem.Kind;
import dev.ashlar.core.problem.Problem.Taken;
import dev.ashlar.core.problem.ProblemException;
import dev.ashlar.hub.access.Gate;
import dev.ashlar.hub.access.Visibility;
import dev.ashlar.hub.account.Users;
import dev.ashlar.hub.org.Role;
import io.helidon.dbclient.DbExecute;
import io.helidon.dbclient.DbTransaction;
import java.time.Instant;
import java.util.Collection;
import java.util.List;
import java.util.Optional;
import java.util.Set;
import java.util.stream.Collectors;

/** The table of repositories. Names are found in any case and reported as they were made. */
public final class Repos {
  private static final String BY_NAME =
      RepoRows.SELECT
          + " WHERE r.type = ? AND lower(n.name) = lower(?) AND lower(r.name) = lower(?)";
  private static final String BY_ID = RepoRows.SELECT + " WHERE r.id = ?";
  private static final String INSERT =
      """
      INSERT INTO hub_repo
             (type, namespace_id, name, visibility, created_by, created_at, last_modified_at)
      VALUES (?, ?, ?, ?, ?, ?, ?)
      ON CONFLICT (namespace_id, type, lower(name)) DO NOTHING
      RETURNING id
      """;
  private static final String DELETE = "DELETE FROM hub_repo WHERE id = ?";
  private static final String SETTINGS =
      "UPDATE hub_repo SET visibility = ?, gated = ? WHERE id = ?";
  private static final String HEAD =
      """
      UPDATE hub_repo
         SET head_sha = ?, last_modified_at = ?, card = ?, tags = ?, pipeline_tag = ?, library = ?,
             sdk = ?
       WHERE id = ?
      """;
  private static final String RENAME =
      """
      UPDATE hub_repo r SET namespace_id = ?, name = ?
       WHERE r.id = ?
         AND NOT EXISTS (SELECT 1 FROM hub_repo o
                          WHERE o.namespace_id = ? AND o.type = r.type AND o.id <> r.id
                            AND lower(o.name) = lower(?))
      """;
  private static final String COUNT_DOWNLOAD =
      "UPDATE hub_repo SET downloads = downloads + 1 WHERE id = ?";
  private static final String READABLE =
      """
      SELECT r.id FROM hub_repo r
       WHERE r.id = ANY (?) AND NOT r.disabled
         AND ((r.visibility = 'public' AND r.gated = 'no')
              OR EXISTS (SELECT 1 FROM hub_standing s
                          WHERE s.namespace_id = r.namespace_id AND s.caller_id = ?))
      """;

  private Repos() {}

  /** A repository, and what the caller that asked is in its namespace. */
  public record Found(Repo repo, Role standing) {}

  /** The repository of this name, for a caller (0 is nobody). */
  public static Optional<Found> find(
      DbExecute db, long callerId, RepoType type, String namespace, String name) {
    return db.get(BY_NAME, callerId, type.word(), namespace, name)
        .map(row -> new Found(RepoRows.repo(row), Role.of(textOf(row, "standing"))));
  }

  /** The repository of this id. */
  public static Optional<Repo> byId(DbExecute db, long id) {
    return db.get(BY_ID, 0L, id).map(RepoRows::repo);
  }

  /** Adds a repository without any commit; a name in use is {@link Taken}. */
  public static Repo insert(DbTransaction tx, NewRepo repo, Instant now) {
    var row =
        tx.query(
                INSERT,
                repo.type().word(),
                repo.namespace().id(),
                repo.name(),
                repo.visibility().word(),
                repo.createdBy(),
                time(now),
                time(now))
            .toList();
    if (row.isEmpty()) {
      throw new ProblemException(new Taken(Kind.REPO, repo.namespace().name() + "/" + repo.name()));
    }
    return byId(tx, longOf(row.getFirst(), "id")).orElseThrow();
  }

  /** Removes a repository; its name is free at once. What belongs to it goes by its owners. */
  public static void delete(DbTransaction tx, Repo repo) {
    tx.delete(DELETE, repo.id());
    if (repo.visibility() == Visibility.PUBLIC) {
      Users.forgetCasOutside(tx, repo.namespaceId());
    }
  }

  /** Changes who may read. */
  public static void settings(DbTransaction tx, Repo repo, Visibility visibility, Gate gate) {
    tx.update(SETTINGS, visibility.word(), gate.word(), repo.id());
    boolean wasOpen = repo.visibility() == Visibility.PUBLIC && repo.gate() == Gate.NO;
    boolean isOpen = visibility == Visibility.PUBLIC && gate == Gate.NO;
    if (wasOpen && !isOpen) {
      Users.forgetCasOutside(tx, repo.namespaceId());
    }
  }

  /** Notes that the default branch moved, with what the files there say. */
  public static void headMoved(
      DbTransaction tx, long repoId, String sha, CardFacts card, Instant now) {
    tx.update(
        HEAD,
        sha,
        time(now),
        card.json().orElse(null),
        card.tags().toArray(String[]::new),
        card.pipelineTag().orElse(null),
        card.library().orElse(null),
        card.sdk().orElse(null),
        repoId);
  }

  /** Gives a repository another name; false when that is taken. */
  static boolean rename(DbTransaction tx, long repoId, long namespaceId, String name) {
    return tx.update(RENAME, namespaceId, name, repoId, namespaceId, name) > 0;
  }

  /** Counts one download. */
  public static void countDownload(DbExecute db, long repoId) {
    db.update(COUNT_DOWNLOAD, repoId);
  }

  /** Those of the repositories whose files the caller may read. */
  public static Set<Long> readable(DbExecute db, long callerId, Collection<Long> repoIds) {
    var ids = repoIds.toArray(Long[]::new);
    List<Long> found = db.query(READABLE, ids, callerId).map(row -> longOf(row, "id")).toList();
    return found.stream().collect(Collectors.toUnmodifiableSet());
  }
}
