package dev.ashlar.hub.repo;

import static dev.ashlar.metadata.Columns.longOf;

import io.helidon.dbclient.DbExecute;
import io.helidon.dbclient.DbTransaction;
import java.util.Optional;

/**
 * The names that repositories had before they were moved. They point at the immutable id, so after
 * several moves each of them leads to the last name.
 */
final class FormerNames {
  private static final String FIND =
      """
      SELECT f.repo_id
        FROM hub_repo_former_name f
        JOIN hub_namespace n ON n.id = f.namespace_id
       WHERE f.type = ? AND lower(n.name) = lower(?) AND lower(f.name) = lower(?)
      """;
  private static final String ADD =
      """
      INSERT INTO hub_repo_former_name (namespace_id, type, name, repo_id) VALUES (?, ?, ?, ?)
      ON CONFLICT (namespace_id, type, lower(name)) DO UPDATE SET repo_id = excluded.repo_id
      """;
  private static final String FREE =
      """
      DELETE FROM hub_repo_former_name
       WHERE namespace_id = ? AND type = ? AND lower(name) = lower(?)
      """;

  private FormerNames() {}

  /** The id of the repository that had this name last. */
  static Optional<Long> find(DbExecute db, RepoType type, String namespace, String name) {
    return db.get(FIND, type.word(), namespace, name).map(row -> longOf(row, "repo_id"));
  }

  /** Notes the name that a repository gives up. */
  static void add(DbTransaction tx, Repo repo) {
    tx.insert(ADD, repo.namespaceId(), repo.type().word(), repo.name(), repo.id());
  }

  /** A repository takes the name: it leads nowhere else any more. */
  static void free(DbTransaction tx, RepoType type, long namespaceId, String name) {
    tx.delete(FREE, namespaceId, type.word(), name);
  }
}
