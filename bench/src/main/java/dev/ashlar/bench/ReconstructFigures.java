package dev.ashlar.bench;

import dev.ashlar.core.hash.HashedChunk;
import dev.ashlar.core.xorb.CodecKernels;
import dev.ashlar.core.xorb.Compression;
import java.io.IOException;
import java.io.OutputStream;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.Arrays;
import java.util.Comparator;
import java.util.concurrent.Executors;

/**
 * A file of 64 MiB, put together of a xorb in the page cache and written to a socket, beside
 * writing the same bytes from an array to the same socket. A virtual thread writes in either case,
 * as in the server, and a turn ends when the last byte has arrived.
 */
final class ReconstructFigures {
  private static final int BYTES = 64 << 20;

  /** About as much as the assembler writes at once. */
  private static final int BLOCK_BYTES = 256 << 10;

  private final Figures figures;

  ReconstructFigures(Figures figures) {
    this.figures = figures;
  }

  void print() throws Exception {
    var _ = CodecKernels.choose();
    print("stored", Compression.NONE, 0.85);
    print("LZ4", Compression.LZ4, 0.40);
  }

  private void print(String kind, Compression compression, double target) throws Exception {
    var title = "reconstruct to a socket, " + kind + " / writing the same bytes";
    if (!figures.isWanted(title)) {
      return;
    }
    var raw = compression == Compression.NONE ? Samples.random(BYTES) : Samples.text(BYTES);
    var folder = Files.createTempDirectory("ashlar-yardstick");
    try (var drain = new Drain();
        var threads = Executors.newVirtualThreadPerTaskExecutor()) {
      var chunks = new ArrayList<HashedChunk>();
      var file = new RebuiltFile(VerifyFigures.body(raw, compression, chunks), chunks, folder);
      if (!Arrays.equals(drain.hash(BYTES, file::write), drain.hash(BYTES, to -> write(raw, to)))) {
        throw new IllegalStateException(title + ": other bytes arrived");
      }
      Runnable candidate = () -> drain.pass(BYTES, file::write);
      Runnable yardstick = () -> drain.pass(BYTES, out -> write(raw, out));
      threads.submit(() -> figures.compare(title, target, candidate, yardstick)).get();
      threads.submit(() -> figures.allocatedByAll("reconstruct " + kind, 64, candidate)).get();
    } finally {
      delete(folder);
    }
  }

  private static void write(byte[] raw, OutputStream out) throws IOException {
    for (int at = 0; at < raw.length; at += BLOCK_BYTES) {
      out.write(raw, at, BLOCK_BYTES);
    }
  }

  private static void delete(Path folder) throws IOException {
    try (var paths = Files.walk(folder)) {
      for (var path : paths.sorted(Comparator.reverseOrder()).toList()) {
        Files.delete(path);
      }
    }
  }
}
