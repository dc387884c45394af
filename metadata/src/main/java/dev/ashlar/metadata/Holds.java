package dev.ashlar.metadata;

import static dev.ashlar.metadata.Columns.bytesOf;
import static dev.ashlar.metadata.Columns.intOf;
import static dev.ashlar.metadata.Columns.longOf;

import dev.ashlar.core.hash.MerkleHash;
import dev.ashlar.core.hash.Sha256;
import io.helidon.dbclient.DbExecute;
import io.helidon.dbclient.DbRow;
import io.helidon.dbclient.DbTransaction;
import java.time.Instant;
import java.util.Collection;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.Set;
import java.util.stream.Collectors;

/**
 * Which repositories hold which files: for a while after an upload, lastingly after a commit. What
 * nobody holds may be collected, and a repository's readers may read what it holds.
 */
public final class Holds {
  private static final String UPLOAD =
      """
      insert into file_grant (repo_id, file_id, kind, expires_at)
      values (:repo, :file, 'UPLOADED', :expires)
      on conflict (repo_id, file_id) do update set expires_at = excluded.expires_at
       where file_grant.kind = 'UPLOADED' and file_grant.expires_at < excluded.expires_at
      """;

  private static final String UPLOAD_ALL =
      """
      insert into file_grant (repo_id, file_id, kind, expires_at)
      select :repo, id, 'UPLOADED', cast(:expires as timestamptz)
        from unnest(cast(:files as bigint[])) as id
       order by id
      on conflict (repo_id, file_id) do update set expires_at = excluded.expires_at
       where file_grant.kind = 'UPLOADED' and file_grant.expires_at < excluded.expires_at
      """;

  private static final String COMMIT =
      """
      insert into file_grant (repo_id, file_id, kind, proposed)
      select :repo, id, 'COMMITTED', cast(:proposed as boolean)
        from file where hash = any(:hashes) order by id
      on conflict (repo_id, file_id) do update
         set kind = 'COMMITTED', expires_at = null,
             proposed = excluded.proposed
                    and (file_grant.proposed or file_grant.kind <> 'COMMITTED')
       where file_grant.kind <> 'COMMITTED' or (file_grant.proposed and not excluded.proposed)
      """;

  private static final String SETTLE =
      "update file_grant set proposed = false where repo_id = :repo and proposed";

  private static final String PROPOSED =
      """
      select f.sha256 from file f join file_grant g on g.file_id = f.id
       where f.sha256 = any(:digests) and g.repo_id = :repo and g.proposed
      """;

  private static final String ANY_PROPOSED =
      "select 1 as found from file_grant where repo_id = :repo and proposed limit 1";

  private static final String HELD =
      """
      select f.hash from file f join file_grant g on g.file_id = f.id
       where f.hash = any(:hashes) and g.repo_id = :repo
         and (g.expires_at is null or g.expires_at > now())
      """;

  private static final String LOOK =
      """
      select file_id, file_bytes, file_terms, file_epoch
        from held_file where hash = ? and repo_id = ?
      """;

  private static final String BY_SHA256 =
      """
      select f.id, f.hash, f.size_bytes, f.sha256
        from file f join file_grant g on g.file_id = f.id
       where f.sha256 = any(:digests) and g.repo_id = :repo
         and (g.expires_at is null or g.expires_at > now())
       order by f.id desc
      """;

  private static final String COMMITTED_BY_SHA256 =
      """
      select f.id, f.hash, f.size_bytes, f.sha256
        from file f join file_grant g on g.file_id = f.id
       where f.sha256 = any(:digests) and g.repo_id = :repo and g.kind = 'COMMITTED'
       order by f.id desc
      """;

  private static final String BYTES =
      """
      select g.repo_id, cast(sum(f.size_bytes) as bigint) as held_bytes
        from file f join file_grant g on g.file_id = f.id
       where g.repo_id = any(cast(:repos as bigint[])) and g.kind = 'COMMITTED'
       group by g.repo_id
      """;

  private static final String COPY =
      """
      insert into file_grant (repo_id, file_id, kind)
      select :copy, g.file_id, 'COMMITTED' from file_grant g
       where g.repo_id = :origin and g.kind = 'COMMITTED'
         and not (g.proposed
                  and g.file_id in (select id from file where sha256 = any(:without)))
       order by g.file_id
         for key share of g
      """;

  private static final String DROP_BY_SHA256 =
      """
      delete from file_grant
       where repo_id = :repo and file_id in (select id from file where sha256 = any(:digests))
      """;

  private static final String LAPSE_BY_SHA256 =
      """
      update file_grant
         set kind = 'UPLOADED', expires_at = cast(:expires as timestamptz), proposed = false
       where repo_id = :repo and kind = 'COMMITTED' and proposed
         and file_id in (select id from file where sha256 = any(:digests))
      """;

  private static final String DROP = "delete from file_grant where repo_id = :repo";

  private Holds() {}

  /**
   * Holds a file until {@code expires}; its xorbs are locked in this transaction, by {@link
   * Manifests#register} or {@link Manifests#lock}.
   */
  public static void upload(DbTransaction tx, long repoId, long fileId, Instant expires) {
    tx.createInsert(UPLOAD)
        .addParam("repo", repoId)
        .addParam("file", fileId)
        .addParam("expires", Columns.time(expires))
        .execute();
  }

  /** Holds many files until {@code expires}, each once, like {@link #upload}. */
  public static void uploadAll(
      DbTransaction tx, long repoId, Collection<Long> fileIds, Instant expires) {
    tx.createInsert(UPLOAD_ALL)
        .addParam("repo", repoId)
        .addParam("files", Parameters.ids(fileIds))
        .addParam("expires", Columns.time(expires))
        .execute();
  }

  /** Holds files lastingly; whether the repository may have them was decided before. */
  public static void commit(DbTransaction tx, long repoId, Collection<MerkleHash> files) {
    commit(tx, repoId, files, false);
  }

  /**
   * Holds files lastingly like {@link #commit}, for the sake of a pull request: unless they are
   * committed otherwise as well, before or later, {@link #lapse} may end that.
   */
  public static void propose(DbTransaction tx, long repoId, Collection<MerkleHash> files) {
    commit(tx, repoId, files, true);
  }

  private static void commit(
      DbTransaction tx, long repoId, Collection<MerkleHash> files, boolean isProposed) {
    if (files.isEmpty()) {
      return;
    }
    Manifests.lock(tx, files);
    tx.createInsert(COMMIT)
        .addParam("repo", repoId)
        .addParam("proposed", isProposed)
        .addParam("hashes", Parameters.hashes(files))
        .execute();
    if (!isProposed) {
      AwaitedFiles.held(tx, repoId, files);
    }
  }

  /** The file, if the repository holds it now. */
  public static Optional<SeenFile> look(DbExecute db, long repoId, MerkleHash file) {
    return db.get(LOOK, file.bytes(), repoId).flatMap(Holds::beside);
  }

  /** The file whose columns of {@code held_file} stand in a row, perhaps beside others. */
  public static Optional<SeenFile> beside(DbRow row) {
    return Columns.optional(row, "file_id", Long.class)
        .map(
            id ->
                new SeenFile(
                    id,
                    longOf(row, "file_bytes"),
                    intOf(row, "file_terms"),
                    longOf(row, "file_epoch")));
  }

  /** What was proposed counts as committed: none of it ends with a pull request any more. */
  public static void settle(DbTransaction tx, long repoId) {
    tx.createUpdate(SETTLE).addParam("repo", repoId).execute();
  }

  /** Whether any file was proposed and never committed otherwise. */
  public static boolean anyProposed(DbExecute db, long repoId) {
    return db.createGet(ANY_PROPOSED).addParam("repo", repoId).execute().isPresent();
  }

  /** Those of the verified SHA-256 whose files were proposed and never committed otherwise. */
  public static Set<Sha256> proposed(DbExecute db, long repoId, Collection<Sha256> digests) {
    return db.createQuery(PROPOSED)
        .addParam("repo", repoId)
        .addParam("digests", Parameters.digests(digests))
        .execute()
        .map(row -> Sha256.of(bytesOf(row, "sha256")))
        .collect(Collectors.toUnmodifiableSet());
  }

  /** True when the repository holds the file now. */
  public static boolean isHeld(DbExecute db, long repoId, MerkleHash file) {
    return !held(db, repoId, List.of(file)).isEmpty();
  }

  /** Those that the repository holds now. */
  public static Set<MerkleHash> held(DbExecute db, long repoId, Collection<MerkleHash> files) {
    return db.createQuery(HELD)
        .addParam("repo", repoId)
        .addParam("hashes", Parameters.hashes(files))
        .execute()
        .map(row -> MerkleHash.of(bytesOf(row, "hash")))
        .collect(Collectors.toUnmodifiableSet());
  }

  /** The repository's files with these verified SHA-256. */
  public static Map<Sha256, StoredFile> bySha256(
      DbExecute db, long repoId, Collection<Sha256> digests) {
    return bySha256(db, BY_SHA256, repoId, digests);
  }

  /** Those of {@link #bySha256} that no expiry will end. */
  public static Map<Sha256, StoredFile> committedBySha256(
      DbExecute db, long repoId, Collection<Sha256> digests) {
    return bySha256(db, COMMITTED_BY_SHA256, repoId, digests);
  }

  private static Map<Sha256, StoredFile> bySha256(
      DbExecute db, String query, long repoId, Collection<Sha256> digests) {
    var found = new HashMap<Sha256, StoredFile>();
    db.createQuery(query)
        .addParam("repo", repoId)
        .addParam("digests", Parameters.digests(digests))
        .execute()
        .map(Manifests::file)
        .forEach(file -> found.put(file.sha256().orElseThrow(), file));
    return Map.copyOf(found);
  }

  /** How many bytes the committed files of repositories have, whatever they share with others. */
  public static Map<Long, Long> committedBytes(DbExecute db, Collection<Long> repoIds) {
    var bytes = new HashMap<Long, Long>();
    db.createQuery(BYTES)
        .addParam("repos", repoIds.toArray(Long[]::new))
        .execute()
        .forEach(row -> bytes.put(longOf(row, "repo_id"), longOf(row, "held_bytes")));
    return bytes;
  }

  /**
   * Lets a new repository hold what another one holds lastingly, except files with the given
   * SHA-256 that were only proposed there. The other one's holds cannot end before this transaction
   * does, so the files are never without one. The copy awaits what the other one awaits; that is
   * asked first, so that what comes again meanwhile is found either awaited or held.
   */
  public static void copy(
      DbTransaction tx, long originRepoId, long copyRepoId, Collection<Sha256> without) {
    AwaitedFiles.copy(tx, originRepoId, copyRepoId);
    tx.createInsert(COPY)
        .addParam("origin", originRepoId)
        .addParam("copy", copyRepoId)
        .addParam("without", Parameters.digests(without))
        .execute();
  }

  /**
   * Lets lasting holds on the files with these SHA-256 last until {@code expires} only, if the
   * files were proposed and never committed otherwise.
   */
  public static void lapse(
      DbTransaction tx, long repoId, Collection<Sha256> digests, Instant expires) {
    tx.createUpdate(LAPSE_BY_SHA256)
        .addParam("expires", Columns.time(expires))
        .addParam("repo", repoId)
        .addParam("digests", Parameters.digests(digests))
        .execute();
  }

  /**
   * Ends the repository's holds on the files with these SHA-256, however they came about; no commit
   * names the files, or soon none will.
   */
  public static void drop(DbTransaction tx, long repoId, Collection<Sha256> digests) {
    tx.createDelete(DROP_BY_SHA256)
        .addParam("repo", repoId)
        .addParam("digests", Parameters.digests(digests))
        .execute();
    AwaitedFiles.forget(tx, repoId, digests);
  }

  /** The repository is gone: it holds nothing more. */
  public static void dropRepo(DbTransaction tx, long repoId) {
    tx.createDelete(DROP).addParam("repo", repoId).execute();
    AwaitedFiles.dropRepo(tx, repoId);
  }
}
