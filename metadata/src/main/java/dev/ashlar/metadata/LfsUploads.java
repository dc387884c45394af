package dev.ashlar.metadata;

import static dev.ashlar.metadata.Columns.booleanOf;
import static dev.ashlar.metadata.Columns.bytesOf;
import static dev.ashlar.metadata.Columns.intOf;
import static dev.ashlar.metadata.Columns.longOf;
import static dev.ashlar.metadata.Columns.optional;
import static dev.ashlar.metadata.Columns.textOf;

import dev.ashlar.core.hash.Sha256;
import dev.ashlar.core.token.PartsUrl;
import io.helidon.dbclient.DbExecute;
import io.helidon.dbclient.DbRow;
import io.helidon.dbclient.DbTransaction;
import java.time.Duration;
import java.util.Collection;
import java.util.List;
import java.util.Optional;
import java.util.UUID;
import java.util.stream.Collectors;

/**
 * LFS objects that arrive in parts: which parts are stored, and which server joins them.
 *
 * <p>An upload exists from its first part on. Of each part the last arrival counts; the bytes of
 * earlier ones are queued for deletion, and stay for a day while somebody may be reading them.
 */
public final class LfsUploads {
  private static final Duration READERS = Duration.ofHours(24);

  private static final String WHERE =
      """
       where repo_id = :repo and oid = :oid and caller_id = :caller and size_bytes = :bytes
         and part_bytes = :part
      """;

  private static final String OPEN =
      """
      insert into lfs_upload (repo_id, oid, caller_id, size_bytes, part_bytes, expires_at)
      values (:repo, :oid, :caller, :bytes, :part,
              now() + cast(:seconds as bigint) * interval '1 second')
      on conflict (repo_id, oid, caller_id, size_bytes, part_bytes)
      do update set expires_at = excluded.expires_at, failure = null
      returning id, failure, coalesce(worker_until > now(), false) as is_joined
      """;

  private static final String LOCK =
      "select id, failure, coalesce(worker_until > now(), false) as is_joined from lfs_upload"
          + WHERE
          + "for update";

  private static final String PUT_PART =
      """
      insert into lfs_part (upload_id, number, storage_key, size_bytes, sha256)
      values (:upload, :number, :key, :bytes, :sha256)
      """;

  private static final String TAKE_PART =
      "delete from lfs_part where upload_id = :upload and number = :number returning storage_key";

  private static final String PARTS =
      """
      select number, storage_key, size_bytes, sha256 from lfs_part
       where upload_id = :upload order by number
      """;

  private static final String BEGIN =
      """
      update lfs_upload
         set worker = cast(:worker as uuid), failure = null,
             worker_until = now() + cast(:seconds as bigint) * interval '1 second',
             expires_at = greatest(expires_at, now() + interval '1 hour')
       where id = :id
      """;

  private static final String RENEW =
      """
      update lfs_upload
         set worker_until = now() + cast(:seconds as bigint) * interval '1 second',
             expires_at = greatest(expires_at, now() + interval '1 hour')
       where id = :id and worker = cast(:worker as uuid)
      """;

  private static final String RELEASE =
      """
      update lfs_upload set worker = null, worker_until = null
       where id = :id and worker = cast(:worker as uuid)
      """;

  private static final String FAIL =
      "update lfs_upload set failure = :failure, worker = null, worker_until = null where id = :id";

  private static final String DROP = "delete from lfs_upload where id = :id";

  private static final String EXPIRED =
      """
      select id from lfs_upload
       where expires_at < now() and (worker_until is null or worker_until < now())
       order by expires_at limit :limit for update skip locked
      """;

  private LfsUploads() {}

  /** A stored part. */
  public record Part(int number, String storageKey, long bytes, Sha256 sha256) {}

  /**
   * What is known of an upload.
   *
   * @param failure why its parts were refused the last time
   * @param isJoined whether some server is at it now
   */
  public record Upload(long id, Optional<String> failure, boolean isJoined) {}

  /** Notes a part, in the place of an earlier one; the upload lives for so long from now on. */
  public static void put(DbTransaction tx, PartsUrl object, Part part, Duration lifetime) {
    var upload =
        tx.createGet(OPEN)
            .addParam("repo", object.repoId())
            .addParam("oid", object.oid().bytes())
            .addParam("caller", object.callerId())
            .addParam("bytes", object.bytes())
            .addParam("part", object.partBytes())
            .addParam("seconds", lifetime.toSeconds())
            .execute()
            .map(LfsUploads::upload)
            .orElseThrow();
    tx.createQuery(TAKE_PART)
        .addParam("upload", upload.id())
        .addParam("number", part.number())
        .execute()
        .map(row -> textOf(row, "storage_key"))
        .toList()
        .forEach(key -> discard(tx, key, upload.isJoined() ? READERS : Duration.ZERO));
    tx.createInsert(PUT_PART)
        .addParam("upload", upload.id())
        .addParam("number", part.number())
        .addParam("key", part.storageKey())
        .addParam("bytes", part.bytes())
        .addParam("sha256", part.sha256().bytes())
        .execute();
  }

  /** The upload, locked until the transaction ends. */
  public static Optional<Upload> lock(DbTransaction tx, PartsUrl object) {
    return tx.createGet(LOCK)
        .addParam("repo", object.repoId())
        .addParam("oid", object.oid().bytes())
        .addParam("caller", object.callerId())
        .addParam("bytes", object.bytes())
        .addParam("part", object.partBytes())
        .execute()
        .map(LfsUploads::upload);
  }

  /** The parts that are stored, in the order of their numbers. */
  public static List<Part> parts(DbExecute db, long upload) {
    return db.createQuery(PARTS)
        .addParam("upload", upload)
        .execute()
        .map(
            row ->
                new Part(
                    intOf(row, "number"),
                    textOf(row, "storage_key"),
                    longOf(row, "size_bytes"),
                    Sha256.of(bytesOf(row, "sha256"))))
        .toList();
  }

  /** Lets a worker join the parts; nobody else shall until its lease is over. */
  public static void begin(DbTransaction tx, long upload, UUID worker, Duration lease) {
    tx.createUpdate(BEGIN)
        .addParam("id", upload)
        .addParam("worker", worker.toString())
        .addParam("seconds", lease.toSeconds())
        .execute();
  }

  /** Extends the lease of a worker that is still at it. */
  public static void renew(DbTransaction tx, long upload, UUID worker, Duration lease) {
    tx.createUpdate(RENEW)
        .addParam("id", upload)
        .addParam("worker", worker.toString())
        .addParam("seconds", lease.toSeconds())
        .execute();
  }

  /** Ends the lease of a worker that did not come to an end; the parts stay. */
  public static void release(DbTransaction tx, long upload, UUID worker) {
    tx.createUpdate(RELEASE).addParam("id", upload).addParam("worker", worker.toString()).execute();
  }

  /** Notes that these parts are not the object; they go, and the reason stays. */
  public static void fail(DbTransaction tx, long upload, Collection<Part> wrong, String failure) {
    var keys = wrong.stream().map(Part::storageKey).collect(Collectors.toSet());
    for (var part : parts(tx, upload)) {
      if (keys.contains(part.storageKey())) {
        tx.createQuery(TAKE_PART)
            .addParam("upload", upload)
            .addParam("number", part.number())
            .execute()
            .forEach(row -> discard(tx, textOf(row, "storage_key"), Duration.ZERO));
      }
    }
    tx.createUpdate(FAIL).addParam("id", upload).addParam("failure", failure).execute();
  }

  /** Forgets an upload with its parts. */
  public static void drop(DbTransaction tx, long upload) {
    parts(tx, upload).forEach(part -> discard(tx, part.storageKey(), Duration.ZERO));
    tx.createDelete(DROP).addParam("id", upload).execute();
  }

  /** Forgets uploads of which nothing was heard for long; returns how many, at most the limit. */
  public static int expire(DbTransaction tx, int limit) {
    var ids =
        tx.createQuery(EXPIRED)
            .addParam("limit", limit)
            .execute()
            .map(row -> longOf(row, "id"))
            .toList();
    ids.forEach(id -> drop(tx, id));
    return ids.size();
  }

  private static void discard(DbTransaction tx, String key, Duration grace) {
    DeletionQueue.add(tx, key, DeletionQueue.Reason.ABANDONED, grace);
  }

  private static Upload upload(DbRow row) {
    return new Upload(
        longOf(row, "id"), optional(row, "failure", String.class), booleanOf(row, "is_joined"));
  }
}
