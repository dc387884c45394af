package dev.ashlar.hub.git;

import static dev.ashlar.hub.git.GitFixture.MAIN;
import static java.nio.charset.StandardCharsets.UTF_8;
import static org.assertj.core.api.Assertions.assertThat;
import static org.junit.jupiter.api.Assumptions.assumeTrue;

import java.io.IOException;
import java.net.InetAddress;
import java.net.InetSocketAddress;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import java.util.Random;
import java.util.concurrent.TimeUnit;
import org.eclipse.jgit.transport.Daemon;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

/** The stock git client against JGit's own daemon over our repositories. */
class GitClientTest {
  private static final long REPO = 7;

  @TempDir Path folder;
  private GitFixture git;
  private Daemon daemon;
  private String url;

  @BeforeEach
  void start() throws Exception {
    assumeTrue(System.getenv("CI") != null || hasGit(), "git is not installed");
    git = new GitFixture(folder);
    git.create(REPO);
    daemon = new Daemon(new InetSocketAddress(InetAddress.getLoopbackAddress(), 0));
    daemon.setRepositoryResolver((_, name) -> git.repositories.open(Long.parseLong(name)));
    daemon.getService("git-receive-pack").setEnabled(true);
    daemon.getService("git-upload-pack").setEnabled(true);
    daemon.start();
    url = "git://127.0.0.1:" + daemon.getAddress().getPort() + "/" + REPO;
  }

  @AfterEach
  void stop() {
    if (daemon != null) {
      daemon.stop();
      git.close();
    }
  }

  @Test
  void givenCommits_whenGitClones_thenItHasEveryObject() throws Exception {
    git.commit(REPO, MAIN, "one", Map.of("a.txt", "1", "deep/b.txt", "b"));
    var second = git.commit(REPO, MAIN, "two", Map.of("a.txt", "2", "deep/b.txt", "b"));

    run(folder, "clone", "--quiet", url, "full");
    run(folder, "clone", "--quiet", "--depth=1", "--filter=blob:none", url, "thin");

    var clone = folder.resolve("full");
    assertThat(run(clone, "rev-parse", "HEAD")).isEqualTo(second.name());
    assertThat(run(clone, "fsck", "--full", "--strict")).doesNotContain("error", "missing");
    assertThat(run(clone, "log", "--format=%s")).isEqualTo("two\none");
    assertThat(clone.resolve("deep/b.txt")).hasContent("b");
    assertThat(folder.resolve("thin/a.txt")).hasContent("2");
    assertThat(run(folder.resolve("thin"), "rev-list", "--count", "HEAD")).isEqualTo("1");
  }

  @Test
  void givenAClone_whenGitPushes_thenTheRefsAndTheirObjectsAreStored() throws Exception {
    git.commit(REPO, MAIN, "one", Map.of("a.txt", "line\n".repeat(2000)));
    run(folder, "clone", "--quiet", url, "work");
    var work = folder.resolve("work");
    Files.writeString(work.resolve("a.txt"), "line\n".repeat(2000) + "more\n");
    Files.write(work.resolve("random.dat"), bytes(300_000));
    commitAll(work, "two");
    run(work, "tag", "-a", "v1", "-m", "release");

    run(work, "push", "--quiet", "origin", "main", "main:dev", "v1");

    var pushed = run(work, "rev-parse", "HEAD");
    try (var repository = git.repositories.open(REPO)) {
      assertThat(repository.resolve(MAIN).name()).isEqualTo(pushed);
      assertThat(repository.resolve("refs/heads/dev").name()).isEqualTo(pushed);
      assertThat(repository.exactRef("refs/tags/v1").getPeeledObjectId().name()).isEqualTo(pushed);
    }
    run(folder, "clone", "--quiet", url, "again");
    assertThat(folder.resolve("again/random.dat")).hasBinaryContent(bytes(300_000));
    run(folder.resolve("again"), "fsck", "--full", "--strict");
  }

  @Test
  void givenTwoClones_whenBothPush_thenTheSecondMustFetchFirst() throws Exception {
    git.commit(REPO, MAIN, "one", Map.of("a.txt", "1"));
    run(folder, "clone", "--quiet", url, "ada");
    run(folder, "clone", "--quiet", url, "bob");
    Files.writeString(folder.resolve("ada/ada.txt"), "ada");
    commitAll(folder.resolve("ada"), "ada");
    Files.writeString(folder.resolve("bob/bob.txt"), "bob");
    commitAll(folder.resolve("bob"), "bob");

    run(folder.resolve("ada"), "push", "--quiet", "origin", "main");
    assertThat(exit(folder.resolve("bob"), "push", "--quiet", "origin", "main")).isNotZero();
    run(folder.resolve("bob"), "pull", "--quiet", "--rebase", "origin", "main");
    run(folder.resolve("bob"), "push", "--quiet", "origin", "main");

    run(folder.resolve("ada"), "pull", "--quiet", "origin", "main");
    assertThat(folder.resolve("ada/bob.txt")).hasContent("bob");
    run(folder.resolve("ada"), "push", "--quiet", "origin", "HEAD:refs/heads/gone");
    run(folder.resolve("ada"), "push", "--quiet", "origin", ":refs/heads/gone");
    assertThat(run(folder.resolve("ada"), "ls-remote", "origin")).doesNotContain("gone");
  }

  @Test
  void givenARepositoryThatWasCompacted_whenGitClones_thenNothingIsMissing() throws Exception {
    for (var i = 0; i <= GitRepositories.PACKS_MAX; i++) {
      git.commit(REPO, MAIN, "commit " + i, Map.of("a.txt", "text " + i, "b/" + i, "b"));
    }
    assertThat(git.repositories.compact(REPO)).isTrue();

    run(folder, "clone", "--quiet", url, "full");

    run(folder.resolve("full"), "fsck", "--full", "--strict");
    assertThat(run(folder.resolve("full"), "rev-list", "--count", "HEAD"))
        .isEqualTo(Integer.toString(GitRepositories.PACKS_MAX + 1));
  }

  private static byte[] bytes(int length) {
    var bytes = new byte[length];
    new Random(42).nextBytes(bytes);
    return bytes;
  }

  private void commitAll(Path work, String title) throws Exception {
    run(work, "add", "-A");
    run(work, "commit", "--quiet", "-m", title);
  }

  private String run(Path where, String... arguments) throws Exception {
    var process = start(where, arguments);
    var output = new String(process.getInputStream().readAllBytes(), UTF_8).strip();
    assertThat(process.waitFor(60, TimeUnit.SECONDS)).isTrue();
    assertThat(process.exitValue()).as(String.join(" ", arguments) + "\n" + output).isZero();
    return output;
  }

  private int exit(Path where, String... arguments) throws Exception {
    var process = start(where, arguments);
    process.getInputStream().readAllBytes();
    return process.waitFor();
  }

  private Process start(Path where, String... arguments) throws IOException {
    var command = new ArrayList<>(List.of("git", "-c", "init.defaultBranch=main"));
    command.addAll(List.of(arguments));
    var builder = new ProcessBuilder(command).directory(where.toFile()).redirectErrorStream(true);
    var environment = builder.environment();
    environment.put("HOME", folder.toString());
    environment.put("GIT_CONFIG_NOSYSTEM", "1");
    environment.put("GIT_TERMINAL_PROMPT", "0");
    for (var who : List.of("AUTHOR", "COMMITTER")) {
      environment.put("GIT_" + who + "_NAME", "Ada");
      environment.put("GIT_" + who + "_EMAIL", "ada@example.org");
    }
    return builder.start();
  }

  private static boolean hasGit() throws InterruptedException {
    try {
      return new ProcessBuilder("git", "--version").start().waitFor() == 0;
    } catch (IOException _) {
      return false;
    }
  }
}
