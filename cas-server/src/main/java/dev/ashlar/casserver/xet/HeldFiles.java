package dev.ashlar.casserver.xet;

import dev.ashlar.casserver.intake.UsedXorbs;
import dev.ashlar.core.hash.MerkleHash;
import dev.ashlar.core.manifest.FileManifest;
import dev.ashlar.core.problem.Kind;
import dev.ashlar.core.problem.Problem.Missing;
import dev.ashlar.core.problem.ProblemException;
import dev.ashlar.metadata.Database;
import dev.ashlar.metadata.FileContents;
import dev.ashlar.metadata.FileContents.Content;
import dev.ashlar.metadata.Holds;
import dev.ashlar.metadata.SeenFile;
import dev.ashlar.objectstore.StoredXorbs;
import java.util.List;
import java.util.Map;
import java.util.Optional;

/**
 * Files as a repository sees them: one that it does not hold is not there.
 *
 * <p>What files are made of is remembered, whoever asked; whether the repository holds the file is
 * asked each time.
 */
final class HeldFiles {
  private static final long MEMORY_BYTES = 32 << 20;

  private final Database database;
  private final StoredXorbs store;
  private final FileContents contents;

  HeldFiles(Database database, StoredXorbs store) {
    this.database = database;
    this.store = store;
    this.contents = new FileContents(database, MEMORY_BYTES);
  }

  /** What a file is made of, and the xorbs it lies in. */
  record Held(Content content, UsedXorbs xorbs) {
    FileManifest manifest() {
      return content.manifest();
    }
  }

  /** What a look at a file has shown; good for the request that looked. */
  record Look(MerkleHash file, SeenFile seen) {
    /** How many terms the file has, to be asked before they are read. */
    int terms() {
      return seen.terms();
    }

    long bytes() {
      return seen.bytes();
    }
  }

  /** Looks for the file; the empty one is in every repository. */
  Look look(long repoId, MerkleHash file) {
    return look(
        file, file.isZero() ? Optional.empty() : database.look(db -> Holds.look(db, repoId, file)));
  }

  /** The same for the file that a reader asks for. */
  Look look(XetAuth.Reader reader) {
    return look(reader.file(), reader.seen());
  }

  private static Look look(MerkleHash file, Optional<SeenFile> seen) {
    if (file.isZero()) {
      return new Look(file, new SeenFile(0, 0, 0, 0));
    }
    return seen.map(found -> new Look(file, found)).orElseThrow(() -> missing(file));
  }

  /** What the file is made of. */
  Held open(Look look) {
    if (look.file().isZero()) {
      return held(new Content(new FileManifest(look.file(), List.of()), Map.of()));
    }
    return held(contents.open(look.file(), look.seen()).orElseThrow(() -> missing(look.file())));
  }

  private Held held(Content content) {
    return new Held(content, new UsedXorbs(content.xorbs(), store));
  }

  private static ProblemException missing(MerkleHash file) {
    return new ProblemException(new Missing(Kind.FILE, file.toString()));
  }
}
