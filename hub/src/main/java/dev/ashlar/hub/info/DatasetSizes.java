package dev.ashlar.hub.info;

import dev.ashlar.hub.repo.MainBytes;
import dev.ashlar.hub.repo.RepoType;
import dev.ashlar.metadata.Database;
import java.time.Duration;
import java.time.Instant;
import java.time.InstantSource;
import java.util.List;

/**
 * Measures datasets at times, as lists by size need an index: a sum over all files of all datasets
 * would not do for a page.
 */
public final class DatasetSizes {
  private static final Duration EVERY = Duration.ofHours(1);
  private static final int AT_ONCE = 500;

  private final Database database;
  private final InstantSource clock;
  private Instant measured = Instant.EPOCH;

  /** Measures the datasets of this database. */
  public DatasetSizes(Database database, InstantSource clock) {
    this.database = database;
    this.clock = clock;
  }

  /** Measures all datasets when the last time is long ago. */
  public void upkeep() {
    var now = clock.instant();
    if (!measured.plus(EVERY).isBefore(now)) {
      return;
    }
    var ids = next(0);
    while (!ids.isEmpty()) {
      var bytes = UsedStorage.read(database, ids);
      database.change(tx -> MainBytes.put(tx, bytes));
      ids = next(ids.getLast());
    }
    measured = now;
  }

  private List<Long> next(long after) {
    return database.read(db -> MainBytes.ids(db, RepoType.DATASET, after, AT_ONCE));
  }
}
