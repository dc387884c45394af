package dev.ashlar.e2e;

import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.nio.file.StandardCopyOption;
import java.security.MessageDigest;
import java.security.NoSuchAlgorithmException;
import java.util.ArrayList;
import java.util.HexFormat;
import java.util.List;
import java.util.Map;
import java.util.Optional;

/**
 * The real JavaScript client in a folder of its own, made once from its lock file and kept below
 * {@code target/clients} under the hash of that file.
 */
final class NodeClient {
  private static final Path LOCK = Path.of("clients/js").toAbsolutePath();

  private final Path folder;

  private NodeClient(Path folder) {
    this.folder = folder;
  }

  /** The client; empty where Node and npm are not installed. */
  static Optional<NodeClient> find() throws IOException, InterruptedException {
    for (var program : List.of("node", "npm")) {
      if (shell("command -v " + program, Path.of("target")).exitCode() != 0) {
        return Optional.empty();
      }
    }
    var folder = Path.of("target/clients").toAbsolutePath().resolve("js-" + lockHash());
    if (!Files.exists(folder.resolve("complete"))) {
      Files.createDirectories(folder);
      for (var name : List.of("package.json", "package-lock.json")) {
        Files.copy(LOCK.resolve(name), folder.resolve(name), StandardCopyOption.REPLACE_EXISTING);
      }
      var run =
          shell(
              "cd '%s' && npm ci --ignore-scripts --no-audit --no-fund".formatted(folder), folder);
      if (run.exitCode() != 0) {
        throw new IllegalStateException(run.output());
      }
      Files.createFile(folder.resolve("complete"));
    }
    return Optional.of(new NodeClient(folder));
  }

  /** Runs one of the scripts of this module's {@code src/test/javascript}. */
  Run run(WireRule rule, Stack stack, String token, String script, String... words)
      throws IOException, InterruptedException {
    var here = folder.resolve(script);
    Files.copy(Path.of("src/test/javascript", script), here, StandardCopyOption.REPLACE_EXISTING);
    return stack.recorded(
        rule,
        url -> {
          var command = new ArrayList<>(List.of("node", here.toString(), url));
          command.addAll(List.of(words));
          return Run.of(command, stack.clientEnvironment(token), stack.folder());
        });
  }

  private static String lockHash() throws IOException {
    try {
      var lock = Files.readAllBytes(LOCK.resolve("package-lock.json"));
      return HexFormat.of().formatHex(MessageDigest.getInstance("SHA-256").digest(lock), 0, 8);
    } catch (NoSuchAlgorithmException e) {
      throw new IllegalStateException(e);
    }
  }

  private static Run shell(String script, Path folder) throws IOException, InterruptedException {
    return Run.of(List.of("sh", "-c", script), Map.of(), folder);
  }
}
