package dev.ashlar.hub.lfs;

import static dev.ashlar.metadata.Columns.bytesOf;
import static dev.ashlar.metadata.Columns.instantOf;
import static dev.ashlar.metadata.Columns.longOf;
import static dev.ashlar.metadata.Columns.textOf;

import dev.ashlar.core.hash.Sha256;
import dev.ashlar.metadata.Columns;
import io.helidon.dbclient.DbExecute;
import io.helidon.dbclient.DbTransaction;
import java.time.Instant;
import java.util.Collection;
import java.util.List;
import java.util.Set;
import java.util.stream.Collectors;
import org.eclipse.jgit.lib.ObjectId;

/** The tables {@code hub_lfs_file} and {@code hub_lfs_scanned}. */
final class LfsFileRows {
  private static final String PAGE =
      """
      SELECT oid, size_bytes, filename, ref, pushed_at FROM hub_lfs_file
       WHERE repo_id = :repo AND (pushed_at, oid) < (:pushed, CAST(:oid AS bytea))
         AND EXISTS (SELECT FROM file f JOIN file_grant g ON g.file_id = f.id
                      WHERE f.sha256 = hub_lfs_file.oid AND g.repo_id = :repo
                        AND (g.expires_at IS NULL OR g.expires_at > now()))
       ORDER BY pushed_at DESC, oid DESC
       LIMIT :limit
      """;
  private static final String ADD =
      """
      INSERT INTO hub_lfs_file (repo_id, oid, size_bytes, filename, ref, pushed_at)
      SELECT :repo, f.oid, f.bytes, f.name, :ref, to_timestamp(f.pushed)
        FROM unnest(CAST(:oids AS bytea[]), CAST(:bytes AS bigint[]), CAST(:names AS text[]),
                    CAST(:pushed AS bigint[])) AS f (oid, bytes, name, pushed)
       ORDER BY f.oid
      ON CONFLICT (repo_id, oid)
      DO UPDATE SET pushed_at = least(hub_lfs_file.pushed_at, excluded.pushed_at)
      """;
  private static final String REMOVE =
      "DELETE FROM hub_lfs_file WHERE repo_id = :repo AND oid = ANY (CAST(:oids AS bytea[]))";
  private static final String SCANNED =
      "SELECT commit_id FROM hub_lfs_scanned WHERE repo_id = :repo";
  private static final String FORGET_SCANNED = "DELETE FROM hub_lfs_scanned WHERE repo_id = :repo";
  private static final String ADD_SCANNED =
      """
      INSERT INTO hub_lfs_scanned (repo_id, commit_id)
      SELECT :repo, c FROM unnest(CAST(:commits AS bytea[])) AS c
      ON CONFLICT DO NOTHING
      """;

  private LfsFileRows() {}

  /** At most {@code limit} objects that a repository holds, the newest first, after this place. */
  static List<LfsFile> page(DbExecute db, long repoId, LfsFile.Place after, int limit) {
    return db.createQuery(PAGE)
        .addParam("repo", repoId)
        .addParam("pushed", Columns.time(after.pushedAt()))
        .addParam("oid", after.oid().bytes())
        .addParam("limit", limit)
        .execute()
        .map(
            row ->
                new LfsFile(
                    Sha256.of(bytesOf(row, "oid")),
                    longOf(row, "size_bytes"),
                    textOf(row, "filename"),
                    textOf(row, "ref"),
                    instantOf(row, "pushed_at")))
        .toList();
  }

  /** Notes objects of a ref; the name of one that is known stays, and its earliest time. */
  static void add(DbTransaction tx, long repoId, String ref, Collection<LfsFile> files) {
    tx.createInsert(ADD)
        .addParam("repo", repoId)
        .addParam("ref", ref)
        .addParam("oids", files.stream().map(file -> file.oid().bytes()).toArray(byte[][]::new))
        .addParam("bytes", files.stream().mapToLong(LfsFile::bytes).toArray())
        .addParam("names", files.stream().map(LfsFile::filename).toArray(String[]::new))
        .addParam(
            "pushed",
            files.stream().map(LfsFile::pushedAt).mapToLong(Instant::getEpochSecond).toArray())
        .execute();
  }

  /** Forgets objects. */
  static void remove(DbTransaction tx, long repoId, Collection<Sha256> oids) {
    tx.createDelete(REMOVE)
        .addParam("repo", repoId)
        .addParam("oids", oids.stream().map(Sha256::bytes).toArray(byte[][]::new))
        .execute();
  }

  /** The commits whose history was looked through. */
  static Set<ObjectId> scanned(DbExecute db, long repoId) {
    return db.createQuery(SCANNED)
        .addParam("repo", repoId)
        .execute()
        .map(row -> ObjectId.fromRaw(bytesOf(row, "commit_id")))
        .collect(Collectors.toUnmodifiableSet());
  }

  /** Replaces these commits. */
  static void scanned(DbTransaction tx, long repoId, Collection<ObjectId> commits) {
    tx.createDelete(FORGET_SCANNED).addParam("repo", repoId).execute();
    tx.createInsert(ADD_SCANNED)
        .addParam("repo", repoId)
        .addParam("commits", commits.stream().map(LfsFileRows::bytes).toArray(byte[][]::new))
        .execute();
  }

  private static byte[] bytes(ObjectId id) {
    var raw = new byte[20];
    id.copyRawTo(raw, 0);
    return raw;
  }
}
