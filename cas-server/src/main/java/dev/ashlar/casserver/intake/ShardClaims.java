package dev.ashlar.casserver.intake;

import dev.ashlar.core.hash.MerkleHash;
import dev.ashlar.core.hash.Sha256;
import dev.ashlar.core.manifest.Term;
import dev.ashlar.core.problem.Problem.Busy;
import dev.ashlar.core.problem.ProblemException;
import dev.ashlar.core.shard.ShardFile;
import dev.ashlar.core.shard.ShardFileTerms;
import dev.ashlar.metadata.Database;
import dev.ashlar.metadata.Manifests;
import dev.ashlar.metadata.Xorbs;
import dev.ashlar.objectstore.StoredXorbs;
import java.io.BufferedInputStream;
import java.io.IOException;
import java.nio.channels.Channels;
import java.nio.channels.FileChannel;
import java.nio.file.Path;
import java.nio.file.StandardOpenOption;
import java.time.Duration;
import java.util.Arrays;
import java.util.Collection;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.stream.Collectors;
import java.util.stream.Gatherers;

/**
 * The SHA-256 that a shard claims for its files, and what became of each claim. What was computed
 * once for a file holds for ever and is not computed again; the others are computed from the bytes.
 *
 * <p>Computing takes minutes for large files. While it lasts no more is in memory than where the
 * blocks of the files begin, and some terms of one of them: they are read from the staged shard
 * again.
 */
final class ShardClaims {
  private static final int ASKED_AT_ONCE = 4096;
  private static final int TERMS_AT_ONCE = 1024;
  private static final long BYTES_AT_ONCE = 64L << 20;
  private static final int BLOCK_BYTES = 16 << 10;
  private static final Duration RETRY_AFTER = Duration.ofSeconds(1);

  private final Database database;
  private final long[] unknown;
  private final long bytes;
  private boolean computed;

  private ShardClaims(Database database, long[] unknown, long bytes) {
    this.database = database;
    this.unknown = unknown;
    this.bytes = bytes;
  }

  /** Compares the claims that can be compared at once; the rest must be reasonable in size. */
  static ShardClaims of(
      Collection<ShardFile> files, Database database, UsedXorbs xorbs, ShardLimits limits) {
    var claimed = files.stream().filter(file -> file.sha256().isPresent()).toList();
    var known = known(database, claimed);
    claimed.forEach(
        file -> Optional.ofNullable(known.get(hash(file))).ifPresent(sha -> compare(file, sha)));
    var unknown = claimed.stream().filter(file -> !known.containsKey(hash(file))).toList();
    return new ShardClaims(
        database,
        unknown.stream().mapToLong(ShardFile::offset).toArray(),
        RepeatedContent.require(unknown, xorbs, limits));
  }

  private static Map<MerkleHash, Sha256> known(Database database, List<ShardFile> files) {
    var known = new HashMap<MerkleHash, Sha256>();
    files.stream()
        .map(ShardClaims::hash)
        .gather(Gatherers.windowFixed(ASKED_AT_ONCE))
        .forEach(
            some ->
                database
                    .read(db -> Manifests.files(db, some))
                    .forEach(
                        (hash, file) ->
                            file.sha256().ifPresent(sha256 -> known.put(hash, sha256))));
    return known;
  }

  private static MerkleHash hash(ShardFile file) {
    return file.manifest().file();
  }

  private static void compare(ShardFile file, Sha256 sha256) {
    if (!file.sha256().orElseThrow().holdsFor(sha256)) {
      throw differs(file.offset(), hash(file), sha256);
    }
  }

  private static ProblemException differs(long offset, MerkleHash file, Sha256 sha256) {
    return ShardCheck.wrong(offset, "the bytes of file " + file + " have SHA-256 " + sha256);
  }

  /**
   * Computes what is not known, in turns with other callers; a claim that does not hold ends it.
   */
  void compute(Path shard, StoredXorbs store, ShardWork work) throws IOException {
    var tally = new Tally(work.progress(), bytes);
    var digest = new FileDigest(work, tally::add);
    try (var channel = FileChannel.open(shard, StandardOpenOption.READ)) {
      for (long offset : unknown) {
        var in = Channels.newInputStream(channel.position(offset));
        verify(
            offset,
            new ShardFileTerms(new BufferedInputStream(in, BLOCK_BYTES)),
            store,
            work,
            digest);
      }
    }
    computed = true;
  }

  private void verify(
      long offset, ShardFileTerms file, StoredXorbs store, ShardWork work, FileDigest digest)
      throws IOException {
    for (var terms = next(file); !terms.isEmpty(); terms = next(file)) {
      var hashes = terms.stream().map(Term::xorb).collect(Collectors.toSet());
      var xorbs = new UsedXorbs(database.read(db -> Xorbs.find(db, hashes)), store);
      if (xorbs.hashes().size() < hashes.size()) {
        throw new ProblemException(ShardIntake.REMOVED);
      }
      try (var _ = work.turn()) {
        digest.add(terms, xorbs);
      }
    }
    var sha256 = digest.value();
    if (!file.sha256().orElseThrow().holdsFor(sha256)) {
      throw differs(offset, file.file(), sha256);
    }
  }

  private static List<Term> next(ShardFileTerms file) throws IOException {
    return file.next(TERMS_AT_ONCE, BYTES_AT_ONCE);
  }

  /** The proven SHA-256 of these files; a file without a claim has none. */
  Map<MerkleHash, Sha256> proven(Collection<ShardFile> files) {
    if (!computed) {
      throw new IllegalStateException("claims are proven by computing them");
    }
    var claimed = files.stream().filter(file -> file.sha256().isPresent()).toList();
    var others = claimed.stream().filter(file -> !isComputed(file)).toList();
    var proven = new HashMap<>(known(database, others));
    for (var file : claimed) {
      if (isComputed(file)) {
        proven.put(hash(file), file.sha256().orElseThrow().claim());
      } else if (!proven.containsKey(hash(file))) {
        throw new ProblemException(new Busy("file " + hash(file) + " is changing", RETRY_AFTER));
      }
    }
    return proven;
  }

  /** True when the claim at this place was found equal to the digest of the bytes. */
  private boolean isComputed(ShardFile file) {
    return Arrays.binarySearch(unknown, file.offset()) >= 0;
  }

  /** Adds up the bytes that are hashed. */
  private static final class Tally {
    private final Progress progress;
    private final long total;
    private long verified;

    Tally(Progress progress, long total) {
      this.progress = progress;
      this.total = total;
      progress.validating(0, total);
    }

    void add(long count) {
      verified += count;
      progress.validating(verified, total);
    }
  }
}
