package dev.ashlar.hub.git;

import dev.ashlar.metadata.Columns;
import dev.ashlar.objectstore.ObjectKey;
import io.helidon.dbclient.DbExecute;
import io.helidon.dbclient.DbRow;
import io.helidon.dbclient.DbTransaction;
import java.util.ArrayList;
import java.util.Collection;
import java.util.HashMap;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import org.eclipse.jgit.internal.storage.dfs.DfsObjDatabase.PackSource;
import org.eclipse.jgit.internal.storage.dfs.DfsRepositoryDescription;
import org.eclipse.jgit.internal.storage.pack.PackExt;

/** The tables {@code hub_git_pack} and {@code hub_git_pack_file}. */
final class PackRows {
  private static final String ALL =
      """
      SELECT p.name, p.source, p.objects, p.deltas, p.created_at, f.extension, f.storage_key,
             f.size_bytes
        FROM hub_git_pack p
        JOIN hub_git_pack_file f ON f.repo_id = p.repo_id AND f.pack_name = p.name
       WHERE p.repo_id = :repoId
      """;
  private static final String KEYS =
      """
      SELECT storage_key FROM hub_git_pack_file WHERE repo_id = :repoId ORDER BY storage_key
      """;
  private static final String KEYS_OF_PACK =
      """
      SELECT storage_key FROM hub_git_pack_file WHERE repo_id = :repoId AND pack_name = :name
      """;
  private static final String INSERT_PACK =
      """
      INSERT INTO hub_git_pack (repo_id, name, source, objects, deltas)
      VALUES (:repoId, :name, :source, :objects, :deltas)
      """;
  private static final String INSERT_FILE =
      """
      INSERT INTO hub_git_pack_file (repo_id, pack_name, extension, storage_key, size_bytes)
      VALUES (:repoId, :name, :extension, :storageKey, :sizeBytes)
      """;
  private static final String REMOVE_PACK =
      """
      DELETE FROM hub_git_pack WHERE repo_id = :repoId AND name = :name
      """;
  private static final String CROWDED =
      """
      SELECT repo_id FROM hub_git_pack GROUP BY repo_id HAVING count(*) > :packs
       ORDER BY count(*) DESC LIMIT :limit
      """;

  private static final String COPY_PACKS =
      """
      INSERT INTO hub_git_pack (repo_id, name, source, objects, deltas, created_at)
      SELECT :copy, name, source, objects, deltas, created_at
        FROM hub_git_pack WHERE repo_id = :origin
      """;
  private static final String COPY_FILES =
      """
      INSERT INTO hub_git_pack_file (repo_id, pack_name, extension, storage_key, size_bytes)
      SELECT :copy, pack_name, extension, storage_key, size_bytes
        FROM hub_git_pack_file WHERE repo_id = :origin
      """;

  private static final String BYTES =
      """
      SELECT repo_id, CAST(sum(size_bytes) AS bigint) AS pack_bytes
        FROM hub_git_pack_file WHERE repo_id = ANY (CAST(:repos AS bigint[])) GROUP BY repo_id
      """;

  private PackRows() {}

  /** The bytes of the packs of repositories. */
  static Map<Long, Long> bytes(DbExecute db, Collection<Long> repoIds) {
    var bytes = new HashMap<Long, Long>();
    db.createQuery(BYTES)
        .addParam("repos", repoIds.toArray(Long[]::new))
        .execute()
        .forEach(
            row -> bytes.put(Columns.longOf(row, "repo_id"), Columns.longOf(row, "pack_bytes")));
    return bytes;
  }

  /** Lets a repository use all packs of another one, which is locked. */
  static void share(DbTransaction tx, long origin, long copy) {
    SharedObjects.share(tx, origin);
    for (var statement : List.of(COPY_PACKS, COPY_FILES)) {
      tx.createInsert(statement).addParam("origin", origin).addParam("copy", copy).execute();
    }
  }

  static List<HubPack> all(DbExecute db, long repoId, DfsRepositoryDescription repository) {
    var packs = new LinkedHashMap<String, HubPack>();
    db.createQuery(ALL)
        .addParam("repoId", repoId)
        .execute()
        .forEach(
            row -> {
              var name = Columns.textOf(row, "name");
              var pack = packs.computeIfAbsent(name, _ -> pack(row, repository));
              var ext = extension(Columns.textOf(row, "extension"));
              pack.addFileExt(ext);
              pack.setFileSize(ext, Columns.longOf(row, "size_bytes"));
              pack.put(
                  ext,
                  new HubPack.Location.Stored(new ObjectKey(Columns.textOf(row, "storage_key"))));
            });
    return new ArrayList<>(packs.values());
  }

  /** The storage keys of all packs of a repository. */
  static List<ObjectKey> keys(DbExecute db, long repoId) {
    return db.createQuery(KEYS).addParam("repoId", repoId).execute().map(PackRows::key).toList();
  }

  /** The storage keys of one pack; none when the pack is not there. */
  static List<ObjectKey> keys(DbExecute db, long repoId, String name) {
    return db.createQuery(KEYS_OF_PACK)
        .addParam("repoId", repoId)
        .addParam("name", name)
        .execute()
        .map(PackRows::key)
        .toList();
  }

  /** Adds a pack whose files are all in the object store. */
  static void insert(DbExecute db, long repoId, HubPack pack) {
    db.createInsert(INSERT_PACK)
        .addParam("repoId", repoId)
        .addParam("name", pack.getPackName())
        .addParam("source", pack.getPackSource().name())
        .addParam("objects", pack.getObjectCount())
        .addParam("deltas", pack.getDeltaCount())
        .execute();
    pack.locations()
        .forEach(
            (ext, location) ->
                db.createInsert(INSERT_FILE)
                    .addParam("repoId", repoId)
                    .addParam("name", pack.getPackName())
                    .addParam("extension", ext.getExtension())
                    .addParam("storageKey", storedKey(location).text())
                    .addParam("sizeBytes", pack.getFileSize(ext))
                    .execute());
  }

  static void remove(DbExecute db, long repoId, String name) {
    db.createDelete(REMOVE_PACK).addParam("repoId", repoId).addParam("name", name).execute();
  }

  /** Repositories with more packs than that, the fullest first. */
  static List<Long> crowded(DbExecute db, int packs, int limit) {
    return db.createQuery(CROWDED)
        .addParam("packs", packs)
        .addParam("limit", limit)
        .execute()
        .map(row -> Columns.longOf(row, "repo_id"))
        .toList();
  }

  static ObjectKey storedKey(HubPack.Location location) {
    return switch (location) {
      case HubPack.Location.Stored(var key) -> key;
      case HubPack.Location.Staged(var file) ->
          throw new IllegalStateException("not published: " + file.getFileName());
    };
  }

  private static HubPack pack(DbRow row, DfsRepositoryDescription repository) {
    var source = PackSource.valueOf(Columns.textOf(row, "source"));
    var pack = new HubPack(repository, Columns.textOf(row, "name"), source);
    pack.setObjectCount(Columns.longOf(row, "objects"));
    pack.setDeltaCount(Columns.longOf(row, "deltas"));
    pack.setLastModified(Columns.instantOf(row, "created_at").toEpochMilli());
    return pack;
  }

  private static ObjectKey key(DbRow row) {
    return new ObjectKey(Columns.textOf(row, "storage_key"));
  }

  private static PackExt extension(String text) {
    for (var ext : PackExt.values()) {
      if (ext.getExtension().equals(text)) {
        return ext;
      }
    }
    throw new IllegalStateException("unknown pack extension " + text);
  }
}
