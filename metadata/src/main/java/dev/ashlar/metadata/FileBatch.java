package dev.ashlar.metadata;

import static dev.ashlar.metadata.Columns.longOf;

import dev.ashlar.core.hash.MerkleHash;
import dev.ashlar.core.hash.Sha256;
import dev.ashlar.core.manifest.Term;
import io.helidon.dbclient.DbTransaction;
import java.util.ArrayList;
import java.util.Collection;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.Objects;

/** Writes the rows of many new files with a few statements: shards name thousands of them. */
final class FileBatch {
  private static final String INSERT =
      """
      insert into file (hash, size_bytes, sha256)
      select hash, size_bytes, case when octet_length(sha256) = 32 then sha256 end
        from unnest(cast(:hashes as bytea[]), cast(:bytes as bigint[]), cast(:digests as bytea[]))
             as new (hash, size_bytes, sha256)
       order by hash
      on conflict (hash) do nothing
      returning id, hash
      """;

  private static final String TERMS =
      """
      insert into file_terms (file_id, terms)
      select file_id, terms
        from unnest(cast(:files as bigint[]), cast(:terms as bytea[])) as new (file_id, terms)
      """;

  private static final String USES =
      """
      insert into file_xorb (file_id, xorb_id)
      select file_id, xorb_id
        from unnest(cast(:files as bigint[]), cast(:xorbs as bigint[])) as new (file_id, xorb_id)
      """;

  private static final byte[] NO_DIGEST = {};

  private FileBatch() {}

  /** Inserts those that are not there, with their terms; returns their ids. */
  static Map<MerkleHash, Long> insert(
      DbTransaction tx, List<NewFile> files, Map<MerkleHash, StoredXorb> lockedXorbs) {
    var ids = new HashMap<MerkleHash, Long>();
    tx.createQuery(INSERT)
        .addParam("hashes", Parameters.hashes(Manifests.hashes(files)))
        .addParam("bytes", files.stream().mapToLong(file -> file.manifest().bytes()).toArray())
        .addParam("digests", digests(files))
        .execute()
        .forEach(row -> ids.put(MerkleHash.of(Columns.bytesOf(row, "hash")), longOf(row, "id")));
    var inserted = files.stream().filter(file -> ids.containsKey(file.manifest().file())).toList();
    if (!inserted.isEmpty()) {
      writeTerms(tx, inserted, ids);
      writeUses(tx, inserted, ids, lockedXorbs);
    }
    return ids;
  }

  private static byte[][] digests(Collection<NewFile> files) {
    return files.stream()
        .map(file -> file.sha256().map(Sha256::bytes).orElse(NO_DIGEST))
        .toArray(byte[][]::new);
  }

  private static void writeTerms(DbTransaction tx, List<NewFile> files, Map<MerkleHash, Long> ids) {
    tx.createInsert(TERMS)
        .addParam("files", files.stream().mapToLong(file -> id(ids, file)).toArray())
        .addParam(
            "terms", files.stream().map(file -> file.manifest().pack()).toArray(byte[][]::new))
        .execute();
  }

  private static void writeUses(
      DbTransaction tx,
      List<NewFile> files,
      Map<MerkleHash, Long> ids,
      Map<MerkleHash, StoredXorb> lockedXorbs) {
    var users = new ArrayList<Long>();
    var used = new ArrayList<Long>();
    for (var file : files) {
      file.manifest().terms().stream()
          .map(Term::xorb)
          .distinct()
          .map(xorb -> Manifests.locked(lockedXorbs, xorb).id())
          .sorted()
          .forEach(
              xorb -> {
                users.add(id(ids, file));
                used.add(xorb);
              });
    }
    tx.createInsert(USES)
        .addParam("files", Parameters.ids(users))
        .addParam("xorbs", Parameters.ids(used))
        .execute();
  }

  private static long id(Map<MerkleHash, Long> ids, NewFile file) {
    return Objects.requireNonNull(ids.get(file.manifest().file()));
  }
}
