package dev.ashlar.casserver;

import dev.ashlar.core.hash.Blake3;
import dev.ashlar.core.hash.HasherChoice;
import dev.ashlar.core.hash.HasherChoice.Finding;
import dev.ashlar.core.hash.HasherChoice.Outcome;
import dev.ashlar.core.hash.HasherChoice.Report;
import dev.ashlar.core.xorb.CodecKernels;
import dev.ashlar.web.Metrics;
import java.nio.file.Path;
import java.time.Duration;
import java.util.List;
import java.util.Locale;
import java.util.Optional;
import java.util.concurrent.CompletableFuture;
import java.util.concurrent.ExecutionException;
import java.util.concurrent.TimeUnit;
import java.util.concurrent.TimeoutException;
import java.util.function.Supplier;
import java.util.stream.Collectors;
import org.jspecify.annotations.Nullable;

/**
 * Chooses how this process hashes, regroups bytes and decodes LZ4, beside whatever else its start
 * waits for. The start waits until the choice is made and warm, but not for long: without the
 * library it is sometimes made a little later, and portable Java hashes until then.
 */
final class Kernels {
  private static final System.Logger LOG = System.getLogger(Kernels.class.getName());
  private static final double MEGABYTE = 1e6;

  /**
   * Counted from the beginning of the choice, so that a start which takes long anyway waits less.
   */
  private static final Duration WAIT_MAX = Duration.ofMillis(1_500);

  private final CompletableFuture<List<CodecKernels.Choice>> codecs = new CompletableFuture<>();
  private final CompletableFuture<Optional<Report>> hashing = new CompletableFuture<>();
  private final boolean hashes;
  private final long began = System.nanoTime();

  private Kernels(boolean hashes) {
    this.hashes = hashes;
  }

  /** Begins to choose, on a thread of its own. */
  static Kernels choosing(Optional<Path> library) {
    return new Kernels(true).begun(() -> HasherChoice.choose(library.map(Path::toString)));
  }

  /** The same for a process that decodes and does not hash. */
  static Kernels choosingCodecs() {
    return new Kernels(false).begun(() -> null);
  }

  private Kernels begun(Supplier<@Nullable Report> hasher) {
    Thread.ofPlatform().name("kernel-choice").daemon(true).start(() -> choose(hasher));
    return this;
  }

  /** Codecs first: hashing may take seconds to get warm. */
  private void choose(Supplier<@Nullable Report> hasher) {
    try {
      codecs.complete(CodecKernels.choose());
      hashing.complete(Optional.ofNullable(hasher.get()));
    } catch (RuntimeException | Error e) {
      codecs.completeExceptionally(e);
      hashing.completeExceptionally(e);
    }
  }

  /** Whether all is chosen, and therefore warm. */
  boolean areWarm() {
    return hashing.isDone();
  }

  /**
   * Waits for the choice as long as a start may take, and shows it among the metrics. It is logged
   * from here on only: a start that was refused before says nothing else.
   */
  void await(Metrics metrics) {
    var _ = codecs.thenAccept(chosen -> chosen.forEach(Kernels::log));
    var logged =
        hashing.whenComplete(
            (report, failure) -> {
              if (failure == null) {
                report.ifPresent(Kernels::log);
              } else {
                LOG.log(System.Logger.Level.ERROR, "no way to hash was found", failure);
              }
            });
    try {
      long left = WAIT_MAX.toNanos() - (System.nanoTime() - began);
      var _ = logged.get(Math.max(0, left), TimeUnit.NANOSECONDS);
    } catch (TimeoutException _) {
      LOG.log(System.Logger.Level.INFO, "still looking for a fast way to hash");
    } catch (InterruptedException e) {
      Thread.currentThread().interrupt();
      throw new IllegalStateException("interrupted while starting", e);
    } catch (ExecutionException e) {
      throw new IllegalStateException("no way to hash was found", e.getCause());
    }
    if (hashes) {
      for (var name : HasherChoice.names()) {
        show(metrics, "blake3", name, () -> Blake3.inUse().name());
      }
    }
    for (var kernel : CodecKernels.KERNELS) {
      for (var name : CodecKernels.backends(kernel)) {
        show(metrics, kernel, name, () -> CodecKernels.inUse(kernel));
      }
    }
  }

  private static void show(Metrics metrics, String kernel, String name, Supplier<String> inUse) {
    metrics.gauge(
        "kernel_selected_info",
        "1 for the way in which this process computes a kernel, 0 for the others.",
        () -> inUse.get().equals(name) ? 1 : 0,
        "kernel",
        kernel,
        "backend",
        name);
  }

  private static void log(Report report) {
    var wrong = report.findings().stream().anyMatch(found -> found.outcome() == Outcome.WRONG);
    LOG.log(
        wrong ? System.Logger.Level.WARNING : System.Logger.Level.INFO,
        "hashing by {0} ({1})",
        report.chosen().name(),
        report.findings().stream().map(Kernels::text).collect(Collectors.joining("; ")));
  }

  private static void log(CodecKernels.Choice codec) {
    LOG.log(
        codec.wrong() ? System.Logger.Level.WARNING : System.Logger.Level.INFO,
        "{0} by {1}",
        codec.kernel(),
        text(codec));
  }

  /** One choice in words, for example {@code native}. */
  static String text(CodecKernels.Choice codec) {
    return codec.note().isEmpty() ? codec.backend() : codec.backend() + " (" + codec.note() + ")";
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
