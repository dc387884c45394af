package dev.ashlar.e2e;

import static org.assertj.core.api.Assertions.assertThat;

import dev.ashlar.e2e.RecordingProxy.Seen;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.HashMap;
import java.util.List;
import java.util.Map;

/**
 * The stock {@code git}, with git-lfs in its own configuration, and a home of its own. Its
 * addresses lead through a recording proxy, and each command is held to {@link WireRule#GIT}.
 */
final class GitClient implements AutoCloseable {
  private final Path folder;
  private final RecordingProxy proxy;
  private final Map<String, String> environment;

  /** Works below the stack's folder. */
  GitClient(Stack stack) throws IOException, InterruptedException {
    folder = stack.folder();
    proxy = RecordingProxy.before(stack);
    environment = new HashMap<>();
    environment.put("HOME", Files.createTempDirectory(folder, "home").toString());
    environment.put("GIT_CONFIG_NOSYSTEM", "1");
    environment.put("GIT_TERMINAL_PROMPT", "0");
    environment.put("LANG", "C.UTF-8");
    for (var who : List.of("AUTHOR", "COMMITTER")) {
      environment.put("GIT_" + who + "_NAME", "Ann");
      environment.put("GIT_" + who + "_EMAIL", "ann@example.org");
    }
    must(folder, "config", "--global", "init.defaultBranch", "main");
    must(folder, "lfs", "install");
  }

  /** The address of a repository with the token in it, as people paste it. */
  String url(String token, String repo) {
    return proxy.url().replace("http://", "http://ann:" + token + "@") + "/" + repo;
  }

  /** All that has passed by, of this client's commands that were only started as well. */
  List<Seen> seen() {
    return proxy.seen();
  }

  /** Runs a command; one that fails may have been refused, but not for want of trying again. */
  Run run(Path where, String... words) throws IOException, InterruptedException {
    int before = proxy.seen().size();
    var run = Run.of(command(where, words), environment, folder);
    var seen = proxy.seen();
    var done = run.with(seen.subList(before, seen.size()));
    var rule = done.exitCode() == 0 ? WireRule.GIT : WireRule.GIT.refusing(_ -> true);
    rule.check(done.seen(), String.join(" ", words) + "\n" + done.output());
    return done;
  }

  /** Starts a command without waiting for its end, and without judging what it sends. */
  Process start(Path where, String... words) throws IOException {
    return Run.start(
        command(where, words),
        environment,
        Files.createTempFile(folder, "git", ".out"),
        Files.createTempFile(folder, "git", ".err"));
  }

  /**
   * Kills a command that was started, and its programs. What they had asked for is waited for, and
   * the lock that git leaves behind then is removed, as git tells people to.
   */
  void kill(Process started, Path work) throws IOException, InterruptedException {
    started.descendants().forEach(ProcessHandle::destroyForcibly);
    started.destroyForcibly().waitFor();
    proxy.awaitIdle();
    Files.deleteIfExists(work.resolve(".git/index.lock"));
  }

  /** Runs a command that must end well, and returns what it printed. */
  String must(Path where, String... words) throws IOException, InterruptedException {
    var run = run(where, words);
    assertThat(run.exitCode()).as(String.join(" ", words) + "\n" + run.output()).isZero();
    return run.standardOutput().strip();
  }

  /** Clones into a new folder of that name. */
  Path clone(String url, String name, String... options) throws IOException, InterruptedException {
    var words = new ArrayList<>(List.of("clone", "--quiet"));
    words.addAll(List.of(options));
    words.addAll(List.of(url, name));
    must(folder, words.toArray(String[]::new));
    return folder.resolve(name);
  }

  /** Commits everything in the work tree and returns the commit. */
  String commitAll(Path work, String title) throws IOException, InterruptedException {
    must(work, "add", "-A");
    must(work, "commit", "--quiet", "--allow-empty", "-m", title);
    return must(work, "rev-parse", "HEAD");
  }

  @Override
  public void close() {
    proxy.close();
  }

  private static List<String> command(Path where, String... words) {
    var command = new ArrayList<>(List.of("git", "-C", where.toString()));
    command.addAll(List.of(words));
    return command;
  }
}
