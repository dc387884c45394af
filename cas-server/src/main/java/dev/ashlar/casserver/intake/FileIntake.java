package dev.ashlar.casserver.intake;

import dev.ashlar.casserver.dedup.StoredChunks;
import dev.ashlar.chunker.FileIngest;
import dev.ashlar.chunker.IngestedFile;
import dev.ashlar.core.hash.MerkleHash;
import dev.ashlar.core.hash.Sha256;
import dev.ashlar.core.problem.Problem;
import dev.ashlar.core.problem.Problem.Busy;
import dev.ashlar.core.problem.Problem.Unprocessable;
import dev.ashlar.core.problem.ProblemException;
import dev.ashlar.metadata.Database;
import dev.ashlar.metadata.ReadableRepos;
import dev.ashlar.metadata.Xorbs;
import dev.ashlar.objectstore.StoredXorbs;
import java.io.IOException;
import java.io.InputStream;
import java.time.Duration;
import java.util.List;
import java.util.Optional;

/**
 * Takes whole files as raw bytes: they are chunked, packed into xorbs like everybody's, and
 * registered and held for a repository under the digest that was computed on the way.
 */
public final class FileIntake {
  /** Sent again, the bytes are stored anew. */
  private static final Problem REMOVED =
      new Busy("bytes that the object shares have just been removed", Duration.ofSeconds(1));

  private final Database database;
  private final StoredXorbs store;
  private final ReadableRepos readable;
  private final XorbPublisher publisher;
  private final FileRegistry registry;
  private final FileIngest ingest;
  private final StoredChunks chunks;

  FileIntake(
      Database database,
      StoredXorbs store,
      ReadableRepos readable,
      XorbPublisher publisher,
      FileRegistry registry,
      CpuPool cpu,
      StoredChunks chunks) {
    this.database = database;
    this.store = store;
    this.readable = readable;
    this.publisher = publisher;
    this.registry = registry;
    this.ingest = new FileIngest(cpu);
    this.chunks = chunks;
  }

  /** A file that is durable, registered and held. */
  public record Taken(MerkleHash file, Sha256 sha256, long bytes) {}

  /** What the bytes shall be. */
  public record Expected(Sha256 oid, long bytes) {}

  /** Takes whatever comes. */
  public Taken take(long callerId, long repoId, InputStream bytes) throws IOException {
    return take(callerId, repoId, bytes, Optional.empty());
  }

  /** Takes the expected file; other bytes are refused and register nothing. */
  public Taken take(long callerId, long repoId, InputStream bytes, Expected expected)
      throws IOException {
    return take(callerId, repoId, new CheckedInput(bytes, expected.bytes()), Optional.of(expected));
  }

  private Taken take(long callerId, long repoId, InputStream bytes, Optional<Expected> expected)
      throws IOException {
    var file = ingest(callerId, repoId, bytes, expected.map(Expected::oid));
    if (expected.isPresent()) {
      require(file, expected.get());
    }
    var manifest = file.manifest();
    var first =
        manifest.terms().isEmpty() ? Optional.<MerkleHash>empty() : Optional.of(firstChunk(file));
    var checked = new CheckedFile(manifest, Optional.of(file.sha256()), first);
    registry.register(callerId, repoId, List.of(checked), REMOVED);
    return new Taken(manifest.file(), file.sha256(), file.bytes());
  }

  private IngestedFile ingest(long callerId, long repoId, InputStream bytes, Optional<Sha256> oid)
      throws IOException {
    var known = new CallersChunks(database, chunks, store, readable, callerId, repoId, oid);
    return ingest.ingest(bytes, new IngestSink(publisher, callerId), known);
  }

  private static void require(IngestedFile file, Expected expected) {
    if (file.bytes() != expected.bytes()) {
      throw new ProblemException(
          new Unprocessable(
              "object", "it has " + file.bytes() + " bytes, not " + expected.bytes()));
    }
    if (!file.sha256().equals(expected.oid())) {
      throw new ProblemException(new Unprocessable("object", "its SHA-256 is " + file.sha256()));
    }
  }

  private MerkleHash firstChunk(IngestedFile file) {
    var term = file.manifest().terms().getFirst();
    var rows = database.read(db -> Xorbs.find(db, List.of(term.xorb())));
    if (rows.isEmpty()) {
      throw new ProblemException(REMOVED);
    }
    return new UsedXorbs(rows, store).index(term.xorb()).hash(term.chunks().start());
  }
}
