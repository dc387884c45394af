package dev.ashlar.metadata;

import static dev.ashlar.metadata.Columns.bytesOf;
import static dev.ashlar.metadata.Columns.longOf;

import dev.ashlar.core.hash.MerkleHash;
import io.helidon.dbclient.DbExecute;
import io.helidon.dbclient.DbTransaction;
import java.util.Collection;
import java.util.HashSet;
import java.util.List;
import java.util.Set;

/**
 * The sparse index from eligible chunks to the xorbs that hold them, filled only from our own
 * reading of stored xorbs. A hit brings the whole neighbourhood, so that a thousandth of all chunks
 * suffices to find the rest.
 */
public final class DedupIndex {
  private static final String ADD =
      """
      insert into dedup_chunk (chunk_hash, xorb_id)
      select hash, :xorb from unnest(:hashes) as hash
      on conflict do nothing
      """;

  private static final String ADD_FIRST =
      """
      insert into dedup_chunk (chunk_hash, xorb_id)
      select hash, xorb
        from unnest(cast(:hashes as bytea[]), cast(:xorbs as bigint[])) as new (hash, xorb)
       order by hash, xorb
      on conflict do nothing
      """;

  private static final String LOOKUP =
      """
      select d.xorb_id from dedup_chunk d join xorb x on x.id = d.xorb_id
       where d.chunk_hash = :hash and x.state = 'READY'
       order by d.xorb_id desc limit 64
      """;

  private static final String KNOWN =
      "select 1 as known from dedup_chunk where chunk_hash = ? limit 1";

  private static final String REPOS =
      """
      select distinct g.repo_id
        from file_xorb u join file_grant g on g.file_id = u.file_id
       where u.xorb_id = :xorb and (g.expires_at is null or g.expires_at > now())
      """;

  private static final String GRANTED =
      """
      select 1 as yes from xorb_grant
       where xorb_id = :xorb and caller_id = :caller and (expires_at is null or expires_at > now())
      """;

  /** A popular xorb is in many files: the newest of them are enough. */
  private static final String NEIGHBOURS =
      """
      with files as (
        select distinct u.file_id
          from file_xorb u join file_grant g on g.file_id = u.file_id
         where u.xorb_id = :xorb and g.repo_id = any(:repos)
           and (g.expires_at is null or g.expires_at > now())
         order by u.file_id desc limit 256)
      select x.id, x.hash, x.storage_key, x.body_bytes, x.raw_bytes, x.chunks
        from xorb x
       where x.state = 'READY'
         and (x.id = :xorb
              or x.id in (select n.xorb_id from files join file_xorb n on n.file_id = files.file_id))
       order by x.id = :xorb desc, x.id desc limit 64
      """;

  /** As of the last analysis, which may be never. */
  private static final String ROUGH_SIZE =
      "select cast(greatest(reltuples, 0) as bigint) as n from pg_class"
          + " where oid = cast('dedup_chunk' as regclass)";

  private static final String ALL =
      "select chunk_hash from dedup_chunk where chunk_hash > :after order by chunk_hash limit :max";

  private static final String HORIZON =
      "select cast(cast(pg_snapshot_xmin(pg_current_snapshot()) as text) as bigint) as horizon";

  /** Rows of a dump that another cluster wrote may name transactions yet to come. */
  private static final String ADDED =
      """
      select cast(cast(added_in as text) as bigint) as added_in, chunk_hash
        from dedup_chunk
       where added_in >= cast(cast(:transaction as text) as xid8)
         and (added_in, chunk_hash) > (cast(cast(:transaction as text) as xid8), :chunk)
         and added_in < pg_snapshot_xmax(pg_current_snapshot())
       order by added_in, chunk_hash limit :max
      """;

  private DedupIndex() {}

  /** Adds the first chunks of files, each with the id of its xorb at the same place. */
  public static void add(DbTransaction tx, List<MerkleHash> chunkHashes, List<Long> xorbIds) {
    tx.createInsert(ADD_FIRST)
        .addParam("hashes", Parameters.hashes(chunkHashes))
        .addParam("xorbs", Parameters.ids(xorbIds))
        .execute();
  }

  /** Adds the eligible chunks of a xorb. */
  public static void add(DbTransaction tx, Collection<MerkleHash> chunkHashes, long xorbId) {
    var inOrder = chunkHashes.stream().distinct().sorted().toList();
    tx.createInsert(ADD)
        .addParam("xorb", xorbId)
        .addParam("hashes", Parameters.hashes(inOrder))
        .execute();
  }

  /** Whether any xorb is known to hold the chunk; most questions end here. */
  public static boolean isKnown(DbExecute db, MerkleHash chunkHash) {
    return db.get(KNOWN, (Object) chunkHash.bytes()).isPresent();
  }

  /**
   * The newest xorb with the chunk that the caller may see, then its neighbours; empty if there is
   * none.
   */
  public static List<StoredXorb> around(
      DbExecute db, long callerId, MerkleHash chunkHash, ReadableRepos repos) {
    for (long xorb : lookup(db, chunkHash)) {
      var found = neighbours(db, callerId, xorb, repos);
      if (!found.isEmpty()) {
        return found;
      }
    }
    return List.of();
  }

  /** About how many rows there are, for less than counting them. */
  public static long roughSize(DbExecute db) {
    return longOf(db.get(ROUGH_SIZE).orElseThrow(), "n");
  }

  /** The first chunks behind the given one, in the database's order, some of them repeatedly. */
  public static List<MerkleHash> all(DbExecute db, MerkleHash after, int max) {
    return db.createQuery(ALL)
        .addParam("after", after.bytes())
        .addParam("max", max)
        .execute()
        .map(row -> MerkleHash.of(bytesOf(row, "chunk_hash")))
        .toList();
  }

  /**
   * The oldest transaction that may still be open: every statement to come sees all that older ones
   * have added. It never goes back.
   */
  public static long horizon(DbExecute db) {
    return longOf(db.get(HORIZON).orElseThrow(), "horizon");
  }

  /**
   * The first chunks behind the given place in the order of additions. Transactions end in another
   * order than they begin, so go on from the last one of these only until there are no more, then
   * begin again at a horizon that was taken before.
   */
  public static List<AddedChunk> added(DbExecute db, AddedChunk after, int max) {
    return db.createQuery(ADDED)
        .addParam("transaction", after.transaction())
        .addParam("chunk", after.chunk().bytes())
        .addParam("max", max)
        .execute()
        .map(
            row ->
                new AddedChunk(longOf(row, "added_in"), MerkleHash.of(bytesOf(row, "chunk_hash"))))
        .toList();
  }

  /** The xorbs that hold the chunk, newest first, whoever may see them. */
  static List<Long> lookup(DbExecute db, MerkleHash chunkHash) {
    return db.createQuery(LOOKUP)
        .addParam("hash", chunkHash.bytes())
        .execute()
        .map(row -> longOf(row, "xorb_id"))
        .toList();
  }

  /**
   * The xorb, then newest first the other xorbs of the files that use it; only what the caller may
   * see, at most 64, empty if he may not see the xorb itself.
   */
  static List<StoredXorb> neighbours(
      DbExecute db, long callerId, long xorbId, ReadableRepos repos) {
    var readable = readable(db, callerId, xorbId, repos);
    if (readable.isEmpty() && !isGranted(db, callerId, xorbId)) {
      return List.of();
    }
    return db.createQuery(NEIGHBOURS)
        .addParam("xorb", xorbId)
        .addParam("repos", Parameters.ids(readable))
        .execute()
        .map(Xorbs::xorb)
        .toList();
  }

  private static Set<Long> readable(DbExecute db, long callerId, long xorbId, ReadableRepos repos) {
    var holders = new HashSet<Long>();
    db.createQuery(REPOS)
        .addParam("xorb", xorbId)
        .execute()
        .forEach(row -> holders.add(longOf(row, "repo_id")));
    return holders.isEmpty() ? Set.of() : repos.readable(db, callerId, holders);
  }

  private static boolean isGranted(DbExecute db, long callerId, long xorbId) {
    return db.createGet(GRANTED)
        .addParam("xorb", xorbId)
        .addParam("caller", callerId)
        .execute()
        .isPresent();
  }
}
