package dev.ashlar.gateway;

import dev.ashlar.core.hash.MerkleHash;
import dev.ashlar.core.manifest.FileManifest;
import dev.ashlar.core.manifest.Term;
import dev.ashlar.core.problem.Kind;
import dev.ashlar.core.problem.Problem.Missing;
import dev.ashlar.core.problem.ProblemException;
import dev.ashlar.metadata.Database;
import dev.ashlar.metadata.Manifests;
import dev.ashlar.metadata.Xorbs;
import dev.ashlar.objectstore.ObjectKey;
import dev.ashlar.objectstore.StoredXorbs;
import java.util.List;
import java.util.Map;
import java.util.stream.Collectors;

/** The stored files, found by their hash. */
final class StoredFiles {
  private final Database database;
  private final StoredXorbs xorbs;

  StoredFiles(Database database, StoredXorbs xorbs) {
    this.database = database;
    this.xorbs = xorbs;
  }

  /** A file that can be read, or the problem that it is missing; the empty file always exists. */
  ReadableFile find(MerkleHash hash) {
    var manifest = hash.isZero() ? new FileManifest(hash, List.of()) : manifest(hash);
    return new ReadableFile(manifest, xorbs, keys(manifest));
  }

  private FileManifest manifest(MerkleHash hash) {
    return database.read(
        db ->
            Manifests.find(db, hash)
                .orElseThrow(() -> new ProblemException(new Missing(Kind.FILE, hash.toString()))));
  }

  private Map<MerkleHash, ObjectKey> keys(FileManifest manifest) {
    var hashes = manifest.terms().stream().map(Term::xorb).collect(Collectors.toSet());
    if (hashes.isEmpty()) {
      return Map.of();
    }
    return database.read(db -> Xorbs.find(db, hashes)).entrySet().stream()
        .collect(
            Collectors.toMap(Map.Entry::getKey, e -> new ObjectKey(e.getValue().storageKey())));
  }
}
