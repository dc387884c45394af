package dev.ashlar.hub.commit;

import dev.ashlar.hub.repo.Visit;
import dev.ashlar.hub.tree.RefChanges;
import java.io.IOException;
import org.eclipse.jgit.lib.ObjectId;
import org.eclipse.jgit.lib.Repository;

/** A branch, or the ref of a pull request that there is. */
final class RefTarget implements CommitTarget {
  private final Repository repo;
  private final RefChanges changes;
  private final String ref;

  RefTarget(Repository repo, Visit visit, String ref) {
    this.repo = repo;
    this.changes = new RefChanges(repo, visit);
    this.ref = ref;
  }

  @Override
  public ObjectId head(CommitHeader header) throws IOException {
    var found = repo.exactRef(ref);
    var id = found == null ? null : found.getObjectId();
    return id == null ? ObjectId.zeroId() : id;
  }

  @Override
  public boolean publish(CommitHeader header, ObjectId head, ObjectId commit) throws IOException {
    return changes.tryMove(ref, head, commit);
  }

  @Override
  public RuntimeException lostRace() {
    return RefChanges.lostRace(ref);
  }
}
