package dev.ashlar.hub.repo;

import static dev.ashlar.metadata.Columns.longOf;
import static dev.ashlar.metadata.Columns.textOf;

import io.helidon.dbclient.DbExecute;
import io.helidon.dbclient.DbTransaction;
import java.util.Collection;
import java.util.HashMap;
import java.util.Map;
import org.jspecify.annotations.Nullable;

/**
 * What the files at the heads of repositories say beside the card, as JSON texts. They can be long,
 * so nothing reads them that does not need them.
 */
public final class FileFacts {
  private static final String FIND =
      """
      SELECT id, file_facts FROM hub_repo
       WHERE id = ANY (CAST(:ids AS bigint[])) AND file_facts IS NOT NULL
      """;
  private static final String PUT =
      "UPDATE hub_repo SET file_facts = ?, parameters = ? WHERE id = ?";

  private FileFacts() {}

  /** The facts of those of the repositories that have some. */
  public static Map<Long, String> find(DbExecute db, Collection<Long> repoIds) {
    var found = new HashMap<Long, String>();
    db.createQuery(FIND)
        .addParam("ids", repoIds.toArray(Long[]::new))
        .execute()
        .forEach(row -> found.put(longOf(row, "id"), textOf(row, "file_facts")));
    return found;
  }

  /** Notes new facts, null being none, and how many parameters they tell of; 0 is not known. */
  public static void put(DbTransaction tx, long repoId, @Nullable String facts, long parameters) {
    tx.update(PUT, facts, parameters, repoId);
  }
}
