package dev.ashlar.metadata;

import static dev.ashlar.metadata.Columns.bytesOf;
import static dev.ashlar.metadata.Columns.intOf;
import static dev.ashlar.metadata.Columns.longOf;
import static dev.ashlar.metadata.Columns.textOf;

import dev.ashlar.core.hash.MerkleHash;
import io.helidon.dbclient.DbExecute;
import io.helidon.dbclient.DbRow;
import io.helidon.dbclient.DbTransaction;
import java.util.Collection;
import java.util.Map;
import java.util.Optional;
import java.util.function.Function;
import java.util.stream.Collectors;

/**
 * The stored xorbs and their states.
 *
 * <p>A row is READY; a collector may set it CONDEMNED, which any use takes back, and later
 * DELETING, which nothing takes back: the same content then needs new bytes under a new key.
 * Whoever makes a term point to a xorb holds the row's lock until commit and has seen the state in
 * a statement that began after the lock was granted; the collector does the same before DELETING.
 * So one of the two always sees the other, and no clock is part of the argument. Rows are locked in
 * the order of their hashes.
 */
public final class Xorbs {
  /** Clients remember for three weeks and a few days what they have uploaded. */
  private static final String PROTECTED_DAYS = "28";

  private static final String FIND =
      """
      select id, hash, storage_key, body_bytes, raw_bytes, chunks
        from xorb
       where hash = any(:hashes) and state in ('READY', 'CONDEMNED')
      """;

  private static final String ALL_QUIET =
      """
      select count(*) as rows
        from xorb
       where hash = any(:hashes)
         and state = 'READY' and protected_until > now() + interval '27 days'
      """;

  private static final String LOCK_SHARED =
      "select id from xorb where hash = any(:hashes) order by hash for share";

  private static final String LOCK =
      "select id from xorb where hash = any(:hashes) order by hash for update";

  private static final String USE =
      """
      update xorb
         set state = 'READY', condemned_at = null, gc_epoch = null,
             protected_until = greatest(protected_until, now() + interval '%s days')
       where hash = any(:hashes) and state in ('READY', 'CONDEMNED')
      """
          .formatted(PROTECTED_DAYS);

  private static final String INSERT =
      """
      insert into xorb (hash, state, storage_key, body_bytes, raw_bytes, chunks, protected_until)
      values (:hash, 'READY', :key, :body, :raw, :chunks, now() + interval '%s days')
      on conflict (hash) do nothing
      returning id, hash, storage_key, body_bytes, raw_bytes, chunks
      """
          .formatted(PROTECTED_DAYS);

  private static final String REPLACE =
      """
      update xorb
         set state = 'READY', generation = generation + 1, storage_key = :key,
             body_bytes = :body, raw_bytes = :raw, chunks = :chunks,
             condemned_at = null, gc_epoch = null,
             protected_until = now() + interval '%s days'
       where hash = :hash and state in ('PENDING', 'DELETING')
      returning id, hash, storage_key, body_bytes, raw_bytes, chunks
      """
          .formatted(PROTECTED_DAYS);

  private Xorbs() {}

  /** The readable ones among {@code hashes}; no decision to reuse may rest on this look alone. */
  public static Map<MerkleHash, StoredXorb> find(DbExecute db, Collection<MerkleHash> hashes) {
    return db.createQuery(FIND)
        .addParam("hashes", Parameters.hashes(hashes))
        .execute()
        .map(Xorbs::xorb)
        .collect(Collectors.toMap(StoredXorb::hash, Function.identity()));
  }

  /** One of {@link #find}. */
  public static Optional<StoredXorb> find(DbExecute db, MerkleHash hash) {
    return db.createGet(FIND)
        .addParam("hashes", new byte[][] {hash.bytes()})
        .execute()
        .map(Xorbs::xorb);
  }

  /**
   * Locks the rows until commit, keeps them from the collector for weeks, and returns those that
   * may be used; a missing one must be uploaded (again).
   *
   * <p>Popular xorbs need no change and are locked shared, so that uses of them run in parallel. A
   * shared lock is never raised, which could deadlock: if the rows changed meanwhile, the
   * transaction begins anew.
   */
  public static Map<MerkleHash, StoredXorb> lockForUse(
      DbTransaction tx, Collection<MerkleHash> hashes) {
    var distinct = hashes.stream().distinct().toList();
    var parameter = Parameters.hashes(distinct);
    if (areQuiet(tx, parameter)) {
      lock(tx, LOCK_SHARED, parameter);
      if (!areQuiet(tx, parameter)) {
        throw new LockRace();
      }
    } else {
      lock(tx, LOCK, parameter);
      tx.createUpdate(USE).addParam("hashes", parameter).execute();
    }
    return find(tx, distinct);
  }

  private static boolean areQuiet(DbTransaction tx, byte[][] hashes) {
    var row = tx.createGet(ALL_QUIET).addParam("hashes", hashes).execute().orElseThrow();
    return longOf(row, "rows") == hashes.length;
  }

  private static void lock(DbTransaction tx, String statement, byte[][] hashes) {
    tx.createQuery(statement).addParam("hashes", hashes).execute().forEach(_ -> {});
  }

  /**
   * Makes a verified xorb visible. Published twice, the first object stays and the second is queued
   * for deletion; bytes that are being deleted are replaced by the new ones.
   */
  public static Published publish(DbTransaction tx, NewXorb xorb) {
    var inserted = with(tx, INSERT, xorb);
    if (inserted.isPresent()) {
      return new Published(inserted.get(), true);
    }
    var hash = new byte[][] {xorb.hash().bytes()};
    lock(tx, LOCK, hash);
    tx.createUpdate(USE).addParam("hashes", hash).execute();
    var existing = find(tx, xorb.hash());
    if (existing.isPresent()) {
      if (!existing.get().storageKey().equals(xorb.storageKey())) {
        DeletionQueue.add(tx, xorb.storageKey(), DeletionQueue.Reason.DUPLICATE);
      }
      return new Published(existing.get(), false);
    }
    return new Published(with(tx, REPLACE, xorb).orElseThrow(LockRace::new), true);
  }

  private static Optional<StoredXorb> with(DbTransaction tx, String statement, NewXorb xorb) {
    return tx.createGet(statement)
        .addParam("hash", xorb.hash().bytes())
        .addParam("key", xorb.storageKey())
        .addParam("body", xorb.bodyBytes())
        .addParam("raw", xorb.rawBytes())
        .addParam("chunks", xorb.chunks())
        .execute()
        .map(Xorbs::xorb);
  }

  static StoredXorb xorb(DbRow row) {
    return new StoredXorb(
        longOf(row, "id"),
        MerkleHash.of(bytesOf(row, "hash")),
        textOf(row, "storage_key"),
        longOf(row, "body_bytes"),
        longOf(row, "raw_bytes"),
        intOf(row, "chunks"));
  }
}
