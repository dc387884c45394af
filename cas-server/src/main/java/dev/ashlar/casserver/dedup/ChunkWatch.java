package dev.ashlar.casserver.dedup;

import dev.ashlar.core.hash.MerkleHash;
import dev.ashlar.metadata.AddedChunk;
import dev.ashlar.metadata.Database;
import dev.ashlar.metadata.DedupIndex;
import java.time.Duration;
import java.util.Collection;
import java.util.List;
import java.util.function.LongSupplier;
import org.jspecify.annotations.Nullable;

/**
 * Loads a filter of the dedup index and keeps it true while this server and others add to the
 * index.
 *
 * <p>A filter that is being loaded gets everything from three sides, so that nothing falls between:
 * what was committed before its load began, from the pages of the table, each read by a statement
 * younger than that; what others commit later, from looks at what was added, which begin at a
 * horizon taken before the load; and what this server commits, from {@link #added} right after the
 * commit. All but the pages go to the filter that answers as well. A horizon only moves to the
 * oldest transaction still open, so one that is open during a look is looked at again.
 *
 * <p>{@link #round} belongs to one thread.
 */
final class ChunkWatch {
  /** How often others' additions are looked for. */
  static final Duration LOOKS = Duration.ofSeconds(1);

  /** After so long without a look nothing is denied. */
  static final Duration TRUST = Duration.ofSeconds(10);

  /** Deleted chunks stay in a filter until the next one. */
  static final Duration RENEWAL = Duration.ofHours(24);

  private static final int PAGE = 10_000;
  private static final Filters NONE = new Filters(null, null);

  /** Replaced as a whole, so that whoever adds meets both while one takes the other's place. */
  private record Filters(@Nullable ChunkFilter answering, @Nullable ChunkFilter loading) {}

  private final Database database;
  private final FilterSize size;
  private final LongSupplier nanos;
  private volatile Filters filters = NONE;
  private volatile long lookedAt;
  private volatile boolean tooMany;
  private long horizon = Long.MAX_VALUE;
  private long loadBegun;
  private MerkleHash lastLoaded = MerkleHash.ZERO;

  ChunkWatch(Database database, FilterSize size, LongSupplier nanos) {
    this.database = database;
    this.size = size;
    this.nanos = nanos;
  }

  /** Whether the index may have the chunk; what it has had for two seconds is never denied. */
  boolean mayHold(MerkleHash chunk) {
    var filter = filters.answering;
    return filter == null || filter.mayHold(chunk) || isStale();
  }

  /** Notes what this server has committed, before it says so to anybody. */
  void added(Collection<MerkleHash> chunks) {
    var both = filters;
    for (var chunk : chunks) {
      if (both.answering != null) {
        both.answering.add(chunk);
      }
      if (both.loading != null) {
        both.loading.add(chunk);
      }
    }
  }

  FilterState state() {
    if (filters.answering == null) {
      return tooMany ? FilterState.TOO_MANY : FilterState.LOADING;
    }
    return isStale() ? FilterState.STALE : FilterState.LOADED;
  }

  /** The chunks of the filter that answers. */
  long chunks() {
    var filter = filters.answering;
    return filter == null ? 0 : filter.chunks();
  }

  /** The memory of all filters. */
  long bytes() {
    var both = filters;
    return bytes(both.answering) + bytes(both.loading);
  }

  private static long bytes(@Nullable ChunkFilter filter) {
    return filter == null ? 0 : filter.bits() / Byte.SIZE;
  }

  boolean isLoading() {
    return filters.loading != null;
  }

  /** Looks at what was added, if it is time for that, then reads a page of what is being loaded. */
  void round() {
    long now = nanos.getAsLong();
    if (horizon == Long.MAX_VALUE || now - lookedAt >= LOOKS.toNanos()) {
      look(now);
    }
    var loading = filters.loading;
    if (loading != null) {
      loadPage(loading);
    }
  }

  private boolean isStale() {
    return nanos.getAsLong() - lookedAt > TRUST.toNanos();
  }

  private void look(long now) {
    long next = database.look(DedupIndex::horizon);
    if (next < horizon) {
      // The first look, or a database that was put back to an earlier state.
      var empty = empty();
      filters = NONE;
      horizon = next;
      load(empty, now);
    }
    takeAdded(AddedChunk.before(horizon));
    horizon = next;
    lookedAt = now;
    renew(now);
  }

  private void takeAdded(AddedChunk from) {
    List<AddedChunk> page;
    do {
      var after = from;
      page = database.look(db -> DedupIndex.added(db, after, PAGE));
      added(page.stream().map(AddedChunk::chunk).toList());
      from = page.isEmpty() ? from : page.getLast();
    } while (page.size() == PAGE);
  }

  private void renew(long now) {
    var filter = filters.answering;
    if (filter != null && size.isUseless(filter)) {
      giveUp();
    } else if (isLoading()) {
      return;
    } else if (filter != null && size.isTight(filter)) {
      load(size.larger(filter), now);
    } else if (now - loadBegun > RENEWAL.toNanos()) {
      load(empty(), now);
    }
  }

  private ChunkFilter empty() {
    return size.forChunks(database.look(DedupIndex::roughSize));
  }

  private void load(ChunkFilter empty, long now) {
    filters = new Filters(filters.answering, empty);
    lastLoaded = MerkleHash.ZERO;
    loadBegun = now;
  }

  private void loadPage(ChunkFilter loading) {
    var page = database.look(db -> DedupIndex.all(db, lastLoaded, PAGE));
    page.forEach(loading::add);
    if (size.isUseless(loading)) {
      giveUp();
    } else if (size.isTight(loading)) {
      load(size.larger(loading), nanos.getAsLong());
    } else if (page.size() < PAGE) {
      filters = new Filters(loading, null);
      tooMany = false;
    } else {
      lastLoaded = page.getLast();
    }
  }

  private void giveUp() {
    filters = NONE;
    tooMany = true;
  }
}
