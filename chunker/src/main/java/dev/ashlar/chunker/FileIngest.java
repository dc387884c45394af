package dev.ashlar.chunker;

import java.io.IOException;
import java.io.InputStream;
import java.util.concurrent.Executor;

/**
 * Takes files in: cuts, hashes, deduplicates, compresses and packs them.
 *
 * <p>One instance serves any number of threads. A file in work takes less than 2 MiB of buffers,
 * and what it remembers for deduplication.
 */
public final class FileIngest {
  private final Executor cpu;
  private final ChunkEncoder encoder = new ChunkEncoder();

  /**
   * Digests, hashes and compresses on {@code cpu}: a pool of platform threads, or {@code
   * Runnable::run} for the calling thread. Reading, cutting, lookups, samples for compression and
   * the sink's work are always the caller's; where it would wait, it hashes too.
   */
  public FileIngest(Executor cpu) {
    this.cpu = cpu;
  }

  /**
   * Reads {@code in} to its end; does not close it. On return all new xorbs are published. On a
   * failure the open one is discarded, and those published before stay, unreferenced.
   */
  public IngestedFile ingest(InputStream in, XorbSink sink, KnownChunks known) throws IOException {
    return new IngestRun(cpu, encoder, sink, known).run(in);
  }
}
