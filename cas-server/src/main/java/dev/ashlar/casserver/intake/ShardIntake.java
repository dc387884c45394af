package dev.ashlar.casserver.intake;

import dev.ashlar.core.fault.CrashPoints;
import dev.ashlar.core.hash.MerkleHash;
import dev.ashlar.core.hash.Sha256;
import dev.ashlar.core.manifest.FileManifest;
import dev.ashlar.core.problem.Problem.Malformed;
import dev.ashlar.core.problem.ProblemException;
import dev.ashlar.core.shard.ShardFile;
import dev.ashlar.core.token.XetToken;
import dev.ashlar.metadata.Database;
import dev.ashlar.metadata.Manifests;
import dev.ashlar.metadata.ReadableRepos;
import dev.ashlar.metadata.StoredFile;
import dev.ashlar.metadata.StoredXorb;
import dev.ashlar.metadata.XorbGrants;
import dev.ashlar.metadata.Xorbs;
import dev.ashlar.objectstore.Staging;
import dev.ashlar.objectstore.StoredXorbs;
import java.io.IOException;
import java.io.InputStream;
import java.nio.file.Files;
import java.nio.file.Path;
import java.nio.file.StandardCopyOption;
import java.util.ArrayList;
import java.util.Collection;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.Objects;
import java.util.Optional;
import java.util.concurrent.Semaphore;

/**
 * Takes shards: registers the files they describe for the token's repository.
 *
 * <p>A shard is a claim. It may use xorbs that the caller may use; all it says about them is
 * compared with our own index; file hashes are recomputed from stored chunk hashes, and a claimed
 * SHA-256 from the bytes. Only then one transaction locks the xorbs, registers the files and holds
 * them. A shard with one fault registers nothing.
 */
public final class ShardIntake {
  /** The protocol's limit; clients begin another shard before it. */
  public static final long BYTES_MAX = 64L << 20;

  /** Shard bytes being checked at one time, as their files lie in memory. */
  private static final int CHECKED_KIB_MAX = 64 << 10;

  /** A shard may name a million xorbs; the database is asked for some at a time. */
  private static final int ASKED_AT_ONCE = 4096;

  private final Semaphore checkedKib = new Semaphore(CHECKED_KIB_MAX, true);
  private final Database database;
  private final StoredXorbs store;
  private final Staging staging;
  private final ReadableRepos readable;
  private final CpuPool cpu;
  private final FileRegistry registry;

  ShardIntake(
      Database database,
      StoredXorbs store,
      Staging staging,
      ReadableRepos readable,
      CpuPool cpu,
      FileRegistry registry) {
    this.database = database;
    this.store = store;
    this.staging = staging;
    this.readable = readable;
    this.cpu = cpu;
    this.registry = registry;
  }

  /** A shard on disk whose form is right and whose content is not yet believed; close it. */
  public final class Received implements AutoCloseable {
    private final Path file;

    private Received(Path file) {
      this.file = file;
    }

    /** Checks and registers it; true when any of its files was new to the repository. */
    public boolean register(XetToken token, Progress progress) throws IOException {
      int kib = (int) Math.min(CHECKED_KIB_MAX, 1 + (Files.size(file) >> 10));
      checkedKib.acquireUninterruptibly(kib);
      try {
        return ShardIntake.this.register(ShardContent.read(file), token, progress);
      } finally {
        checkedKib.release(kib);
      }
    }

    @Override
    public void close() throws IOException {
      Files.deleteIfExists(file);
    }
  }

  /**
   * Takes a body of at most {@link #BYTES_MAX} to disk; what is not formed like a shard is refused.
   */
  public Received receive(InputStream body) throws IOException {
    var received = new Received(staging.newFile());
    try {
      Files.copy(body, received.file, StandardCopyOption.REPLACE_EXISTING);
      ShardContent.requireForm(received.file);
      return received;
    } catch (IOException | RuntimeException e) {
      received.close();
      throw e;
    }
  }

  private boolean register(ShardContent shard, XetToken token, Progress progress)
      throws IOException {
    var xorbs = new UsedXorbs(usable(token.callerId(), shard), store);
    cpu.run(() -> check(shard, xorbs));
    var files = checked(shard.files(), xorbs, progress);
    progress.committing();
    CrashPoints.pass("shard.verified");
    boolean news = database.transact(tx -> registry.register(tx, token.repoId(), files));
    CrashPoints.pass("shard.committed");
    return news;
  }

  /** All xorbs of the shard; the first few that may not be used end it, whatever else it names. */
  private Map<MerkleHash, StoredXorb> usable(long callerId, ShardContent shard) {
    var usable = new HashMap<MerkleHash, StoredXorb>();
    var some = new ArrayList<MerkleHash>();
    for (var hash : shard.xorbs().sequencedKeySet()) {
      some.add(hash);
      if (some.size() == ASKED_AT_ONCE || hash.equals(shard.xorbs().lastEntry().getKey())) {
        usable.putAll(
            database.read(db -> Xorbs.find(db, XorbGrants.usable(db, callerId, some, readable))));
        for (var asked : some) {
          long offset = Objects.requireNonNull(shard.xorbs().get(asked));
          ShardCheck.requireUsable(asked.toString(), offset, usable.containsKey(asked));
        }
        some.clear();
      }
    }
    return usable;
  }

  private static boolean check(ShardContent shard, UsedXorbs xorbs) throws IOException {
    var check = new ShardCheck(xorbs);
    shard.forEachXorb(check::xorb);
    shard.files().forEach(check::file);
    return true;
  }

  private List<CheckedFile> checked(Collection<ShardFile> files, UsedXorbs xorbs, Progress progress)
      throws IOException {
    var tally = new Tally(files, progress);
    var digest = new FileDigest(cpu, xorbs);
    var checked = new ArrayList<CheckedFile>();
    for (var file : files) {
      var sha256 =
          file.sha256().isPresent()
              ? Optional.of(verified(file, digest, tally))
              : Optional.<Sha256>empty();
      checked.add(new CheckedFile(file.manifest(), sha256, firstChunk(file.manifest(), xorbs)));
    }
    return checked;
  }

  private Sha256 verified(ShardFile file, FileDigest digest, Tally tally) throws IOException {
    var manifest = file.manifest();
    var known = knownSha256(manifest.file());
    var sha256 = known.isPresent() ? known.get() : digest.of(manifest, tally::add);
    if (known.isPresent()) {
      tally.add(manifest.bytes());
    }
    if (!file.sha256().orElseThrow().holdsFor(sha256)) {
      throw new ProblemException(
          new Malformed(
              "shard",
              file.offset(),
              "the bytes of file " + manifest.file() + " have SHA-256 " + sha256));
    }
    return sha256;
  }

  /** What was computed once for these bytes holds for ever. */
  private Optional<Sha256> knownSha256(MerkleHash file) {
    return database.read(db -> Manifests.file(db, file)).flatMap(StoredFile::sha256);
  }

  private static Optional<MerkleHash> firstChunk(FileManifest manifest, UsedXorbs xorbs) {
    return manifest.terms().stream()
        .findFirst()
        .map(term -> xorbs.index(term.xorb()).hash(term.chunks().start()));
  }

  /** Adds up the bytes whose SHA-256 is claimed. */
  private static final class Tally {
    private final long total;
    private final Progress progress;
    private long verified;

    Tally(Collection<ShardFile> files, Progress progress) {
      this.total =
          files.stream()
              .filter(file -> file.sha256().isPresent())
              .mapToLong(file -> file.manifest().bytes())
              .sum();
      this.progress = progress;
      progress.validating(0, total);
    }

    void add(long bytes) {
      verified += bytes;
      progress.validating(verified, total);
    }
  }
}
