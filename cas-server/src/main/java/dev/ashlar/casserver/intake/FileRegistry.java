package dev.ashlar.casserver.intake;

import dev.ashlar.casserver.dedup.StoredChunks;
import dev.ashlar.core.hash.MerkleHash;
import dev.ashlar.core.manifest.Term;
import dev.ashlar.core.problem.Need;
import dev.ashlar.core.problem.Problem;
import dev.ashlar.core.problem.Problem.Refused;
import dev.ashlar.core.problem.ProblemException;
import dev.ashlar.metadata.Authority;
import dev.ashlar.metadata.Database;
import dev.ashlar.metadata.DedupIndex;
import dev.ashlar.metadata.Holds;
import dev.ashlar.metadata.Manifests;
import dev.ashlar.metadata.NewFile;
import dev.ashlar.metadata.StoredXorb;
import dev.ashlar.metadata.Xorbs;
import io.helidon.dbclient.DbTransaction;
import java.time.Duration;
import java.time.InstantSource;
import java.util.ArrayList;
import java.util.Collection;
import java.util.Map;
import java.util.Objects;
import java.util.stream.Collectors;

/** Writes checked files and their short holds: the same for shards and for whole files. */
final class FileRegistry {
  /** A file that no commit takes in this time may be collected. */
  private static final Duration HOLD = Duration.ofDays(7);

  private final Database database;
  private final Authority authority;
  private final ReturnedFiles returned;
  private final InstantSource clock;
  private final StoredChunks chunks;

  FileRegistry(Database database, Authority authority, InstantSource clock, StoredChunks chunks) {
    this.database = database;
    this.authority = authority;
    this.returned = new ReturnedFiles(authority);
    this.clock = clock;
    this.chunks = chunks;
  }

  /**
   * In one transaction: locks the files' xorbs, registers the files and holds them for the
   * repository; their first chunks become ones that clients may ask for. True when the repository
   * did not hold all before.
   *
   * <p>Bytes that were there a moment ago may have been removed meanwhile, which is {@code
   * whenRemoved}. A repository that was deleted meanwhile would keep the holds for ever: it is
   * locked first.
   */
  boolean register(long callerId, long repoId, Collection<CheckedFile> files, Problem whenRemoved) {
    boolean news = database.transact(tx -> register(tx, callerId, repoId, files, whenRemoved));
    chunks.added(files.stream().flatMap(file -> file.firstChunk().stream()).toList());
    return news;
  }

  private boolean register(
      DbTransaction tx,
      long callerId,
      long repoId,
      Collection<CheckedFile> files,
      Problem whenRemoved) {
    if (!authority.keep(tx, repoId)) {
      throw new ProblemException(new Refused(Need.VALID_TOKEN));
    }
    var needed =
        files.stream()
            .flatMap(file -> file.manifest().terms().stream())
            .map(Term::xorb)
            .collect(Collectors.toSet());
    var locked = Xorbs.lockForUse(tx, needed);
    if (locked.size() != needed.size()) {
      throw new ProblemException(whenRemoved);
    }
    var hashes = files.stream().map(file -> file.manifest().file()).toList();
    boolean news = Holds.held(tx, repoId, hashes).size() < files.size();
    var newFiles = files.stream().map(file -> new NewFile(file.manifest(), file.sha256())).toList();
    var ids = Manifests.registerAll(tx, newFiles, locked);
    Holds.uploadAll(tx, repoId, ids.values(), clock.instant().plus(HOLD));
    returned.keep(tx, callerId, repoId, hashes);
    addFirstChunks(tx, files, locked);
    return news;
  }

  private static void addFirstChunks(
      DbTransaction tx, Collection<CheckedFile> files, Map<MerkleHash, StoredXorb> locked) {
    var chunks = new ArrayList<MerkleHash>();
    var xorbs = new ArrayList<Long>();
    for (var file : files) {
      if (file.firstChunk().isPresent()) {
        var xorb = locked.get(file.manifest().terms().getFirst().xorb());
        chunks.add(file.firstChunk().get());
        xorbs.add(Objects.requireNonNull(xorb).id());
      }
    }
    DedupIndex.add(tx, chunks, xorbs);
  }
}
