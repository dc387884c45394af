package dev.ashlar.hub.git;

import dev.ashlar.hub.git.HubPack.Location.Staged;
import dev.ashlar.hub.git.HubPack.Location.Stored;
import dev.ashlar.objectstore.ObjectStore;
import dev.ashlar.objectstore.Staging;
import java.io.FileNotFoundException;
import java.io.IOException;
import java.lang.System.Logger.Level;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.Collection;
import java.util.List;
import java.util.Set;
import java.util.UUID;
import org.eclipse.jgit.internal.storage.dfs.DfsObjDatabase;
import org.eclipse.jgit.internal.storage.dfs.DfsOutputStream;
import org.eclipse.jgit.internal.storage.dfs.DfsPackDescription;
import org.eclipse.jgit.internal.storage.dfs.DfsReaderOptions;
import org.eclipse.jgit.internal.storage.dfs.ReadableChannel;
import org.eclipse.jgit.internal.storage.pack.PackExt;
import org.eclipse.jgit.lib.ObjectId;
import org.eclipse.jgit.lib.ObjectInserter;

/**
 * The objects of a repository: the packs that its refs were published with, and the packs that this
 * repository object has written and not published yet. Others do not see the latter; they go with
 * the repository object unless an update of refs takes them along.
 */
final class HubObjects extends DfsObjDatabase {
  private static final System.Logger LOG = System.getLogger(HubObjects.class.getName());

  private final HubRepository repository;
  private final ObjectStore store;
  private final Staging staging;
  private final List<HubPack> pending = new ArrayList<>();
  private final List<String> replaced = new ArrayList<>();

  HubObjects(HubRepository repository, ObjectStore store, Staging staging) {
    super(repository, new DfsReaderOptions());
    this.repository = repository;
    this.store = store;
    this.staging = staging;
  }

  /** The packs that wait for an update of refs. */
  synchronized List<HubPack> pending() {
    return List.copyOf(pending);
  }

  /** The names of published packs whose objects are all in pending ones. */
  synchronized List<String> replaced() {
    return List.copyOf(replaced);
  }

  /** Called when the pending packs are published: from now on they come with the others. */
  synchronized void published() {
    pending.clear();
    replaced.clear();
    clearCache();
  }

  /** Lets the next look at the packs ask the database. */
  void forget() {
    clearCache();
  }

  @Override
  public ObjectInserter newInserter() {
    return new HubInserter(this);
  }

  @Override
  protected synchronized List<DfsPackDescription> listPacks() throws IOException {
    List<DfsPackDescription> packs = new ArrayList<>(pending);
    packs.addAll(repository.contents().packs());
    return packs;
  }

  @Override
  protected HubPack newPack(PackSource source) {
    var name = "pack-" + UUID.randomUUID();
    var pack = new HubPack(repository.getDescription(), name, source);
    pack.setLastModified(System.currentTimeMillis());
    return pack;
  }

  @Override
  protected DfsOutputStream writeFile(DfsPackDescription pack, PackExt ext) throws IOException {
    var file = staging.newFile();
    ((HubPack) pack).put(ext, new Staged(file));
    return new StagedOutput(file);
  }

  @Override
  protected ReadableChannel openFile(DfsPackDescription pack, PackExt ext) throws IOException {
    var location = ((HubPack) pack).location(ext);
    if (location.isEmpty()) {
      throw new FileNotFoundException(pack.getFileName(ext));
    }
    return switch (location.get()) {
      case Staged(var file) -> PackChannel.staged(file);
      case Stored(var key) -> PackChannel.stored(store, key, pack.getFileSize(ext));
    };
  }

  @Override
  protected synchronized void commitPackImpl(
      Collection<DfsPackDescription> packs, Collection<DfsPackDescription> replaces) {
    packs.forEach(pack -> pending.add(withoutEmptyFiles((HubPack) pack)));
    if (replaces != null) {
      replaces.forEach(pack -> replaced.add(pack.getPackName()));
    }
  }

  @Override
  protected void rollbackPack(Collection<DfsPackDescription> packs) {
    packs.forEach(pack -> discard((HubPack) pack));
  }

  @Override
  public Set<ObjectId> getShallowCommits() {
    return Set.of();
  }

  @Override
  public void setShallowCommits(Set<ObjectId> commits) {
    if (!commits.isEmpty()) {
      throw new UnsupportedOperationException("a stored repository is never shallow");
    }
  }

  @Override
  public long getApproximateObjectCount() {
    try {
      var count = 0L;
      for (var pack : listPacks()) {
        count += pack.getObjectCount();
      }
      return count;
    } catch (IOException _) {
      return -1;
    }
  }

  @Override
  public void close() {
    List<HubPack> unpublished;
    synchronized (this) {
      unpublished = pending();
      pending.clear();
    }
    unpublished.forEach(HubObjects::discard);
    repository.abandon(unpublished);
    super.close();
  }

  /** JGit opens a file for each optional index and may then write nothing into it. */
  private static HubPack withoutEmptyFiles(HubPack pack) {
    for (var file : pack.locations().entrySet()) {
      if (pack.getFileSize(file.getKey()) == 0 && file.getValue() instanceof Staged(var path)) {
        delete(path);
        pack.remove(file.getKey());
      }
    }
    return pack;
  }

  private static void discard(HubPack pack) {
    for (var location : pack.locations().values()) {
      if (location instanceof Staged(var file)) {
        delete(file);
      }
    }
  }

  private static void delete(Path file) {
    try {
      Files.deleteIfExists(file);
    } catch (IOException e) {
      LOG.log(Level.WARNING, "staged pack stays until the next sweep", e);
    }
  }
}
