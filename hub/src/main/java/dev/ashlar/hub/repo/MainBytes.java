package dev.ashlar.hub.repo;

import static dev.ashlar.metadata.Columns.longOf;

import io.helidon.dbclient.DbExecute;
import io.helidon.dbclient.DbTransaction;
import java.util.List;
import java.util.Map;

/** The measured sizes that lists are ordered by. */
public final class MainBytes {
  private static final String IDS =
      "SELECT id FROM hub_repo WHERE type = ? AND id > ? ORDER BY id LIMIT ?";
  private static final String PUT =
      """
      UPDATE hub_repo r SET main_bytes = m.bytes
        FROM unnest(CAST(:ids AS bigint[]), CAST(:bytes AS bigint[])) AS m (id, bytes)
       WHERE r.id = m.id AND r.main_bytes <> m.bytes
      """;

  private MainBytes() {}

  /** The next repositories of a type to measure, by id. */
  public static List<Long> ids(DbExecute db, RepoType type, long after, int limit) {
    return db.query(IDS, type.word(), after, limit).map(row -> longOf(row, "id")).toList();
  }

  /** Notes what was measured. */
  public static void put(DbTransaction tx, Map<Long, Long> bytes) {
    var ids = List.copyOf(bytes.keySet());
    tx.createUpdate(PUT)
        .addParam("ids", ids.toArray(Long[]::new))
        .addParam("bytes", ids.stream().map(bytes::get).toArray(Long[]::new))
        .execute();
  }
}
