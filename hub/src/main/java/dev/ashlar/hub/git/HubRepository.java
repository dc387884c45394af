package dev.ashlar.hub.git;

import dev.ashlar.hub.git.RefChange.Outcome;
import dev.ashlar.objectstore.ObjectStore;
import dev.ashlar.objectstore.Staging;
import io.helidon.dbclient.DbTransaction;
import java.io.IOException;
import java.util.ArrayList;
import java.util.List;
import java.util.Optional;
import java.util.function.Consumer;
import org.eclipse.jgit.internal.storage.dfs.DfsObjDatabase;
import org.eclipse.jgit.internal.storage.dfs.DfsReaderOptions;
import org.eclipse.jgit.internal.storage.dfs.DfsRepository;
import org.eclipse.jgit.internal.storage.dfs.DfsRepositoryBuilder;
import org.eclipse.jgit.internal.storage.dfs.DfsRepositoryDescription;
import org.eclipse.jgit.lib.Ref;
import org.eclipse.jgit.lib.RefDatabase;
import org.jspecify.annotations.Nullable;

/**
 * A repository as JGit knows it, opened for one request and closed with it.
 *
 * <p>Objects that its inserters and pack parsers write are seen by this object alone, until a ref
 * is moved: then the packs become durable, and one transaction adds them, moves the refs and runs
 * the hooks. Whatever fails, no other reader ever sees a ref without its objects. Reads show the
 * state at the first look, and again after {@link #scanForRepoChanges()} or an update of refs.
 */
public final class HubRepository extends DfsRepository {
  private static final long NOT_LOOKED = -1;

  private final long repoId;
  private final Publisher publisher;
  private final HubObjects objects;
  private final HubRefs refs;
  private final List<Consumer<DbTransaction>> hooks = new ArrayList<>();
  private boolean unborn;
  private long mover;
  private boolean rewritesHistory;
  private @Nullable Contents contents;
  private long firstRewrites = NOT_LOOKED;

  /**
   * The refs of a repository, by name, how often its history was written anew before, and packs
   * that hold at least the objects of the refs.
   */
  record Contents(List<Ref> refs, long rewrites, List<HubPack> packs) {}

  HubRepository(
      long repoId, boolean unborn, Publisher publisher, ObjectStore store, Staging staging) {
    super(new Builder(repoId));
    this.repoId = repoId;
    this.unborn = unborn;
    this.publisher = publisher;
    Settings.apply(getConfig());
    this.objects = new HubObjects(this, store, staging);
    this.refs = new HubRefs(this);
  }

  /** The immutable id under which the repository is stored. */
  public long repoId() {
    return repoId;
  }

  /** Notes which user moves the refs of this repository object, for watchers; 0 is nobody. */
  public HubRepository movedBy(long userId) {
    mover = userId;
    return this;
  }

  /**
   * Notes that refs move because their history is written anew without some files, for watchers: no
   * commit is new, and refs that usually stay move as well.
   */
  public void rewriteHistory() {
    rewritesHistory = true;
  }

  /** Whether refs move because their history is written anew. */
  public boolean rewritesHistory() {
    return rewritesHistory;
  }

  /** The user who moves refs, or 0. */
  public long mover() {
    return mover;
  }

  /**
   * Lets the hook run inside the transaction of the next update that moves a ref, after the refs
   * are moved. What it throws undoes the update and comes out of the call that moves the ref. It
   * may run again when the transaction is repeated, so it changes nothing but the database. After a
   * published update all hooks are gone; after a failed one they stay for the next try.
   */
  public synchronized void whenPublished(Consumer<DbTransaction> hook) {
    hooks.add(hook);
  }

  /**
   * Runs the hooks that wait for an update now, because all refs are where they shall be: in one
   * transaction, with the repository locked as by an update.
   */
  public void publishUnmoved() {
    List<Consumer<DbTransaction>> now;
    synchronized (this) {
      now = List.copyOf(hooks);
    }
    if (!now.isEmpty()) {
      publisher.unmoved(this, now);
      synchronized (this) {
        hooks.removeAll(now);
      }
    }
  }

  @Override
  public DfsObjDatabase getObjectDatabase() {
    return objects;
  }

  @Override
  public RefDatabase getRefDatabase() {
    return refs;
  }

  /** Moves refs and publishes all pending packs with them; the outcomes are in the same order. */
  List<Outcome> publish(List<RefChange> changes, boolean allOrNone) throws IOException {
    List<Consumer<DbTransaction>> now;
    synchronized (this) {
      now = List.copyOf(hooks);
    }
    var outcomes = publisher.publish(this, changes, allOrNone, now, watched(changes));
    if (outcomes.contains(Outcome.MOVED)) {
      synchronized (this) {
        hooks.removeAll(now);
        unborn = false;
      }
      objects.published();
    }
    refs.refresh();
    return outcomes;
  }

  /** Gives up packs that no update took along. */
  void abandon(List<HubPack> packs) {
    publisher.abandon(packs);
  }

  /** What the watcher wants to do for each change. */
  private List<Optional<Consumer<DbTransaction>>> watched(List<RefChange> changes)
      throws IOException {
    var all = new ArrayList<Optional<Consumer<DbTransaction>>>();
    for (var change : changes) {
      all.add(
          change.wanted() instanceof RefState.Direct(var id, _)
              ? publisher.watcher().moving(this, change.name(), id)
              : Optional.empty());
    }
    return all;
  }

  /** True until the first published update of a repository that was opened to be made. */
  synchronized boolean isUnborn() {
    return unborn;
  }

  HubObjects objects() {
    return objects;
  }

  /**
   * The refs and packs. They are read together, the refs first: what a writer publishes in between
   * shows as packs without a ref, never the other way round.
   */
  synchronized Contents contents() {
    var known = contents;
    if (known == null) {
      known = publisher.contents(this);
      contents = known;
      if (firstRewrites == NOT_LOOKED) {
        firstRewrites = known.rewrites();
      }
    }
    return known;
  }

  /** False when the history was written anew after the first look: that look counts for all. */
  synchronized boolean hasSeenRewrites(long rewrites) {
    return firstRewrites == NOT_LOOKED || firstRewrites == rewrites;
  }

  /** Lets the next look ask the database again. */
  void forget() {
    synchronized (this) {
      contents = null;
    }
    objects.forget();
  }

  private static final class Builder extends DfsRepositoryBuilder<Builder, HubRepository> {
    private Builder(long repoId) {
      setReaderOptions(new DfsReaderOptions());
      setRepositoryDescription(new DfsRepositoryDescription(Long.toString(repoId)));
    }

    @Override
    public HubRepository build() {
      throw new UnsupportedOperationException("repositories are opened by GitRepositories");
    }
  }
}
