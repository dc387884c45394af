package dev.ashlar.metadata.postgres;

import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.time.Duration;
import java.util.ArrayList;
import java.util.List;
import java.util.concurrent.TimeUnit;

/** One run of the {@code postgres} program, our direct child. */
final class Postmaster {
  private static final Duration READY_WITHIN = Duration.ofMinutes(2);
  private static final Duration FAST_WITHIN = Duration.ofSeconds(20);
  private static final Duration IMMEDIATE_WITHIN = Duration.ofSeconds(5);
  private static final int STATUS_LINE = 7;
  private static final int POLL_MILLIS = 5;

  private final Process process;

  private Postmaster(Process process) {
    this.process = process;
  }

  /** Starts it and waits until it takes connections. */
  static Postmaster start(
      Launcher launcher, Path program, Path data, Path log, List<String> settings)
      throws IOException {
    var command = new ArrayList<>(List.of(program.toString(), "-D", data.toString()));
    command.addAll(settings);
    var postmaster = new Postmaster(launcher.startServer(command, log));
    postmaster.awaitReady(data, log);
    return postmaster;
  }

  private void awaitReady(Path data, Path log) throws IOException {
    long giveUp = System.nanoTime() + READY_WITHIN.toNanos();
    while (!isReady(data)) {
      if (!process.isAlive()) {
        throw new PostgresFailed("PostgreSQL ended while it started; its log is " + log + ".");
      }
      if (System.nanoTime() > giveUp) {
        stop();
        throw new PostgresFailed("PostgreSQL was not ready in time; its log is " + log + ".");
      }
      Pause.millis(POLL_MILLIS);
    }
  }

  /** The server writes its status into the eighth line of its pid file. */
  private boolean isReady(Path data) throws IOException {
    Path file = PidFile.in(data);
    if (!Files.exists(file)) {
      return false;
    }
    var lines = PidFile.lines(file);
    return lines.size() > STATUS_LINE
        && lines.getFirst().equals(Long.toString(process.pid()))
        && lines.get(STATUS_LINE).strip().equals("ready");
  }

  long pid() {
    return process.pid();
  }

  /** Waits until it ends, for whatever reason. */
  int await() throws InterruptedException {
    return process.waitFor();
  }

  /** Ends connections and writes a checkpoint; after a while, less politely. */
  void stop() {
    try {
      Signal.INT.send(process.pid());
      if (!process.waitFor(FAST_WITHIN.toMillis(), TimeUnit.MILLISECONDS)) {
        Signal.QUIT.send(process.pid());
        if (!process.waitFor(IMMEDIATE_WITHIN.toMillis(), TimeUnit.MILLISECONDS)) {
          process.destroyForcibly();
        }
      }
    } catch (InterruptedException stop) {
      process.destroy();
      Thread.currentThread().interrupt();
    }
  }
}
