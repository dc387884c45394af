package dev.ashlar.e2e;

import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.time.Duration;
import java.time.Instant;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;

/** The command {@code ./ashlar}, run as a person types it. */
final class Ashlar {
  private static final Path COMMAND = Path.of("..").toAbsolutePath().normalize().resolve("ashlar");
  private static final String READY = "Ashlar listens on ";
  private static final Duration START_MAX = Duration.ofSeconds(90);

  private Ashlar() {}

  /** Runs it to its end; files for its output are made in the folder. */
  static Run run(Path folder, Map<String, String> environment, String input, String... words)
      throws IOException, InterruptedException {
    return Run.of(command(words), environment, folder, input);
  }

  /** Starts one that serves, and does not wait; both streams go to the log. */
  static Process start(Path log, Map<String, String> environment, String... words)
      throws IOException {
    var builder =
        new ProcessBuilder(command(words))
            .redirectErrorStream(true)
            .redirectOutput(ProcessBuilder.Redirect.appendTo(log.toFile()));
    builder.environment().putAll(environment);
    return builder.start();
  }

  /** Waits until a started one has printed where it listens, and returns that address. */
  static String awaitAddress(Process process, Path log) throws IOException, InterruptedException {
    var deadline = Instant.now().plus(START_MAX);
    while (Instant.now().isBefore(deadline) && process.isAlive()) {
      for (var line : Files.readAllLines(log)) {
        if (line.startsWith(READY)) {
          return line.substring(READY.length());
        }
      }
      Thread.sleep(50);
    }
    throw new IllegalStateException("it did not start:\n" + Files.readString(log));
  }

  private static List<String> command(String... words) {
    var command = new ArrayList<String>();
    command.add(COMMAND.toString());
    command.addAll(List.of(words));
    return command;
  }
}
