package dev.ashlar.hub.git;

import dev.ashlar.objectstore.ObjectKey;
import java.nio.file.Path;
import java.util.Map;
import java.util.Optional;
import java.util.concurrent.ConcurrentHashMap;
import org.eclipse.jgit.internal.storage.dfs.DfsObjDatabase.PackSource;
import org.eclipse.jgit.internal.storage.dfs.DfsPackDescription;
import org.eclipse.jgit.internal.storage.dfs.DfsRepositoryDescription;
import org.eclipse.jgit.internal.storage.pack.PackExt;

/**
 * A pack and where each of its files lies. The name is random and never used twice, so the block
 * cache, which outlives the repository object, never shows bytes of another pack.
 */
final class HubPack extends DfsPackDescription {
  private final Map<PackExt, Location> locations = new ConcurrentHashMap<>();

  /** Where a file of a pack lies. */
  sealed interface Location {
    /** On local disk, seen by this repository object alone. */
    record Staged(Path file) implements Location {}

    /** In the object store. */
    record Stored(ObjectKey key) implements Location {}
  }

  HubPack(DfsRepositoryDescription repository, String name, PackSource source) {
    super(repository, name, source);
  }

  void put(PackExt ext, Location location) {
    locations.put(ext, location);
  }

  void remove(PackExt ext) {
    locations.remove(ext);
  }

  Optional<Location> location(PackExt ext) {
    return Optional.ofNullable(locations.get(ext));
  }

  Map<PackExt, Location> locations() {
    return Map.copyOf(locations);
  }
}
