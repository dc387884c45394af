package dev.ashlar.metadata;

import static dev.ashlar.metadata.Columns.bytesOf;
import static dev.ashlar.metadata.Columns.longOf;

import dev.ashlar.core.hash.MerkleHash;
import io.helidon.dbclient.DbExecute;
import io.helidon.dbclient.DbTransaction;
import java.time.Instant;
import java.util.Collection;
import java.util.HashMap;
import java.util.HashSet;
import java.util.Map;
import java.util.Set;

/** Who may build files from which xorb: a hash alone is no permission. */
public final class XorbGrants {
  private static final String UPLOADED =
      """
      insert into xorb_grant (xorb_id, caller_id, kind) values (:xorb, :caller, 'UPLOADED')
      on conflict (xorb_id, caller_id) do update set kind = 'UPLOADED', expires_at = null
       where xorb_grant.kind <> 'UPLOADED'
      """;

  private static final String SHOWN =
      """
      insert into xorb_grant (xorb_id, caller_id, kind, expires_at)
      select id, :caller, 'SHOWN', :expires from xorb
       where id = any(:xorbs) and state = 'READY' order by hash for key share
      on conflict (xorb_id, caller_id) do update set expires_at = excluded.expires_at
       where xorb_grant.kind = 'SHOWN' and xorb_grant.expires_at < excluded.expires_at
      """;

  /** An hour's gain is not worth the write. */
  private static final String PROTECT_SHOWN =
      """
      update xorb set protected_until = cast(:expires as timestamptz) + interval '1 day'
       where id in (select id from xorb
                     where id = any(:xorbs) and state = 'READY'
                       and protected_until < cast(:expires as timestamptz) + interval '23 hours'
                     order by hash for update)
      """;

  private static final String GRANTED =
      """
      select x.hash
        from xorb x join xorb_grant g on g.xorb_id = x.id and g.caller_id = :caller
       where x.hash = any(:hashes) and x.state in ('READY', 'CONDEMNED')
         and (g.expires_at is null or g.expires_at > now())
      """;

  private static final String REPOS =
      """
      select distinct x.hash, g.repo_id
        from xorb x join file_xorb u on u.xorb_id = x.id join file_grant g on g.file_id = u.file_id
       where x.hash = any(:hashes) and x.state in ('READY', 'CONDEMNED')
         and (g.expires_at is null or g.expires_at > now())
      """;

  private static final String FORGET =
      "delete from xorb_grant where expires_at is not null and expires_at < now()";

  private XorbGrants() {}

  /** The caller has sent all bytes of the xorb. */
  public static void uploaded(DbTransaction tx, long callerId, long xorbId) {
    tx.createInsert(UPLOADED).addParam("xorb", xorbId).addParam("caller", callerId).execute();
  }

  /** A dedup answer names these xorbs to the caller; they are kept at least that long. */
  public static void shown(
      DbTransaction tx, long callerId, Collection<Long> xorbIds, Instant expires) {
    var ids = Parameters.ids(xorbIds);
    var until = Columns.time(expires);
    tx.createUpdate(PROTECT_SHOWN).addParam("expires", until).addParam("xorbs", ids).execute();
    tx.createInsert(SHOWN)
        .addParam("caller", callerId)
        .addParam("expires", until)
        .addParam("xorbs", ids)
        .execute();
  }

  /**
   * Those that the caller may use: uploaded by him, shown to him, or part of a file that a
   * repository holds which he may read.
   */
  public static Set<MerkleHash> usable(
      DbExecute db, long callerId, Collection<MerkleHash> hashes, ReadableRepos repos) {
    var usable = new HashSet<MerkleHash>();
    db.createQuery(GRANTED)
        .addParam("caller", callerId)
        .addParam("hashes", Parameters.hashes(hashes))
        .execute()
        .forEach(row -> usable.add(MerkleHash.of(bytesOf(row, "hash"))));
    var others = hashes.stream().filter(hash -> !usable.contains(hash)).toList();
    if (!others.isEmpty()) {
      var holders = holders(db, others);
      var readable = readable(db, callerId, holders, repos);
      holders.forEach(
          (hash, ids) -> {
            if (ids.stream().anyMatch(readable::contains)) {
              usable.add(hash);
            }
          });
    }
    return Set.copyOf(usable);
  }

  /** Removes what has expired; it is refused already. */
  public static long forgetExpired(DbTransaction tx) {
    return tx.delete(FORGET);
  }

  private static Map<MerkleHash, Set<Long>> holders(DbExecute db, Collection<MerkleHash> hashes) {
    var holders = new HashMap<MerkleHash, Set<Long>>();
    db.createQuery(REPOS)
        .addParam("hashes", Parameters.hashes(hashes))
        .execute()
        .forEach(
            row ->
                holders
                    .computeIfAbsent(MerkleHash.of(bytesOf(row, "hash")), _ -> new HashSet<>())
                    .add(longOf(row, "repo_id")));
    return holders;
  }

  private static Set<Long> readable(
      DbExecute db, long callerId, Map<MerkleHash, Set<Long>> holders, ReadableRepos repos) {
    var all = new HashSet<Long>();
    holders.values().forEach(all::addAll);
    return all.isEmpty() ? Set.of() : repos.readable(db, callerId, all);
  }
}
