package dev.ashlar.e2e;

import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.List;
import java.util.Map;
import java.util.Optional;

/** A program on both lines of the real Rust client, built by Cargo below {@code target}. */
final class RustClient {
  private static final Path SOURCE = Path.of("clients/rust").toAbsolutePath();
  private static final Path TARGET = Path.of("target/clients/rust").toAbsolutePath();

  private RustClient() {}

  /** The built program; empty where a Cargo of today, or its registry, is not at hand. */
  static Optional<Path> find() throws IOException, InterruptedException {
    Files.createDirectories(TARGET);
    var sources = shell("cd '%s' && cargo fetch --locked".formatted(SOURCE));
    if (sources.exitCode() != 0) {
      System.out.println(sources.output());
      return Optional.empty();
    }
    var build =
        shell(
            "cd '%s' && cargo build --locked --offline --target-dir '%s'"
                .formatted(SOURCE, TARGET));
    if (build.exitCode() != 0) {
      throw new IllegalStateException(build.output());
    }
    return Optional.of(TARGET.resolve("debug/rust-clients"));
  }

  private static Run shell(String script) throws IOException, InterruptedException {
    return Run.of(List.of("sh", "-c", script), Map.of(), TARGET);
  }
}
