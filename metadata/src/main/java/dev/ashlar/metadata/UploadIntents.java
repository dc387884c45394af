package dev.ashlar.metadata;

import dev.ashlar.core.problem.Problem.Busy;
import dev.ashlar.core.problem.ProblemException;
import io.helidon.dbclient.DbTransaction;
import java.time.Duration;

/**
 * Keys under which objects are being written. An intent is committed before the first byte, so that
 * the database knows every object, also of a server that was killed.
 */
public final class UploadIntents {
  /** What is being written. */
  public enum Kind {
    XORB,
    GIT_PACK,
    LFS_PART
  }

  private static final String OPEN =
      """
      insert into upload_intent (storage_key, kind, expires_at)
      values (:key, :kind, now() + cast(:seconds as bigint) * interval '1 second')
      """;

  private static final String EXPIRE =
      """
      delete from upload_intent where storage_key in
        (select storage_key from upload_intent where kind = :kind and expires_at < now()
          limit :limit for update skip locked)
      returning storage_key
      """;

  private static final String CLOSE = "delete from upload_intent where storage_key = :key";

  private final Database database;

  /** Intents of one database. */
  public UploadIntents(Database database) {
    this.database = database;
  }

  /** Announces a new key, committed at once on a connection of its own. */
  public void open(String storageKey, Kind kind, Duration lifetime) {
    database.change(
        tx ->
            tx.createInsert(OPEN)
                .addParam("key", storageKey)
                .addParam("kind", kind.name())
                .addParam("seconds", lifetime.toSeconds())
                .execute());
  }

  /**
   * Ends the intent in the transaction that makes the object visible. An intent that expired and
   * was taken by the collector is gone, and so may the bytes be: then the upload starts anew.
   */
  public void close(DbTransaction tx, String storageKey) {
    if (tx.createDelete(CLOSE).addParam("key", storageKey).execute() != 1) {
      throw new ProblemException(new Busy("upload", Duration.ofSeconds(1)));
    }
  }

  /** Gives up uploads of this kind that were never ended; returns how many, at most the limit. */
  public static int expire(DbTransaction tx, Kind kind, int limit) {
    var keys =
        tx.createQuery(EXPIRE)
            .addParam("kind", kind.name())
            .addParam("limit", limit)
            .execute()
            .map(row -> Columns.textOf(row, "storage_key"))
            .toList();
    keys.forEach(key -> DeletionQueue.add(tx, key, DeletionQueue.Reason.ABANDONED));
    return keys.size();
  }

  /** Ends the intent of an upload that failed, and queues what may have been written. */
  public void abandon(String storageKey) {
    database.change(
        tx -> {
          if (tx.createDelete(CLOSE).addParam("key", storageKey).execute() == 1) {
            DeletionQueue.add(tx, storageKey, DeletionQueue.Reason.ABANDONED);
          }
        });
  }
}
