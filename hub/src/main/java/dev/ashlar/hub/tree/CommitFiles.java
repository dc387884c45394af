package dev.ashlar.hub.tree;

import dev.ashlar.core.hash.MerkleHash;
import dev.ashlar.core.hash.Sha256;
import dev.ashlar.core.problem.Problem.Invalid;
import dev.ashlar.core.problem.Problem.OverLimit;
import dev.ashlar.core.problem.ProblemException;
import dev.ashlar.hub.repo.PullRef;
import java.io.IOException;
import java.util.HashMap;
import java.util.HashSet;
import java.util.List;
import java.util.Map;
import java.util.Set;
import org.eclipse.jgit.lib.ObjectId;
import org.eclipse.jgit.lib.Repository;

/**
 * The large files of commits that a branch or a tag is about to name, though no branch or tag has
 * them in its history: they belong to a pull request, or to nothing any more. The repository may
 * hold them for a while only, or not at all.
 */
public final class CommitFiles {
  private final HeldFiles held;
  private final BlobShapes shapes;

  /** Files among those that are held. */
  public CommitFiles(HeldFiles held, BlobShapes shapes) {
    this.held = held;
    this.shapes = shapes;
  }

  /**
   * Makes the repository hold them for good, in the transaction of its next ref change; when one is
   * not held at all the revision is refused.
   */
  void require(Repository repo, long repoId, Revision revision) throws IOException {
    if (revision.ref().filter(ref -> PullRef.of(ref).isEmpty()).isPresent()) {
      return;
    }
    var pointers = new HashSet<LfsPointer>();
    if (!collect(repo, repoId, revision.commit(), pointers)) {
      throw new ProblemException(
          new OverLimit("number of objects that no branch has", PointerWalk.OBJECTS_MAX));
    }
    var files = find(repoId, pointers);
    for (var pointer : pointers) {
      if (!files.containsKey(pointer.oid())) {
        throw new ProblemException(
            new Invalid(
                "revision " + revision.asked(),
                "the repository has the bytes of its object " + pointer.oid() + " no more"));
      }
    }
    keep(repo, repoId, files);
  }

  /** Makes the repository hold for good, in its next ref change, those that it holds at all. */
  public void keep(Repository repo, long repoId, ObjectId commit) throws IOException {
    var pointers = new HashSet<LfsPointer>();
    if (collect(repo, repoId, commit, pointers)) {
      keep(repo, repoId, find(repoId, pointers));
    } else {
      held.settle(repo, repoId);
    }
  }

  private void keep(Repository repo, long repoId, Map<Sha256, MerkleHash> files) {
    if (!files.isEmpty()) {
      held.keep(repo, repoId, Set.copyOf(files.values()), false);
    }
  }

  private boolean collect(Repository repo, long repoId, ObjectId commit, Set<LfsPointer> pointers)
      throws IOException {
    var lasting = new HashSet<ObjectId>();
    for (var ref : repo.getRefDatabase().getRefs()) {
      if (ref.getObjectId() != null && PullRef.of(ref.getName()).isEmpty()) {
        lasting.add(ref.getObjectId().copy());
      }
    }
    try (var reader = repo.newObjectReader()) {
      var walk = new PointerWalk(reader, shapes, repoId);
      walk.walk(
          List.of(commit.copy()),
          lasting,
          pointer -> {
            pointers.add(pointer);
            return true;
          });
      return !walk.isGivenUp();
    }
  }

  private Map<Sha256, MerkleHash> find(long repoId, Set<LfsPointer> pointers) {
    var oids = pointers.stream().map(LfsPointer::oid).distinct().toList();
    var files = new HashMap<Sha256, MerkleHash>();
    held.find(repoId, oids).forEach((oid, file) -> files.put(oid, file.hash()));
    return files;
  }
}
