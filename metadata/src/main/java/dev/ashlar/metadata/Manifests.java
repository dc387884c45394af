package dev.ashlar.metadata;

import static dev.ashlar.metadata.Columns.bytesOf;
import static dev.ashlar.metadata.Columns.intOf;
import static dev.ashlar.metadata.Columns.longOf;
import static dev.ashlar.metadata.Columns.optional;

import dev.ashlar.core.hash.MerkleHash;
import dev.ashlar.core.hash.Sha256;
import dev.ashlar.core.manifest.FileManifest;
import dev.ashlar.core.manifest.Term;
import dev.ashlar.core.problem.Kind;
import dev.ashlar.core.problem.Problem.Missing;
import dev.ashlar.core.problem.ProblemException;
import io.helidon.dbclient.DbExecute;
import io.helidon.dbclient.DbRow;
import io.helidon.dbclient.DbTransaction;
import java.util.ArrayList;
import java.util.Collection;
import java.util.Comparator;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.function.Function;
import java.util.stream.Collectors;

/**
 * The files and what they are made of.
 *
 * <p>A file keeps the terms of its first registration. They may lie on other xorbs than a later
 * one's, and while nothing held the file those xorbs may have gone: so a file is given to anybody
 * only after its own xorbs were locked ({@link Xorbs#lockForUse}), here and in {@link #lock}.
 */
public final class Manifests {
  private static final String FIND =
      "select t.terms from file f join file_terms t on t.file_id = f.id where f.hash = :hash";

  private static final String LOOK =
      """
      select f.id, f.size_bytes, octet_length(t.terms) / 48 as terms, e.epoch
        from file f join file_terms t on t.file_id = f.id
       cross join content_epoch e
       where f.hash = ?
      """;

  private static final String FILES =
      "select id, hash, size_bytes, sha256 from file where hash = any(:hashes)";

  private static final String LOCK_FILES =
      "select id from file where hash = any(:hashes) order by hash for update";

  private static final String INSERT =
      """
      insert into file (hash, size_bytes, sha256) values (:hash, :bytes, :sha256)
      on conflict (hash) do nothing
      returning id, hash, size_bytes, sha256
      """;

  private static final String VERIFIED =
      """
      update file set sha256 = :sha256 where hash = :hash and (sha256 is null or sha256 = :sha256)
      """;

  private static final String TERMS =
      """
      insert into file_terms (file_id, terms) values (:file, :terms)
      on conflict (file_id) do update set terms = excluded.terms
      """;

  private static final String USES =
      "insert into file_xorb (file_id, xorb_id) select :file, id from unnest(:xorbs) as id";

  private static final String DROP_USES = "delete from file_xorb where file_id = :file";

  private static final String XORBS =
      """
      select distinct x.hash
        from file f join file_xorb u on u.file_id = f.id join xorb x on x.id = u.xorb_id
       where f.hash = any(:hashes)
      """;

  private static final int FILES_AT_ONCE = 4096;

  private static final int TERMS_AT_ONCE = 64 << 10;

  private Manifests() {}

  /** The terms of a file. */
  public static Optional<FileManifest> find(DbExecute db, MerkleHash file) {
    return db.createGet(FIND)
        .addParam("hash", file.bytes())
        .execute()
        .map(row -> FileManifest.unpack(file, bytesOf(row, "terms")));
  }

  /** The file, whoever holds it. */
  public static Optional<SeenFile> look(DbExecute db, MerkleHash file) {
    return db.get(LOOK, (Object) file.bytes()).map(Manifests::seen);
  }

  /** A row with {@code id}, {@code size_bytes}, {@code terms} and {@code epoch}. */
  private static SeenFile seen(DbRow row) {
    return new SeenFile(
        longOf(row, "id"), longOf(row, "size_bytes"), intOf(row, "terms"), longOf(row, "epoch"));
  }

  /** A file without its terms. */
  public static Optional<StoredFile> file(DbExecute db, MerkleHash hash) {
    return Optional.ofNullable(files(db, List.of(hash)).get(hash));
  }

  /** Files without their terms. */
  public static Map<MerkleHash, StoredFile> files(DbExecute db, Collection<MerkleHash> hashes) {
    return db.createQuery(FILES)
        .addParam("hashes", Parameters.hashes(hashes))
        .execute()
        .map(Manifests::file)
        .collect(Collectors.toMap(StoredFile::hash, Function.identity()));
  }

  /**
   * Records a file whose hash and terms were checked. Registering it again changes nothing but a
   * missing SHA-256, except when the first terms cannot be read any more.
   *
   * @param verifiedSha256 computed from the bytes, never a client's claim
   * @param lockedXorbs from {@link Xorbs#lockForUse} in this transaction, all xorbs of the terms
   */
  public static StoredFile register(
      DbTransaction tx,
      FileManifest manifest,
      Optional<Sha256> verifiedSha256,
      Map<MerkleHash, StoredXorb> lockedXorbs) {
    var inserted =
        tx.createGet(INSERT)
            .addParam("hash", manifest.file().bytes())
            .addParam("bytes", manifest.bytes())
            .addParam("sha256", verifiedSha256.map(Sha256::bytes).orElse(null))
            .execute()
            .map(Manifests::file);
    if (inserted.isPresent()) {
      writeTerms(tx, inserted.get().id(), manifest, lockedXorbs);
      return inserted.get();
    }
    if (!lockExisting(tx, List.of(manifest.file()), lockedXorbs.keySet())) {
      long id = file(tx, manifest.file()).orElseThrow(LockRace::new).id();
      tx.createDelete(DROP_USES).addParam("file", id).execute();
      writeTerms(tx, id, manifest, lockedXorbs);
    }
    verifiedSha256.ifPresent(sha256 -> verified(tx, manifest.file(), sha256));
    return file(tx, manifest.file()).orElseThrow(LockRace::new);
  }

  /**
   * Records many files like {@link #register}, some at a time, in the order of their hashes.
   *
   * @param files each once
   */
  public static Map<MerkleHash, Long> registerAll(
      DbTransaction tx, Collection<NewFile> files, Map<MerkleHash, StoredXorb> lockedXorbs) {
    var ids = new HashMap<MerkleHash, Long>();
    var some = new ArrayList<NewFile>();
    int terms = 0;
    for (var file : files.stream().sorted(Comparator.comparing(Manifests::hash)).toList()) {
      some.add(file);
      terms += file.manifest().terms().size();
      if (some.size() == FILES_AT_ONCE || terms >= TERMS_AT_ONCE) {
        ids.putAll(registerSome(tx, some, lockedXorbs));
        some.clear();
        terms = 0;
      }
    }
    if (!some.isEmpty()) {
      ids.putAll(registerSome(tx, some, lockedXorbs));
    }
    return ids;
  }

  private static Map<MerkleHash, Long> registerSome(
      DbTransaction tx, List<NewFile> files, Map<MerkleHash, StoredXorb> lockedXorbs) {
    var ids = new HashMap<>(FileBatch.insert(tx, files, lockedXorbs));
    var others = files.stream().filter(file -> !ids.containsKey(hash(file))).toList();
    if (others.isEmpty()) {
      return ids;
    }
    if (!lockExisting(tx, hashes(others), lockedXorbs.keySet())) {
      others.forEach(
          file ->
              ids.put(hash(file), register(tx, file.manifest(), file.sha256(), lockedXorbs).id()));
      return ids;
    }
    var stored = files(tx, hashes(others));
    for (var file : others) {
      var there = Optional.ofNullable(stored.get(hash(file))).orElseThrow(LockRace::new);
      if (!there.sha256().equals(file.sha256())) {
        file.sha256().ifPresent(sha256 -> verified(tx, hash(file), sha256));
      }
      ids.put(hash(file), there.id());
    }
    return ids;
  }

  private static MerkleHash hash(NewFile file) {
    return file.manifest().file();
  }

  static List<MerkleHash> hashes(Collection<NewFile> files) {
    return files.stream().map(Manifests::hash).toList();
  }

  private static void writeTerms(
      DbTransaction tx, long file, FileManifest manifest, Map<MerkleHash, StoredXorb> xorbs) {
    var ids =
        manifest.terms().stream()
            .map(Term::xorb)
            .distinct()
            .map(hash -> locked(xorbs, hash).id())
            .sorted()
            .toList();
    tx.createInsert(TERMS).addParam("file", file).addParam("terms", manifest.pack()).execute();
    tx.createInsert(USES).addParam("file", file).addParam("xorbs", Parameters.ids(ids)).execute();
  }

  static StoredXorb locked(Map<MerkleHash, StoredXorb> xorbs, MerkleHash hash) {
    var xorb = xorbs.get(hash);
    if (xorb == null) {
      throw new ProblemException(new Missing(Kind.XORB, hash.toString()));
    }
    return xorb;
  }

  /** Fills in the SHA-256 that was computed from the file's bytes. */
  public static void verified(DbTransaction tx, MerkleHash file, Sha256 sha256) {
    long rows =
        tx.createUpdate(VERIFIED)
            .addParam("hash", file.bytes())
            .addParam("sha256", sha256.bytes())
            .execute();
    if (rows != 1) {
      throw new IllegalStateException("file " + file + " is missing or has another SHA-256");
    }
  }

  /** Locks files and their xorbs until commit, so that a hold on them may be written. */
  public static void lock(DbTransaction tx, Collection<MerkleHash> files) {
    if (!lockExisting(tx, files, List.of())) {
      throw new ProblemException(new Missing(Kind.FILE, "one of " + files.size() + " files"));
    }
  }

  /** True when all files are there and all their xorbs may be used. */
  private static boolean lockExisting(
      DbTransaction tx, Collection<MerkleHash> files, Collection<MerkleHash> lockedXorbs) {
    var distinct = files.stream().distinct().toList();
    var parameter = Parameters.hashes(distinct);
    long found = tx.createQuery(LOCK_FILES).addParam("hashes", parameter).execute().count();
    if (found != distinct.size()) {
      return false;
    }
    var xorbs =
        tx.createQuery(XORBS)
            .addParam("hashes", parameter)
            .execute()
            .map(row -> MerkleHash.of(bytesOf(row, "hash")))
            .filter(hash -> !lockedXorbs.contains(hash))
            .toList();
    return xorbs.isEmpty() || Xorbs.lockForUse(tx, xorbs).size() == xorbs.size();
  }

  static StoredFile file(DbRow row) {
    return new StoredFile(
        longOf(row, "id"),
        MerkleHash.of(bytesOf(row, "hash")),
        longOf(row, "size_bytes"),
        optional(row, "sha256", byte[].class).map(Sha256::of));
  }
}
