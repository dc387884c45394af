package dev.ashlar.casserver.dedup;

import dev.ashlar.core.hash.MerkleHash;
import dev.ashlar.metadata.Database;
import dev.ashlar.web.Counter;
import dev.ashlar.web.Metrics;
import java.lang.System.Logger.Level;
import java.time.Duration;
import java.util.Collection;
import java.util.Locale;

/**
 * Says of most chunks that nobody stored that they certainly are not in the dedup index, without a
 * statement.
 *
 * <p>A chunk that this server has acknowledged is never denied, one that another server has added
 * after two seconds no more. While nothing is known, because the filter is being loaded, has too
 * many chunks to be of use, or the database does not answer, nothing is denied.
 */
public final class StoredChunks implements AutoCloseable {
  private static final System.Logger LOG = System.getLogger(StoredChunks.class.getName());
  private static final Duration STOP_MAX = Duration.ofSeconds(30);

  private final ChunkWatch watch;
  private final Counter absent;
  private final Thread thread;
  private volatile boolean closed;

  /** Begins to load in the background. */
  public StoredChunks(Database database, Metrics metrics) {
    watch = new ChunkWatch(database, FilterSize.DEFAULT, System::nanoTime);
    absent =
        metrics.counter(
            "dedup_absent_chunks_total",
            "Chunks that the filter found absent, which saved a statement each.");
    show(metrics);
    thread = Thread.ofPlatform().daemon().name("dedup-filter").start(this::run);
  }

  private void show(Metrics metrics) {
    for (var state : FilterState.values()) {
      metrics.gauge(
          "dedup_filter_state_info",
          "1 for the state of the filter before the dedup index, 0 for the others.",
          () -> watch.state() == state ? 1 : 0,
          "state",
          state.name().toLowerCase(Locale.ROOT));
    }
    metrics.gauge("dedup_filter_chunks_count", "Chunks in the filter that answers.", watch::chunks);
    metrics.gauge("dedup_filter_bytes", "Memory of filters.", watch::bytes);
  }

  /** False when the dedup index certainly has no such chunk. */
  public boolean mayHold(MerkleHash chunk) {
    boolean may = watch.mayHold(chunk);
    if (!may) {
      absent.add(1);
    }
    return may;
  }

  /** Notes chunks whose transaction was committed, before that is acknowledged to anybody. */
  public void added(Collection<MerkleHash> chunks) {
    watch.added(chunks);
  }

  private void run() {
    boolean failing = false;
    while (!closed) {
      try {
        watch.round();
        failing = false;
        if (!watch.isLoading()) {
          Thread.sleep(ChunkWatch.LOOKS);
        }
      } catch (InterruptedException stop) {
        return;
      } catch (RuntimeException e) {
        if (!failing && !closed) {
          LOG.log(Level.WARNING, "additions to the dedup index could not be read", e);
        }
        failing = true;
        pause();
      }
    }
  }

  private static void pause() {
    try {
      Thread.sleep(ChunkWatch.LOOKS);
    } catch (InterruptedException stop) {
      Thread.currentThread().interrupt();
    }
  }

  /** Waits for the statement at work, so that nothing runs on a closed database. */
  @Override
  public void close() {
    closed = true;
    thread.interrupt();
    try {
      if (!thread.join(STOP_MAX)) {
        LOG.log(Level.WARNING, "the dedup index was still being read at the end");
      }
    } catch (InterruptedException e) {
      Thread.currentThread().interrupt();
    }
  }
}
