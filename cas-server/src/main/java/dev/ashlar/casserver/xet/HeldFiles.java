package dev.ashlar.casserver.xet;

import com.github.benmanes.caffeine.cache.Cache;
import com.github.benmanes.caffeine.cache.Caffeine;
import dev.ashlar.casserver.intake.UsedXorbs;
import dev.ashlar.core.hash.MerkleHash;
import dev.ashlar.core.manifest.FileManifest;
import dev.ashlar.core.manifest.Term;
import dev.ashlar.core.problem.Kind;
import dev.ashlar.core.problem.Problem.Missing;
import dev.ashlar.core.problem.ProblemException;
import dev.ashlar.metadata.Database;
import dev.ashlar.metadata.HeldFile;
import dev.ashlar.metadata.Holds;
import dev.ashlar.metadata.Manifests;
import dev.ashlar.metadata.StoredXorb;
import dev.ashlar.metadata.Xorbs;
import dev.ashlar.objectstore.StoredXorbs;
import java.util.List;
import java.util.Map;
import java.util.stream.Collectors;

/**
 * Files as a repository sees them: one that it does not hold is not there.
 *
 * <p>What files are made of is remembered, whoever asked; whether the repository holds the file is
 * asked each time, and the same look tells by its epoch whether what is remembered is still so.
 */
final class HeldFiles {
  private static final long MEMORY_BYTES = 64 << 20;
  private static final int FILE_BYTES = 400;
  private static final int TERM_BYTES = 48;
  private static final int XORB_BYTES = 350;

  private final Database database;
  private final StoredXorbs store;
  private final Cache<Long, Remembered> contents =
      Caffeine.newBuilder()
          .maximumWeight(MEMORY_BYTES)
          .weigher((Long _, Remembered file) -> file.bytes())
          .build();

  HeldFiles(Database database, StoredXorbs store) {
    this.database = database;
    this.store = store;
  }

  /** A file's terms and the xorbs they lie in. */
  record Held(FileManifest manifest, UsedXorbs xorbs) {}

  private record Remembered(long epoch, Held file) {
    int bytes() {
      var terms = file.manifest().terms().size();
      return FILE_BYTES + terms * TERM_BYTES + file.xorbs().hashes().size() * XORB_BYTES;
    }
  }

  /** What a look at a file has shown; good for the request that looked. */
  record Look(MerkleHash file, HeldFile row) {
    /** How many terms the file has, to be asked before they are read. */
    int terms() {
      return row.terms();
    }

    long bytes() {
      return row.bytes();
    }
  }

  /** Looks for the file; the empty one is in every repository. */
  Look look(long repoId, MerkleHash file) {
    if (file.isZero()) {
      return new Look(file, new HeldFile(0, 0, 0, 0));
    }
    return database
        .look(db -> Holds.look(db, repoId, file))
        .map(row -> new Look(file, row))
        .orElseThrow(() -> missing(file));
  }

  /** What the file is made of. */
  Held open(Look look) {
    if (look.file().isZero()) {
      return new Held(new FileManifest(look.file(), List.of()), new UsedXorbs(Map.of(), store));
    }
    var remembered = contents.getIfPresent(look.row().id());
    if (remembered != null && remembered.epoch() == look.row().epoch()) {
      return remembered.file();
    }
    var file = read(look.file());
    contents.put(look.row().id(), new Remembered(look.row().epoch(), file));
    return file;
  }

  /** Reads what is there after the look, so that it can only be newer than the look's epoch. */
  private Held read(MerkleHash file) {
    record Found(FileManifest manifest, Map<MerkleHash, StoredXorb> xorbs) {}
    var found =
        database.read(
            db -> {
              var manifest = Manifests.find(db, file).orElseThrow(() -> missing(file));
              var xorbs = manifest.terms().stream().map(Term::xorb).collect(Collectors.toSet());
              return new Found(manifest, Xorbs.find(db, xorbs));
            });
    return new Held(found.manifest(), new UsedXorbs(found.xorbs(), store));
  }

  private static ProblemException missing(MerkleHash file) {
    return new ProblemException(new Missing(Kind.FILE, file.toString()));
  }
}
