package dev.ashlar.hub.git;

import dev.ashlar.hub.git.RefChange.Outcome;
import java.io.IOException;
import java.util.List;
import org.eclipse.jgit.internal.storage.dfs.DfsRefDatabase;
import org.eclipse.jgit.lib.BatchRefUpdate;
import org.eclipse.jgit.lib.Ref;
import org.eclipse.jgit.lib.ReflogReader;
import org.eclipse.jgit.util.RefList;

/** The refs of a repository, read at once and moved through {@link HubRepository#publish}. */
final class HubRefs extends DfsRefDatabase {
  private final HubRepository repository;

  HubRefs(HubRepository repository) {
    super(repository);
    this.repository = repository;
  }

  @Override
  public boolean performsAtomicTransactions() {
    return true;
  }

  @Override
  public BatchRefUpdate newBatchUpdate() {
    return new RefBatch(this, repository);
  }

  @Override
  public ReflogReader getReflogReader(Ref ref) {
    throw new UnsupportedOperationException("refs keep no log");
  }

  @Override
  public void refresh() {
    super.refresh();
    repository.forget();
  }

  @Override
  protected RefCache scanAllRefs() {
    var ids = new RefList.Builder<Ref>();
    var symbolic = new RefList.Builder<Ref>();
    for (var ref : repository.contents().refs()) {
      ids.add(ref);
      if (ref.isSymbolic()) {
        symbolic.add(ref);
      }
    }
    return new RefCache(ids.toRefList(), symbolic.toRefList());
  }

  @Override
  protected boolean compareAndPut(Ref oldRef, Ref newRef) throws IOException {
    return move(new RefChange(newRef.getName(), RefState.of(oldRef), RefState.of(newRef)));
  }

  @Override
  protected boolean compareAndRemove(Ref oldRef) throws IOException {
    var change = new RefChange(oldRef.getName(), RefState.of(oldRef), new RefState.Absent());
    return move(change);
  }

  /** Peeled objects are stored with their refs, so there is nothing to remember. */
  @Override
  protected void cachePeeledState(Ref oldLeaf, Ref newLeaf) {}

  private boolean move(RefChange change) throws IOException {
    return repository.publish(List.of(change), true).getFirst() == Outcome.MOVED;
  }
}
