package dev.ashlar.hub.info;

import com.github.benmanes.caffeine.cache.Cache;
import com.github.benmanes.caffeine.cache.Caffeine;
import dev.ashlar.hub.git.GitRepositories;
import dev.ashlar.hub.repo.Repo;
import dev.ashlar.metadata.Database;
import dev.ashlar.metadata.Holds;
import java.time.Duration;
import java.time.Instant;
import java.util.Collection;
import java.util.HashMap;
import java.util.List;
import java.util.Map;

/**
 * How many bytes repositories use: their committed large files and their packs. The sum over many
 * files is kept for a minute, and not longer than the head stays where it is.
 */
final class UsedStorage {
  private record Key(long repoId, Instant modifiedAt) {}

  private final Database database;
  private final Cache<Key, Long> known =
      Caffeine.newBuilder().maximumSize(20_000).expireAfterWrite(Duration.ofMinutes(1)).build();

  UsedStorage(Database database) {
    this.database = database;
  }

  long of(Repo repo) {
    return of(List.of(repo)).getOrDefault(repo.id(), 0L);
  }

  /** The bytes by the ids of the repositories, with one look at the database for all. */
  Map<Long, Long> of(Collection<Repo> repos) {
    var bytes = new HashMap<Long, Long>();
    var open = new HashMap<Long, Key>();
    for (var repo : repos) {
      var key = new Key(repo.id(), repo.lastModifiedAt());
      var present = known.getIfPresent(key);
      if (present == null) {
        open.put(repo.id(), key);
      } else {
        bytes.put(repo.id(), present);
      }
    }
    if (!open.isEmpty()) {
      var ids = open.keySet();
      var held = database.read(db -> Holds.committedBytes(db, ids));
      var packs = database.read(db -> GitRepositories.packBytes(db, ids));
      open.forEach(
          (id, key) -> {
            long sum = held.getOrDefault(id, 0L) + packs.getOrDefault(id, 0L);
            known.put(key, sum);
            bytes.put(id, sum);
          });
    }
    return bytes;
  }
}
