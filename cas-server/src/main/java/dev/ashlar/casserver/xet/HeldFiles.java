package dev.ashlar.casserver.xet;

import dev.ashlar.casserver.intake.UsedXorbs;
import dev.ashlar.core.hash.MerkleHash;
import dev.ashlar.core.manifest.FileManifest;
import dev.ashlar.core.manifest.Term;
import dev.ashlar.core.problem.Kind;
import dev.ashlar.core.problem.Problem.Missing;
import dev.ashlar.core.problem.ProblemException;
import dev.ashlar.metadata.Database;
import dev.ashlar.metadata.Holds;
import dev.ashlar.metadata.Manifests;
import dev.ashlar.metadata.StoredXorb;
import dev.ashlar.metadata.Xorbs;
import dev.ashlar.objectstore.StoredXorbs;
import java.util.List;
import java.util.Map;
import java.util.stream.Collectors;

/** Files as a repository sees them: one that it does not hold is not there. */
final class HeldFiles {
  private final Database database;
  private final StoredXorbs store;

  HeldFiles(Database database, StoredXorbs store) {
    this.database = database;
    this.store = store;
  }

  /** A file's terms and the xorbs they lie in. */
  record Held(FileManifest manifest, UsedXorbs xorbs) {}

  /** The file; the empty one is in every repository. */
  Held find(long repoId, MerkleHash file) {
    if (file.isZero()) {
      return new Held(new FileManifest(file, List.of()), new UsedXorbs(Map.of(), store));
    }
    record Found(FileManifest manifest, Map<MerkleHash, StoredXorb> xorbs) {}
    var found =
        database.read(
            db -> {
              if (!Holds.isHeld(db, repoId, file)) {
                throw missing(file);
              }
              var manifest = Manifests.find(db, file).orElseThrow(() -> missing(file));
              var xorbs = manifest.terms().stream().map(Term::xorb).collect(Collectors.toSet());
              return new Found(manifest, Xorbs.find(db, xorbs));
            });
    return new Held(found.manifest(), new UsedXorbs(found.xorbs(), store));
  }

  /** How many terms the file has, to be asked before they are read. */
  int terms(long repoId, MerkleHash file) {
    return database.<Integer>read(
        db -> Holds.isHeld(db, repoId, file) ? Manifests.terms(db, file) : 0);
  }

  /** The file's length. */
  long bytes(long repoId, MerkleHash file) {
    if (file.isZero()) {
      return 0;
    }
    return database.read(
        db -> {
          if (!Holds.isHeld(db, repoId, file)) {
            throw missing(file);
          }
          return Manifests.file(db, file).orElseThrow(() -> missing(file)).bytes();
        });
  }

  private static ProblemException missing(MerkleHash file) {
    return new ProblemException(new Missing(Kind.FILE, file.toString()));
  }
}
