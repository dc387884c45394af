package dev.ashlar.casserver.intake;

import dev.ashlar.core.hash.MerkleHash;
import dev.ashlar.core.manifest.Term;
import dev.ashlar.core.problem.Need;
import dev.ashlar.core.problem.Problem.Invalid;
import dev.ashlar.core.problem.Problem.Refused;
import dev.ashlar.core.problem.ProblemException;
import dev.ashlar.metadata.Authority;
import dev.ashlar.metadata.DedupIndex;
import dev.ashlar.metadata.Holds;
import dev.ashlar.metadata.Manifests;
import dev.ashlar.metadata.StoredXorb;
import dev.ashlar.metadata.Xorbs;
import io.helidon.dbclient.DbTransaction;
import java.time.Duration;
import java.time.InstantSource;
import java.util.Collection;
import java.util.Comparator;
import java.util.Map;
import java.util.Objects;
import java.util.stream.Collectors;

/** Writes checked files and their short holds: the same for shards and for whole files. */
final class FileRegistry {
  /** A file that no commit takes in this time may be collected. */
  private static final Duration HOLD = Duration.ofDays(7);

  private final Authority authority;
  private final InstantSource clock;

  FileRegistry(Authority authority, InstantSource clock) {
    this.authority = authority;
    this.clock = clock;
  }

  /**
   * Locks the files' xorbs, registers the files and holds them for the repository; their first
   * chunks become ones that clients may ask for. True when the repository did not hold all before.
   *
   * <p>A repository that was deleted meanwhile would keep the holds for ever: it is locked first.
   */
  boolean register(DbTransaction tx, long repoId, Collection<CheckedFile> files) {
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
      throw removed();
    }
    var hashes = files.stream().map(file -> file.manifest().file()).toList();
    boolean news = Holds.held(tx, repoId, hashes).size() < files.size();
    files.stream()
        .sorted(Comparator.comparing(file -> file.manifest().file()))
        .forEach(file -> register(tx, repoId, file, locked));
    return news;
  }

  /** Bytes that were there a moment ago are not: what was built on them has to be sent again. */
  static ProblemException removed() {
    return new ProblemException(
        new Invalid("shard", "a xorb has just been removed: upload it again"));
  }

  private void register(
      DbTransaction tx, long repoId, CheckedFile file, Map<MerkleHash, StoredXorb> locked) {
    var manifest = file.manifest();
    var stored = Manifests.register(tx, manifest, file.sha256(), locked);
    Holds.upload(tx, repoId, stored.id(), clock.instant().plus(HOLD));
    if (file.firstChunk().isPresent()) {
      var xorb = locked.get(manifest.terms().getFirst().xorb());
      DedupIndex.add(tx, file.firstChunk().get(), Objects.requireNonNull(xorb).id());
    }
  }
}
