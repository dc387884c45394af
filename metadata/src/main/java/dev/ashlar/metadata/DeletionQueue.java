package dev.ashlar.metadata;

import io.helidon.dbclient.DbTransaction;

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
      insert into deletion (storage_key, reason, due_at) values (:key, :reason, now())
      on conflict (storage_key) do nothing
      """;

  private DeletionQueue() {}

  /** Queues an object; its key must never be used again. */
  public static void add(DbTransaction tx, String storageKey, Reason reason) {
    tx.createInsert(ADD).addParam("key", storageKey).addParam("reason", reason.name()).execute();
  }
}
