package dev.ashlar.casserver;

import dev.ashlar.core.hash.Blake3;
import dev.ashlar.core.hash.HasherChoice;
import dev.ashlar.core.hash.HasherChoice.Finding;
import dev.ashlar.core.hash.HasherChoice.Outcome;
import dev.ashlar.core.hash.HasherChoice.Report;
import dev.ashlar.web.Metrics;
import java.nio.file.Path;
import java.time.Duration;
import java.util.Locale;
import java.util.Optional;
import java.util.concurrent.ExecutionException;
import java.util.concurrent.FutureTask;
import java.util.concurrent.TimeUnit;
import java.util.concurrent.TimeoutException;
import java.util.stream.Collectors;

/**
 * Chooses how this process hashes, beside whatever else its start waits for. The start waits until
 * the choice is made and warm, but not for long: on a busy machine it is made a little later, and
 * portable Java hashes until then.
 */
final class Kernels {
  private static final System.Logger LOG = System.getLogger(Kernels.class.getName());
  private static final double MEGABYTE = 1e6;
  private static final Duration WAIT_MAX = Duration.ofSeconds(2);

  private final FutureTask<Report> choice;

  private Kernels(Optional<Path> library) {
    this.choice = new FutureTask<>(() -> logged(HasherChoice.choose(library.map(Path::toString))));
  }

  /** Begins to choose, on a thread of its own. */
  static Kernels choosing(Optional<Path> library) {
    var kernels = new Kernels(library);
    Thread.ofPlatform().name("kernel-choice").daemon(true).start(kernels.choice);
    return kernels;
  }

  /** Waits for the choice as long as a start may take, and shows it among the metrics. */
  void await(Metrics metrics) {
    try {
      var _ = choice.get(WAIT_MAX.toMillis(), TimeUnit.MILLISECONDS);
    } catch (TimeoutException _) {
      LOG.log(System.Logger.Level.INFO, "still looking for a fast way to hash");
    } catch (InterruptedException e) {
      Thread.currentThread().interrupt();
      throw new IllegalStateException("interrupted while starting", e);
    } catch (ExecutionException e) {
      throw new IllegalStateException("no way to hash was found", e.getCause());
    }
    for (var name : HasherChoice.names()) {
      metrics.gauge(
          "kernel_selected_info",
          "1 for the way in which this process computes a kernel, 0 for the others.",
          () -> Blake3.inUse().name().equals(name) ? 1 : 0,
          "kernel",
          "blake3",
          "backend",
          name);
    }
  }

  private static Report logged(Report report) {
    var wrong = report.findings().stream().anyMatch(found -> found.outcome() == Outcome.WRONG);
    LOG.log(
        wrong ? System.Logger.Level.WARNING : System.Logger.Level.INFO,
        "hashing by {0} ({1})",
        report.chosen().name(),
        report.findings().stream().map(Kernels::text).collect(Collectors.joining("; ")));
    return report;
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
