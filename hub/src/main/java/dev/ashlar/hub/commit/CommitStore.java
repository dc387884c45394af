package dev.ashlar.hub.commit;

import dev.ashlar.core.problem.Kind;
import dev.ashlar.core.problem.Problem.Missing;
import dev.ashlar.core.problem.ProblemException;
import dev.ashlar.hub.commit.CommitOperation.Copy;
import dev.ashlar.hub.commit.CommitOperation.PutBlob;
import dev.ashlar.hub.commit.CommitOperation.PutLarge;
import dev.ashlar.hub.repo.Visit;
import dev.ashlar.hub.tree.BlobShapes;
import dev.ashlar.hub.tree.GitEntry;
import dev.ashlar.hub.tree.LfsPointer;
import dev.ashlar.hub.tree.RepoPath;
import dev.ashlar.hub.tree.Revisions;
import dev.ashlar.hub.tree.TreeLookup;
import java.io.IOException;
import java.io.InputStream;
import java.util.Optional;
import org.eclipse.jgit.lib.Constants;
import org.eclipse.jgit.lib.ObjectInserter;
import org.eclipse.jgit.lib.ObjectReader;
import org.eclipse.jgit.lib.Repository;

/** Stores what a commit request brings: small files as blobs, large ones as chunks. */
final class CommitStore implements CommitReader.Store {
  private final Repository repo;
  private final ObjectReader reader;
  private final ObjectInserter inserter;
  private final Visit visit;
  private final String revision;
  private final LargeFileIntake intake;
  private final BlobShapes shapes;
  private final long lfsBytesMin;

  CommitStore(
      Repository repo,
      ObjectReader reader,
      ObjectInserter inserter,
      Visit visit,
      String revision,
      LargeFileIntake intake,
      BlobShapes shapes,
      long lfsBytesMin) {
    this.repo = repo;
    this.reader = reader;
    this.inserter = inserter;
    this.visit = visit;
    this.revision = revision;
    this.intake = intake;
    this.shapes = shapes;
    this.lfsBytesMin = lfsBytesMin;
  }

  @Override
  public CommitOperation put(RepoPath path, long bytes, InputStream content) throws IOException {
    if (bytes <= LfsPointer.TEXT_BYTES_MAX && bytes <= lfsBytesMin) {
      var text = content.readAllBytes();
      return new PutBlob(path, inserter.insert(Constants.OBJ_BLOB, text), LfsPointer.parse(text));
    }
    if (bytes <= lfsBytesMin) {
      return new PutBlob(
          path, inserter.insert(Constants.OBJ_BLOB, bytes, content), Optional.empty());
    }
    var stored = intake.take(visit.caller().casId(), visit.repo().id(), content);
    return new PutLarge(path, new LfsPointer(stored.sha256(), stored.bytes()), stored.file());
  }

  @Override
  public Copy copy(RepoPath to, String from, String fromRevision) throws IOException {
    var source =
        new Revisions(repo, visit.repo().defaultBranch())
            .require(fromRevision.isEmpty() ? revision : fromRevision);
    var entry =
        new TreeLookup(reader, source.commit().getTree())
            .find(from)
            .filter(GitEntry::isFile)
            .orElseThrow(() -> new ProblemException(new Missing(Kind.ENTRY, from)));
    var shape = shapes.of(reader, visit.repo().id(), entry.id());
    return new Copy(to, entry.mode(), entry.id(), shape.pointer());
  }
}
