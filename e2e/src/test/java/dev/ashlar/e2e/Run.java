package dev.ashlar.e2e;

import dev.ashlar.e2e.RecordingProxy.Seen;
import java.io.IOException;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import java.time.Duration;
import java.util.List;
import java.util.Map;

/** A finished process: its exit code, what it printed, and what it sent if that was recorded. */
record Run(int exitCode, String standardOutput, String standardError, List<Seen> seen) {
  private static final Duration TIME_MAX = Duration.ofMinutes(10);

  /** Runs a command to its end; the environment is added to PATH and HOME alone. */
  static Run of(List<String> command, Map<String, String> environment, Path folder)
      throws IOException, InterruptedException {
    return of(command, environment, folder, "");
  }

  /** The same with a text on standard input. */
  static Run of(List<String> command, Map<String, String> environment, Path folder, String input)
      throws IOException, InterruptedException {
    var out = Files.createTempFile(folder, "run", ".out");
    var error = Files.createTempFile(folder, "run", ".err");
    var process = start(command, environment, out, error);
    if (!input.isEmpty()) {
      process.getOutputStream().write(input.getBytes(StandardCharsets.UTF_8));
    }
    process.getOutputStream().close();
    if (!process.waitFor(TIME_MAX)) {
      process.destroyForcibly().waitFor();
      throw new IllegalStateException("took too long: " + String.join(" ", command));
    }
    return new Run(process.exitValue(), Files.readString(out), Files.readString(error), List.of());
  }

  /** Starts a command whose output goes to the two files. */
  static Process start(List<String> command, Map<String, String> environment, Path out, Path error)
      throws IOException {
    var builder =
        new ProcessBuilder(command).redirectOutput(out.toFile()).redirectError(error.toFile());
    builder.environment().keySet().removeIf(name -> name.startsWith("HF_"));
    builder.environment().putAll(environment);
    return builder.start();
  }

  /** The same run with what passed by on the wire. */
  Run with(List<Seen> recorded) {
    return new Run(exitCode, standardOutput, standardError, recorded);
  }

  /**
   * What Ashlar itself printed, line by line: {@code serve} and {@code doctor} load an incubating
   * module, and the virtual machine says so before anything of ours runs (ADR 0016).
   */
  List<String> ownLines() {
    return output()
        .lines()
        .filter(line -> !line.equals("WARNING: Using incubator modules: jdk.incubator.vector"))
        .toList();
  }

  /** Both streams, for messages. */
  String output() {
    return standardOutput + standardError;
  }
}
