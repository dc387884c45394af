package dev.ashlar.bench;

import dev.ashlar.core.hash.Blake3Key;
import dev.ashlar.core.hash.ChunkHasher;
import dev.ashlar.core.hash.HasherChoice;
import java.util.Locale;
import java.util.Optional;

/**
 * Lets a fresh virtual machine choose among what it has without a library, and tells how it hashes
 * a second later.
 */
public final class StartProbe {
  private static final int PIECE = 64 << 10;
  private static final long WARM_NANOS = 1_000_000_000;
  private static final long MEASURED_NANOS = 300_000_000;

  private StartProbe() {}

  /** Prints the choice, its rate in MB/s and the seconds that the choice took. */
  public static void main(String[] words) {
    long began = System.nanoTime();
    var report = HasherChoice.choose(Optional.of("/no/such/library"));
    double took = (System.nanoTime() - began) / 1e9;
    var _ = rate(report.chosen(), WARM_NANOS);
    double rate = rate(report.chosen(), MEASURED_NANOS);
    System.out.printf(Locale.ROOT, "%s\t%.0f\t%.2f%n", report.chosen().name(), rate / 1e6, took);
  }

  private static double rate(ChunkHasher hasher, long nanos) {
    var key = new Blake3Key(new byte[32]);
    var bytes = new byte[PIECE];
    long began = System.nanoTime();
    long hashed = 0;
    while (System.nanoTime() - began < nanos) {
      var _ = hasher.hash(key, bytes, 0, PIECE);
      hashed += PIECE;
    }
    return hashed * 1e9 / (System.nanoTime() - began);
  }
}
