package dev.ashlar.e2e;

import static org.assertj.core.api.Assertions.assertThat;

import java.io.IOException;
import java.io.UncheckedIOException;
import java.net.InetAddress;
import java.net.ServerSocket;
import java.net.URI;
import java.net.http.HttpClient;
import java.net.http.HttpRequest;
import java.net.http.HttpResponse;
import java.net.http.HttpResponse.BodyHandlers;
import java.nio.file.Files;
import java.nio.file.Path;
import java.time.Duration;
import java.time.Instant;
import java.util.ArrayList;
import java.util.Comparator;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.stream.IntStream;
import java.util.stream.Stream;

/**
 * A running Ashlar, started by its own command as a user would. The shape (which processes and
 * stores) is the system property {@code shape}; {@code embedded} is one process on one folder.
 */
final class Stack implements AutoCloseable {
  private static final Duration START_MAX = Duration.ofSeconds(90);
  private static final Duration END_MAX = Duration.ofMinutes(2);
  private static final int CAUSE_LINES = 40;

  private final Path folder;
  private final int port;
  private final List<String> arguments;
  private final HttpClient http = HttpClient.newHttpClient();
  private Process server;
  private volatile boolean hadClients;

  private Stack(Path folder, int port, List<String> arguments, Map<String, String> environment)
      throws IOException {
    this.folder = folder;
    this.port = port;
    this.arguments = arguments;
    this.server = launch(environment);
  }

  /** Starts a stack of the configured shape on a fresh folder below {@code target}. */
  static Stack start(String name) {
    return start(name, Map.of());
  }

  /**
   * The same, with more environment variables and arguments for the server; {@code PORT} in an
   * argument stands for the port that it listens on.
   */
  static Stack start(String name, Map<String, String> environment, String... arguments) {
    var shape = System.getProperty("shape", "embedded");
    if (!shape.equals("embedded")) {
      throw new IllegalArgumentException("unknown shape " + shape);
    }
    try {
      var folder =
          Files.createTempDirectory(Files.createDirectories(Path.of("target/stacks")), name);
      int port = freePort();
      var words =
          Stream.of(arguments).map(word -> word.replace("PORT", String.valueOf(port))).toList();
      var stack = new Stack(folder.toAbsolutePath(), port, words, environment);
      stack.awaitReady();
      return stack;
    } catch (IOException e) {
      throw new UncheckedIOException(e);
    }
  }

  /** A port that was free a moment ago. */
  static int freePort() throws IOException {
    try (var socket = new ServerSocket(0, 1, InetAddress.getLoopbackAddress())) {
      return socket.getLocalPort();
    }
  }

  private Process launch(Map<String, String> environment) throws IOException {
    var words = new ArrayList<String>(List.of("serve", "--listen", "127.0.0.1:" + port));
    words.addAll(List.of("--data", data().toString()));
    words.addAll(arguments);
    return Ashlar.start(folder.resolve("server.log"), environment, words.toArray(String[]::new));
  }

  private void awaitReady() throws IOException {
    var deadline = Instant.now().plus(START_MAX);
    while (Instant.now().isBefore(deadline)) {
      if (!server.isAlive()) {
        throw new IllegalStateException("the server ended while starting:\n" + log());
      }
      try {
        if (get("/api/whoami-v2", "").statusCode() == 401) {
          return;
        }
      } catch (IOException _) {
        pause();
      }
    }
    throw new IllegalStateException("the server did not answer in time:\n" + log());
  }

  private static void pause() {
    try {
      Thread.sleep(100);
    } catch (InterruptedException e) {
      throw new IllegalStateException(e);
    }
  }

  /** The base URL for clients: the public one if the server was given one. */
  String url() {
    int option = arguments.indexOf("--public-url");
    return option < 0 ? "http://127.0.0.1:" + port : arguments.get(option + 1);
  }

  /** The data folder. */
  Path data() {
    return folder.resolve("data");
  }

  /** The folder for files of the test. */
  Path folder() {
    return folder;
  }

  /** The administrator's token. */
  String adminToken() throws IOException {
    return Files.readString(data().resolve("admin.token")).strip();
  }

  /** The server's log so far. */
  String log() throws IOException {
    return Files.readString(folder.resolve("server.log"));
  }

  /** Runs an administration command and returns its standard output. */
  String admin(String... words) throws IOException, InterruptedException {
    var run = command("", words);
    if (run.exitCode() != 0) {
      throw new IllegalStateException(String.join(" ", words) + ": " + run.output());
    }
    return run.standardOutput().strip();
  }

  /** Runs a command beside the server with a text on standard input. */
  Run command(String input, String... words) throws IOException, InterruptedException {
    var command = new ArrayList<>(List.of(words));
    command.addAll(List.of("--data", data().toString()));
    return Ashlar.run(folder, Map.of(), input, command.toArray(String[]::new));
  }

  /** Ends the server at once, as a power cut would. */
  void kill() throws InterruptedException {
    server.destroyForcibly().waitFor();
  }

  /** Starts the server again on the same folder and port. */
  void startAgain(Map<String, String> environment) throws IOException {
    server = launch(environment);
    awaitReady();
  }

  /** Waits until the server has ended by itself and returns its exit code. */
  int awaitEnd() throws InterruptedException {
    assertThat(server.waitFor(END_MAX)).as("the server ended by itself").isTrue();
    return server.exitValue();
  }

  /** The server's process. */
  Process process() {
    return server;
  }

  /** One GET; an empty token sends none. */
  HttpResponse<byte[]> get(String path, String token, String... headers) throws IOException {
    return send("GET", path, token, new byte[0], headers);
  }

  /** One request with a body; {@code path} may be a whole URL. */
  HttpResponse<byte[]> send(
      String method, String path, String token, byte[] body, String... headers) throws IOException {
    var request =
        HttpRequest.newBuilder(URI.create(path.startsWith("http") ? path : url() + path))
            .timeout(Duration.ofMinutes(2))
            .method(
                method,
                body.length == 0 && !method.startsWith("P")
                    ? HttpRequest.BodyPublishers.noBody()
                    : HttpRequest.BodyPublishers.ofByteArray(body));
    if (!token.isEmpty()) {
      request.header("Authorization", "Bearer " + token);
    }
    for (int i = 0; i < headers.length; i += 2) {
      request.header(headers[i], headers[i + 1]);
    }
    try {
      return http.send(request.build(), BodyHandlers.ofByteArray());
    } catch (InterruptedException e) {
      throw new IllegalStateException(e);
    }
  }

  /** A run of a client against the address that it is given. */
  @FunctionalInterface
  interface ClientRun {
    Run against(String url) throws IOException, InterruptedException;
  }

  /**
   * Runs a client through a recording proxy and holds it to the rule. A server with a public
   * address of its own sends clients past the proxy; there the log alone is judged, at the end.
   */
  Run recorded(WireRule rule, ClientRun run) throws IOException, InterruptedException {
    hadClients = true;
    if (arguments.contains("--public-url")) {
      return run.against(url());
    }
    try (var proxy = RecordingProxy.before(this)) {
      var done = run.against(proxy.url()).with(proxy.seen());
      var kept = done.exitCode() == 0 ? rule : WireRule.PROGRAM;
      kept.check(done.seen(), done.output());
      return done;
    }
  }

  /** What a client needs in its environment to use this server. */
  Map<String, String> clientEnvironment(String token) {
    var environment = new HashMap<String, String>();
    environment.put("HF_ENDPOINT", url());
    environment.put("HF_TOKEN", token);
    environment.put("HF_HUB_DISABLE_TELEMETRY", "1");
    environment.put("HF_HUB_DISABLE_UPDATE_CHECK", "1");
    environment.put("LANG", "C.UTF-8");
    return environment;
  }

  /** Bytes of all objects in the store. */
  long storedBytes() throws IOException {
    try (var files = Files.walk(data().resolve("objects"))) {
      return files.filter(Files::isRegularFile).mapToLong(file -> file.toFile().length()).sum();
    }
  }

  /** Ends the server and removes its data. */
  @Override
  public void close() {
    stop();
    removeAllButTheLog();
  }

  /** Ends the server as an administrator would. */
  void stop() {
    server.destroy();
    try {
      if (!server.waitFor(Duration.ofSeconds(30))) {
        server.destroyForcibly().waitFor();
        throw new IllegalStateException("the server did not stop on SIGTERM");
      }
    } catch (InterruptedException e) {
      throw new IllegalStateException(e);
    }
    try {
      if (hadClients) {
        assertClean();
      }
    } catch (IOException e) {
      throw new UncheckedIOException(e);
    }
  }

  /**
   * No client may have asked for what nobody knows, nor met a failure of the server; what follows
   * such a line in the log says why.
   */
  private void assertClean() throws IOException {
    var lines = log().lines().toList();
    var bad =
        IntStream.range(0, lines.size())
            .filter(i -> lines.get(i).matches(".*(unknown route|request failed).*"))
            .mapToObj(i -> lines.subList(i, Math.min(i + CAUSE_LINES, lines.size())))
            .toList();
    assertThat(bad).as("free bytes here: " + folder.toFile().getUsableSpace()).isEmpty();
  }

  /** All the stacks of a run together would fill the disk of a small machine. */
  private void removeAllButTheLog() {
    var log = folder.resolve("server.log");
    try (var files = Files.walk(folder)) {
      for (var file : files.sorted(Comparator.reverseOrder()).toList()) {
        if (!file.equals(folder) && !file.equals(log)) {
          Files.deleteIfExists(file);
        }
      }
    } catch (IOException | UncheckedIOException e) {
      // The database of a server that was killed may still be ending in there.
      System.out.println("not all of " + folder + " was removed: " + e);
    }
  }
}
