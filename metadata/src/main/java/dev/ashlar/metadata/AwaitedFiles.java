package dev.ashlar.metadata;

import static dev.ashlar.metadata.Columns.bytesOf;

import dev.ashlar.core.hash.MerkleHash;
import dev.ashlar.core.hash.Sha256;
import io.helidon.dbclient.DbExecute;
import io.helidon.dbclient.DbTransaction;
import java.util.Collection;
import java.util.Set;
import java.util.stream.Collectors;

/**
 * Files that repositories let go of though their commits name them still. They are held no more,
 * and nobody can read them there; but when one comes again, from somebody who may write, its hold
 * is a lasting one from the beginning, because no commit follows that would make it one.
 *
 * <p>What is awaited is a lasting hold that ended, so there is never more of it than there was
 * held.
 */
public final class AwaitedFiles {
  private static final String LET_GO =
      """
      with gone as (
        delete from file_grant g using file f
         where g.repo_id = :repo and f.id = g.file_id and f.sha256 = any(:digests)
        returning f.sha256, g.kind)
      insert into awaited_file (repo_id, sha256)
      select distinct cast(:repo as bigint), sha256 from gone where kind = 'COMMITTED'
       order by sha256
      on conflict do nothing
      """;

  private static final String AMONG =
      """
      select f.hash from file f join awaited_file a on a.sha256 = f.sha256
       where f.hash = any(:hashes) and a.repo_id = :repo
      """;

  private static final String OR_HELD =
      """
      select sha256 from awaited_file where repo_id = :repo and sha256 = any(:digests)
      union
      select f.sha256 from file f join file_grant g on g.file_id = f.id
       where f.sha256 = any(:digests) and g.repo_id = :repo
         and (g.expires_at is null or g.expires_at > now())
      """;

  private static final String HELD_AMONG =
      """
      select f.hash
        from file f join awaited_file a on a.sha256 = f.sha256
        join file_grant g on g.file_id = f.id
       where f.hash = any(:hashes) and a.repo_id = :repo and g.repo_id = :repo
         and (g.expires_at is null or g.expires_at > now())
       order by g.file_id
         for key share of g
      """;

  private static final String RETURNED =
      """
      with returned as (
        update file_grant g set kind = 'COMMITTED', expires_at = null, proposed = false
          from file f join awaited_file a on a.sha256 = f.sha256
         where f.hash = any(:hashes) and a.repo_id = :repo
           and g.repo_id = :repo and g.file_id = f.id
           and (g.expires_at is null or g.expires_at > now())
        returning f.sha256)
      delete from awaited_file
       where repo_id = :repo and sha256 in (select sha256 from returned)
      """;

  private static final String HELD =
      """
      delete from awaited_file
       where repo_id = :repo and sha256 in (select sha256 from file where hash = any(:hashes))
      """;

  private static final String FORGET =
      "delete from awaited_file where repo_id = :repo and sha256 = any(:digests)";

  private static final String COPY =
      """
      insert into awaited_file (repo_id, sha256)
      select :copy, sha256 from awaited_file where repo_id = :origin
      """;

  private static final String DROP = "delete from awaited_file where repo_id = :repo";

  private AwaitedFiles() {}

  /**
   * Ends the repository's holds on the files with these SHA-256 like {@link Holds#drop}, but awaits
   * those that it held lastingly.
   */
  public static void letGo(DbTransaction tx, long repoId, Collection<Sha256> digests) {
    tx.createInsert(LET_GO)
        .addParam("repo", repoId)
        .addParam("digests", Parameters.digests(digests))
        .execute();
  }

  /** Those of the files that the repository awaits, whether it holds them meanwhile or not. */
  public static Set<MerkleHash> among(DbExecute db, long repoId, Collection<MerkleHash> files) {
    return hashes(db, AMONG, repoId, files);
  }

  private static Set<MerkleHash> hashes(
      DbExecute db, String query, long repoId, Collection<MerkleHash> files) {
    return db.createQuery(query)
        .addParam("repo", repoId)
        .addParam("hashes", Parameters.hashes(files))
        .execute()
        .map(row -> MerkleHash.of(bytesOf(row, "hash")))
        .collect(Collectors.toUnmodifiableSet());
  }

  /**
   * Those of the SHA-256 whose files the repository awaits or holds now, asked in one statement: a
   * file that is let go or comes again meanwhile is the one or the other.
   */
  public static Set<Sha256> orHeld(DbExecute db, long repoId, Collection<Sha256> digests) {
    return db.createQuery(OR_HELD)
        .addParam("repo", repoId)
        .addParam("digests", Parameters.digests(digests))
        .execute()
        .map(row -> Sha256.of(bytesOf(row, "sha256")))
        .collect(Collectors.toUnmodifiableSet());
  }

  /**
   * Makes lasting what the repository holds now of awaited files; others stay awaited. They come
   * from somebody who may write there. The holds cannot end before this transaction does, so the
   * files are there to be locked.
   */
  public static void returned(DbTransaction tx, long repoId, Collection<MerkleHash> files) {
    var held = hashes(tx, HELD_AMONG, repoId, files);
    if (held.isEmpty()) {
      return;
    }
    Manifests.lock(tx, held);
    tx.createUpdate(RETURNED)
        .addParam("repo", repoId)
        .addParam("hashes", Parameters.hashes(held))
        .execute();
  }

  /** These are held lastingly. */
  static void held(DbTransaction tx, long repoId, Collection<MerkleHash> files) {
    tx.createDelete(HELD)
        .addParam("repo", repoId)
        .addParam("hashes", Parameters.hashes(files))
        .execute();
  }

  /** Awaits these no more. */
  static void forget(DbTransaction tx, long repoId, Collection<Sha256> digests) {
    tx.createDelete(FORGET)
        .addParam("repo", repoId)
        .addParam("digests", Parameters.digests(digests))
        .execute();
  }

  /** Lets a new repository await what another one awaits. */
  static void copy(DbTransaction tx, long originRepoId, long copyRepoId) {
    tx.createInsert(COPY).addParam("origin", originRepoId).addParam("copy", copyRepoId).execute();
  }

  /** The repository is gone. */
  static void dropRepo(DbTransaction tx, long repoId) {
    tx.createDelete(DROP).addParam("repo", repoId).execute();
  }
}
