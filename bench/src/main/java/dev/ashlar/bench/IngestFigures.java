package dev.ashlar.bench;

import dev.ashlar.chunker.FileIngest;
import dev.ashlar.chunker.IngestedFile;
import dev.ashlar.chunker.KnownChunks;
import dev.ashlar.core.hash.HasherChoice;
import dev.ashlar.core.hash.Sha256;
import dev.ashlar.core.xorb.CodecKernels;
import java.io.ByteArrayInputStream;
import java.io.IOException;
import java.io.UncheckedIOException;
import java.lang.foreign.MemorySegment;
import java.lang.foreign.ValueLayout;
import java.util.Optional;
import java.util.concurrent.Executors;

/** Taking a file in, beside OpenSSL's SHA-256 of it; and that SHA-256 itself. */
final class IngestFigures {
  private static final int SHA256_BYTES = 1 << 20;
  private static final int INGEST_BYTES = 32 << 20;

  private final Figures figures;
  private final CYard c;
  private final Optional<String> libblake3;
  private final MemorySegment out = CYard.room(32);

  IngestFigures(Figures figures, CYard c, Optional<String> libblake3) {
    this.figures = figures;
    this.c = c;
    this.libblake3 = libblake3;
  }

  void printSha256() {
    var bytes = Samples.random(SHA256_BYTES);
    var nativeBytes = CYard.copy(bytes);
    c.sha256(nativeBytes, out);
    Figures.same("SHA-256", sha256(bytes), out.toArray(ValueLayout.JAVA_BYTE));
    figures.compare(
        "SHA-256 / OpenSSL", 0.98, () -> sha256(bytes), () -> c.sha256(nativeBytes, out));
  }

  private static byte[] sha256(byte[] bytes) {
    return Sha256.begin().digest(bytes);
  }

  void print() {
    var _ = CodecKernels.choose();
    var _ = HasherChoice.choose(libblake3);
    try (var cpu = Executors.newFixedThreadPool(Runtime.getRuntime().availableProcessors())) {
      var ingest = new FileIngest(cpu);
      for (boolean compressible : new boolean[] {false, true}) {
        var title =
            compressible ? "ingest of text, compressed / SHA-256" : "ingest of random / SHA-256";
        if (!figures.isWanted(title)) {
          continue;
        }
        var data = compressible ? Samples.text(INGEST_BYTES) : Samples.random(INGEST_BYTES);
        var nativeData = CYard.copy(data);
        c.sha256(nativeData, out);
        var ours = taken(ingest, data).sha256().bytes();
        Figures.same(title, ours, out.toArray(ValueLayout.JAVA_BYTE));
        figures.compare(
            title,
            compressible ? 0.35 : 0.85,
            () -> taken(ingest, data),
            () -> c.sha256(nativeData, out));
      }
    }
  }

  private static IngestedFile taken(FileIngest ingest, byte[] data) {
    try {
      return ingest.ingest(new ByteArrayInputStream(data), NoXorbs::new, KnownChunks.NONE);
    } catch (IOException e) {
      throw new UncheckedIOException(e);
    }
  }
}
