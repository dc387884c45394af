package dev.ashlar.bench;

import dev.ashlar.core.hash.HasherChoice;
import java.util.Locale;
import java.util.Optional;

/**
 * Lets a fresh virtual machine choose among what it has without a library, and tells how it went.
 */
public final class StartProbe {
  private StartProbe() {}

  /** Prints the choice, its rate in MB/s and the seconds it took. */
  public static void main(String[] words) {
    long began = System.nanoTime();
    var report = HasherChoice.choose(Optional.of("/no/such/library"));
    System.out.printf(
        Locale.ROOT,
        "%s\t%.0f\t%.2f%n",
        report.chosen().name(),
        report.of(report.chosen()).bytesPerSecond() / 1e6,
        (System.nanoTime() - began) / 1e9);
  }
}
