package dev.ashlar.casserver;

import dev.ashlar.core.hash.HasherChoice;
import dev.ashlar.core.hash.HasherChoice.Finding;
import dev.ashlar.core.hash.HasherChoice.Outcome;
import dev.ashlar.core.hash.HasherChoice.Report;
import dev.ashlar.web.Metrics;
import java.nio.file.Path;
import java.util.Locale;
import java.util.Optional;
import java.util.concurrent.ExecutionException;
import java.util.concurrent.FutureTask;
import java.util.stream.Collectors;

/**
 * Chooses how this process hashes, beside whatever else its start waits for; whoever needs the
 * process ready waits until the choice is made and warm.
 */
final class Kernels {
  private static final System.Logger LOG = System.getLogger(Kernels.class.getName());
  private static final double MEGABYTE = 1e6;

  private final FutureTask<Report> choice;

  private Kernels(Optional<Path> library) {
    this.choice = new FutureTask<>(() -> HasherChoice.choose(library));
  }

  /** Begins to choose, on a thread of its own. */
  static Kernels choosing(Optional<Path> library) {
    var kernels = new Kernels(library);
    Thread.ofPlatform().name("kernel-choice").daemon(true).start(kernels.choice);
    return kernels;
  }

  /** Waits for the choice, logs it once and shows it among the metrics. */
  void await(Metrics metrics) {
    Report report;
    try {
      report = choice.get();
    } catch (InterruptedException e) {
      Thread.currentThread().interrupt();
      throw new IllegalStateException("interrupted while starting", e);
    } catch (ExecutionException e) {
      throw new IllegalStateException("no way to hash was found", e.getCause());
    }
    var wrong = report.findings().stream().anyMatch(found -> found.outcome() == Outcome.WRONG);
    LOG.log(
        wrong ? System.Logger.Level.WARNING : System.Logger.Level.INFO,
        "hashing by {0} ({1})",
        report.chosen().name(),
        report.findings().stream().map(Kernels::text).collect(Collectors.joining("; ")));
    for (var finding : report.findings()) {
      boolean inUse = finding.name().equals(report.chosen().name());
      metrics.gauge(
          "kernel_selected_info",
          "1 for the way in which this process computes a kernel, 0 for the others.",
          () -> inUse ? 1 : 0,
          "kernel",
          "blake3",
          "backend",
          finding.name());
    }
  }

  /** One finding in words, for example {@code native: good, 3700 MB/s, libblake3 1.8.2}. */
  static String text(Finding finding) {
    var text = new StringBuilder(finding.name()).append(": ").append(outcome(finding));
    if (finding.bytesPerSecond() > 0) {
      text.append(", ").append(Math.round(finding.bytesPerSecond() / MEGABYTE)).append(" MB/s");
    }
    return finding.detail().isEmpty()
        ? text.toString()
        : text.append(", ").append(finding.detail()).toString();
  }

  private static String outcome(Finding finding) {
    return finding.outcome().name().toLowerCase(Locale.ROOT).replace('_', ' ');
  }
}
