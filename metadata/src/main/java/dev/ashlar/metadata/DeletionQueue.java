package dev.ashlar.metadata;

import io.helidon.dbclient.DbTransaction;
import java.time.Duration;

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

  private DeletionQueue() {}

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
