package dev.ashlar.metadata;

import io.helidon.dbclient.DbExecute;
import io.helidon.dbclient.DbTransaction;
import java.time.Duration;
import java.util.Collection;
import java.util.List;

/** Objects that nothing refers to; the bytes go later, outside of any transaction. */
public final class DeletionQueue {
  /** Why an object is not needed. */
  public enum Reason {
    /** The same content was stored before. */
    DUPLICATE,
    /** Its upload was given up. */
    ABANDONED,
    /** Nothing used it any more. */
    SWEPT
  }

  private static final String ADD =
      """
      insert into deletion (storage_key, reason, due_at) values
        (:key, :reason, now() + cast(:seconds as bigint) * interval '1 second')
      on conflict (storage_key) do nothing
      """;

  private static final String DUE =
      """
      select storage_key from deletion
       where starts_with(storage_key, 'part/') and due_at <= now()
       order by due_at limit :limit
      """;

  private static final String DONE =
      "delete from deletion where storage_key = any(cast(:keys as text[]))";

  private DeletionQueue() {}

  /** The parts of LFS objects whose bytes may go now, at most {@code limit}. */
  public static List<String> dueParts(DbExecute db, int limit) {
    return db.createQuery(DUE)
        .addParam("limit", limit)
        .execute()
        .map(row -> Columns.textOf(row, "storage_key"))
        .toList();
  }

  /** The bytes of these objects are gone. */
  public static void done(DbTransaction tx, Collection<String> storageKeys) {
    tx.createDelete(DONE).addParam("keys", storageKeys.toArray(String[]::new)).execute();
  }

  /** Queues an object; its key must never be used again. */
  public static void add(DbTransaction tx, String storageKey, Reason reason) {
    add(tx, storageKey, reason, Duration.ZERO);
  }

  /** Queues an object that may still be being read; its bytes stay for the grace at least. */
  public static void add(DbTransaction tx, String storageKey, Reason reason, Duration grace) {
    tx.createInsert(ADD)
        .addParam("key", storageKey)
        .addParam("reason", reason.name())
        .addParam("seconds", grace.toSeconds())
        .execute();
  }
}
