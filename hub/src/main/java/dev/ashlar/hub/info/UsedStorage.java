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
import java.util.stream.Collectors;

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
      var sums = read(database, open.keySet());
      open.forEach((id, key) -> known.put(key, sums.getOrDefault(id, 0L)));
      bytes.putAll(sums);
    }
    return bytes;
  }

  /** The bytes of each of the repositories at this moment. */
  static Map<Long, Long> read(Database database, Collection<Long> ids) {
    var held = database.read(db -> Holds.committedBytes(db, ids));
    var packs = database.read(db -> GitRepositories.packBytes(db, ids));
    return ids.stream()
        .collect(
            Collectors.toMap(
                id -> id, id -> held.getOrDefault(id, 0L) + packs.getOrDefault(id, 0L)));
  }
}
