package dev.ashlar.hub.git;

import static dev.ashlar.metadata.Columns.longOf;

import dev.ashlar.objectstore.ObjectKey;
import io.helidon.dbclient.DbTransaction;
import java.util.List;

/**
 * The table {@code hub_git_shared_object}: which objects of packs more than one repository uses.
 * The row of an object is its lock: of two repositories that let it go at once, the second sees
 * that it is the last.
 */
final class SharedObjects {
  private static final String SHARE =
      """
      INSERT INTO hub_git_shared_object (storage_key, users)
      SELECT storage_key, 2 FROM hub_git_pack_file WHERE repo_id = :origin ORDER BY storage_key
      ON CONFLICT (storage_key) DO UPDATE SET users = hub_git_shared_object.users + 1
      """;
  private static final String RELEASE =
      """
      UPDATE hub_git_shared_object SET users = users - 1 WHERE storage_key = ? RETURNING users
      """;
  private static final String FORGET = "DELETE FROM hub_git_shared_object WHERE storage_key = ?";

  private SharedObjects() {}

  /** Counts one more user of every object of a repository, which is locked. */
  static void share(DbTransaction tx, long origin) {
    tx.createInsert(SHARE).addParam("origin", origin).execute();
  }

  /** Counts one user less; false when the object was not shared and so has none any more. */
  static boolean release(DbTransaction tx, ObjectKey key) {
    var left = tx.query(RELEASE, key.text()).map(row -> longOf(row, "users")).toList();
    if (left.equals(List.of(1L))) {
      tx.delete(FORGET, key.text());
    }
    return !left.isEmpty();
  }
}
