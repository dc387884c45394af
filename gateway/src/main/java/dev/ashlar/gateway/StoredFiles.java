package dev.ashlar.gateway;

import dev.ashlar.core.hash.MerkleHash;
import dev.ashlar.core.manifest.FileManifest;
import dev.ashlar.core.problem.Kind;
import dev.ashlar.core.problem.Problem.Missing;
import dev.ashlar.core.problem.ProblemException;
import dev.ashlar.metadata.Database;
import dev.ashlar.metadata.FileContents;
import dev.ashlar.metadata.FileContents.Content;
import dev.ashlar.metadata.Manifests;
import dev.ashlar.objectstore.StoredXorbs;
import java.util.List;
import java.util.Map;

/** The stored files, found by their hash. */
final class StoredFiles {
  private static final long MEMORY_BYTES = 32 << 20;

  private final Database database;
  private final StoredXorbs xorbs;
  private final FileContents contents;

  StoredFiles(Database database, StoredXorbs xorbs) {
    this.database = database;
    this.xorbs = xorbs;
    this.contents = new FileContents(database, MEMORY_BYTES);
  }

  /** A file that can be read, or the problem that it is missing; the empty file always exists. */
  ReadableFile find(MerkleHash hash) {
    var content =
        hash.isZero() ? new Content(new FileManifest(hash, List.of()), Map.of()) : content(hash);
    return new ReadableFile(content, xorbs);
  }

  private Content content(MerkleHash hash) {
    return database
        .look(db -> Manifests.look(db, hash))
        .flatMap(seen -> contents.open(hash, seen))
        .orElseThrow(() -> new ProblemException(new Missing(Kind.FILE, hash.toString())));
  }
}
