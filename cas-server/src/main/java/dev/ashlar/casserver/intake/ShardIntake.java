package dev.ashlar.casserver.intake;

import dev.ashlar.core.fault.CrashPoints;
import dev.ashlar.core.hash.MerkleHash;
import dev.ashlar.core.manifest.FileManifest;
import dev.ashlar.core.manifest.Term;
import dev.ashlar.core.problem.Problem;
import dev.ashlar.core.problem.Problem.Invalid;
import dev.ashlar.core.problem.ProblemException;
import dev.ashlar.core.token.XetToken;
import dev.ashlar.metadata.Database;
import dev.ashlar.metadata.ReadableRepos;
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
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.Objects;
import java.util.Optional;
import java.util.stream.Gatherers;

/**
 * Takes shards: registers the files they describe for the token's repository.
 *
 * <p>A shard is a claim. It may use xorbs that the caller may use; all it says about them is
 * compared with our own index; file hashes are recomputed from stored chunk hashes, and a claimed
 * SHA-256 from the bytes. Only then one transaction locks the xorbs, registers the files and holds
 * them. A shard with one fault registers nothing.
 *
 * <p>Its files are in memory twice, while they are compared and while they are registered, and not
 * in the long time of hashing between. Callers take turns at memory and at computing, and all ends
 * when nobody waits for the answer.
 */
public final class ShardIntake {
  /** The protocol's limit; clients begin another shard before it. */
  public static final long BYTES_MAX = 64L << 20;

  /** Shard bytes whose files lie in memory at one time. */
  private static final int MEMORY_KIB = 64 << 10;

  /** A shard that is built on removed bytes cannot be taken, however often it is sent. */
  static final Problem REMOVED =
      new Invalid("shard", "a xorb has just been removed: upload it again");

  /** A shard may name a million xorbs; the database is asked for some at a time. */
  private static final int ASKED_AT_ONCE = 4096;

  private final FairBudget memoryKib = new FairBudget(MEMORY_KIB);
  private final FairBudget turns = new FairBudget(2 * Runtime.getRuntime().availableProcessors());
  private final CallerCount underWay;
  private final Database database;
  private final StoredXorbs store;
  private final Staging staging;
  private final ReadableRepos readable;
  private final CpuPool cpu;
  private final FileRegistry registry;
  private final ShardLimits limits;

  ShardIntake(
      Database database,
      StoredXorbs store,
      Staging staging,
      ReadableRepos readable,
      CpuPool cpu,
      FileRegistry registry,
      ShardLimits limits) {
    this.database = database;
    this.store = store;
    this.staging = staging;
    this.readable = readable;
    this.cpu = cpu;
    this.registry = registry;
    this.limits = limits;
    this.underWay = new CallerCount("shards", limits.shardsMax());
  }

  /** A shard on disk whose form is right and whose content is not yet believed; close it. */
  public final class Received implements AutoCloseable {
    private final XetToken token;
    private final Path file;
    private boolean closed;

    private Received(XetToken token) throws IOException {
      this.token = token;
      underWay.enter(token.callerId());
      try {
        this.file = staging.newFile();
      } catch (IOException | RuntimeException e) {
        underWay.leave(token.callerId());
        throw e;
      }
    }

    /** Checks and registers it, and closes it; true when any file was new to the repository. */
    public boolean register(Progress progress) throws IOException {
      try (this) {
        return registered(progress);
      }
    }

    private boolean registered(Progress progress) throws IOException {
      var work = new ShardWork(token.callerId(), progress, turns, cpu);
      ShardClaims claims;
      try (var _ = memory(progress)) {
        claims = check(ShardContent.read(file), work);
      }
      claims.compute(file, store, work);
      try (var _ = memory(progress)) {
        return commit(ShardContent.read(file), claims, token, progress);
      }
    }

    private FairBudget.Share memory(Progress progress) throws IOException {
      int kib = (int) Math.min(MEMORY_KIB, 1 + (Files.size(file) >> 10));
      return memoryKib.take(token.callerId(), kib, progress);
    }

    @Override
    public void close() throws IOException {
      if (!closed) {
        closed = true;
        underWay.leave(token.callerId());
        Files.deleteIfExists(file);
      }
    }
  }

  /**
   * Takes a body of at most {@link #BYTES_MAX} to disk; what is not formed like a shard is refused.
   */
  public Received receive(XetToken token, InputStream body) throws IOException {
    var received = new Received(token);
    try {
      Files.copy(body, received.file, StandardCopyOption.REPLACE_EXISTING);
      ShardContent.requireForm(received.file);
      return received;
    } catch (IOException | RuntimeException e) {
      received.close();
      throw e;
    }
  }

  private ShardClaims check(ShardContent shard, ShardWork work) throws IOException {
    var xorbs = new UsedXorbs(usable(work, shard), store);
    var check = new ShardCheck(xorbs, work);
    shard.forEachXorb(check::xorb);
    for (var file : shard.files()) {
      check.file(file);
    }
    check.finish();
    return ShardClaims.of(shard.files(), database, xorbs, limits);
  }

  private boolean commit(
      ShardContent shard, ShardClaims claims, XetToken token, Progress progress) {
    var proven = claims.proven(shard.files());
    var firsts = new UsedXorbs(find(firstXorbs(shard)), store);
    var files = new ArrayList<CheckedFile>();
    for (var file : shard.files()) {
      var manifest = file.manifest();
      var sha256 = Optional.ofNullable(proven.get(manifest.file()));
      files.add(new CheckedFile(manifest, sha256, firstChunk(manifest, firsts)));
    }
    progress.committing();
    CrashPoints.pass("shard.verified");
    boolean news = registry.register(token.callerId(), token.repoId(), files, REMOVED);
    CrashPoints.pass("shard.committed");
    return news;
  }

  /** All xorbs of the shard; the first few that may not be used end it, whatever else it names. */
  private Map<MerkleHash, StoredXorb> usable(ShardWork work, ShardContent shard)
      throws IOException {
    var usable = new HashMap<MerkleHash, StoredXorb>();
    shard.xorbs().sequencedKeySet().stream()
        .gather(Gatherers.windowFixed(ASKED_AT_ONCE))
        .forEach(
            some -> {
              usable.putAll(
                  database.read(
                      db ->
                          Xorbs.find(db, XorbGrants.usable(db, work.callerId(), some, readable))));
              for (var asked : some) {
                long offset = Objects.requireNonNull(shard.xorbs().get(asked));
                ShardCheck.requireUsable(asked.toString(), offset, usable.containsKey(asked));
              }
            });
    return usable;
  }

  private static List<MerkleHash> firstXorbs(ShardContent shard) {
    return shard.files().stream()
        .flatMap(file -> file.manifest().terms().stream().limit(1))
        .map(Term::xorb)
        .distinct()
        .toList();
  }

  private Map<MerkleHash, StoredXorb> find(List<MerkleHash> hashes) {
    var found = new HashMap<MerkleHash, StoredXorb>();
    hashes.stream()
        .gather(Gatherers.windowFixed(ASKED_AT_ONCE))
        .forEach(some -> found.putAll(database.read(db -> Xorbs.find(db, some))));
    if (found.size() < hashes.size()) {
      throw new ProblemException(REMOVED);
    }
    return found;
  }

  private static Optional<MerkleHash> firstChunk(FileManifest manifest, UsedXorbs xorbs) {
    return manifest.terms().stream()
        .findFirst()
        .map(term -> xorbs.index(term.xorb()).hash(term.chunks().start()));
  }
}
