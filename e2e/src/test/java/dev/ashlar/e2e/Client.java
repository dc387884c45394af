package dev.ashlar.e2e;

import java.io.IOException;
import java.io.UncheckedIOException;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import java.security.MessageDigest;
import java.security.NoSuchAlgorithmException;
import java.util.ArrayList;
import java.util.HashMap;
import java.util.HexFormat;
import java.util.List;
import java.util.Map;

/**
 * A line of the real Python clients in its own virtual environment, made once from a lock file and
 * kept below {@code target/clients} under the hash of that file. Every run gets a fresh cache.
 */
enum Client {
  /** huggingface_hub 2.x. */
  HUB_2("hub2"),
  /** The newest huggingface_hub 1.x, with datasets, which still needs that line. */
  HUB_1("hub1"),
  /** huggingface_hub 0.36, which negotiates Xet through the LFS batch. */
  HUB_0_36("hub036"),
  /** huggingface_hub 0.34 with hf-xet 1.1.10 and its old paths. */
  HUB_0_34("hub034"),
  /** transformers on huggingface_hub 2.x. */
  TRANSFORMERS("transformers");

  private final String lock;

  Client(String lock) {
    this.lock = lock;
  }

  /** The name of its lock file, fit for a repository's name. */
  String lock() {
    return lock;
  }

  /** Runs {@code hf} with these words against the stack; the wire must be clean. */
  Run hf(Stack stack, String token, Map<String, String> more, String... words)
      throws IOException, InterruptedException {
    return hf(WireRule.STRICT, stack, token, more, words);
  }

  /** The same under another rule for what is sent. */
  Run hf(WireRule rule, Stack stack, String token, Map<String, String> more, String... words)
      throws IOException, InterruptedException {
    var command = new ArrayList<String>();
    command.add(folder().resolve("bin/hf").toString());
    command.addAll(List.of(words));
    return stack.recorded(
        rule, url -> Run.of(command, environment(stack, url, token, more), stack.folder()));
  }

  /** Runs one of the scripts of this module's {@code src/test/python}; the wire must be clean. */
  Run python(Stack stack, String token, Map<String, String> more, String script, String... words)
      throws IOException, InterruptedException {
    return python(WireRule.STRICT, stack, token, more, script, words);
  }

  /** The same under another rule for what is sent. */
  Run python(
      WireRule rule,
      Stack stack,
      String token,
      Map<String, String> more,
      String script,
      String... words)
      throws IOException, InterruptedException {
    var command = command(script, words);
    return stack.recorded(
        rule, url -> Run.of(command, environment(stack, url, token, more), stack.folder()));
  }

  /**
   * Starts a script without waiting for its end. Such runs meet a server or a client that is
   * killed, so nobody judges what they send.
   */
  Process start(Stack stack, String token, Map<String, String> more, String script, String... words)
      throws IOException {
    return Run.start(
        command(script, words),
        environment(stack, stack.url(), token, more),
        Files.createTempFile(stack.folder(), "run", ".out"),
        Files.createTempFile(stack.folder(), "run", ".err"));
  }

  private List<String> command(String script, String... words) {
    var command = new ArrayList<String>();
    command.add(folder().resolve("bin/python").toString());
    command.add(Path.of("src/test/python", script).toAbsolutePath().toString());
    command.addAll(List.of(words));
    return command;
  }

  private static Map<String, String> environment(
      Stack stack, String url, String token, Map<String, String> more) throws IOException {
    var home = Files.createTempDirectory(stack.folder(), "home").toString();
    var environment = new HashMap<>(stack.clientEnvironment(token));
    environment.put("HF_ENDPOINT", url);
    environment.put("HOME", home);
    environment.put("HF_HOME", home);
    environment.putAll(more);
    return environment;
  }

  /** The virtual environment, made on first use. */
  private synchronized Path folder() {
    var requirements = Path.of("clients", lock + ".txt").toAbsolutePath();
    try {
      var digest = MessageDigest.getInstance("SHA-256").digest(Files.readAllBytes(requirements));
      var name = lock + "-" + HexFormat.of().formatHex(digest, 0, 8);
      var folder = Path.of("target/clients").toAbsolutePath().resolve(name);
      if (!Files.exists(folder.resolve("complete"))) {
        must(List.of("python3", "-m", "venv", folder.toString()));
        must(
            List.of(
                folder.resolve("bin/pip").toString(),
                "install",
                "--quiet",
                "--disable-pip-version-check",
                "--requirement",
                requirements.toString()));
        Files.writeString(folder.resolve("complete"), name, StandardCharsets.UTF_8);
      }
      return folder;
    } catch (IOException e) {
      throw new UncheckedIOException(e);
    } catch (NoSuchAlgorithmException | InterruptedException e) {
      throw new IllegalStateException(e);
    }
  }

  private static void must(List<String> command) throws IOException, InterruptedException {
    var run = Run.of(command, Map.of(), Files.createDirectories(Path.of("target/clients")));
    if (run.exitCode() != 0) {
      throw new IllegalStateException(String.join(" ", command) + "\n" + run.output());
    }
  }
}
