package dev.ashlar.hub.smart;

import static java.nio.charset.StandardCharsets.UTF_8;
import static org.assertj.core.api.Assertions.assertThat;

import dev.ashlar.core.hash.MerkleHash;
import dev.ashlar.core.hash.Sha256;
import dev.ashlar.core.manifest.FileManifest;
import dev.ashlar.hub.HubStand;
import dev.ashlar.hub.account.TokenScope;
import dev.ashlar.hub.repo.RepoType;
import dev.ashlar.hub.repo.Repos;
import dev.ashlar.metadata.Holds;
import dev.ashlar.metadata.Manifests;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.time.Instant;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.concurrent.TimeUnit;
import org.junit.jupiter.api.Assumptions;

/** A hub, the stock git client, and a repository {@code ann/m} of the user {@code ann}. */
final class GitStand implements AutoCloseable {
  final HubStand hub;
  final String ann;
  private final Path folder;

  /** What a git command printed, both streams together, and its exit code. */
  record Ran(int exitCode, String output) {}

  GitStand(Path folder) throws IOException {
    Assumptions.assumeTrue(System.getenv("CI") != null || hasGit(), "git is not installed");
    this.folder = folder;
    hub = new HubStand(Files.createDirectories(folder.resolve("staging")));
    ann = hub.user("ann", TokenScope.WRITE);
    assertThat(hub.create(ann, "model", "m").statusCode()).isEqualTo(200);
  }

  /** The address of {@code ann/m} for somebody with this token. */
  String url(String token) {
    return hub.base().replace("http://", "http://user:" + token + "@") + "/ann/m";
  }

  /** Files under staging, which a request must not leave behind. */
  long staged() throws IOException {
    try (var files = Files.list(folder.resolve("staging"))) {
      return files.count();
    }
  }

  Path clone(String name, String... options) {
    var words = new ArrayList<>(List.of("clone", "--quiet"));
    words.addAll(List.of(options));
    words.addAll(List.of(url(ann), name));
    git(folder, words.toArray(String[]::new));
    return folder.resolve(name);
  }

  /** The refs that everybody may see, with what they point to. */
  String refs() {
    return git(folder, "ls-remote", url(ann));
  }

  /** Writes files and commits them all. */
  String commit(Path work, String title, Map<String, String> files) throws IOException {
    for (var file : files.entrySet()) {
      var path = work.resolve(file.getKey());
      Files.createDirectories(path.getParent());
      Files.writeString(path, file.getValue());
    }
    return commitAll(work, title);
  }

  String commitAll(Path work, String title) {
    git(work, "add", "-A");
    git(work, "commit", "--quiet", "--allow-empty", "-m", title);
    return git(work, "rev-parse", "HEAD");
  }

  /** Commits all files as if it was this time. */
  void commitAt(Path work, String title, String time) {
    git(work, "add", "-A");
    run(work, Map.of("GIT_COMMITTER_DATE", time), "commit", "--quiet", "--date", time, "-m", title);
  }

  /** Runs git and fails unless it ends well. */
  String git(Path where, String... arguments) {
    var ran = run(where, arguments);
    assertThat(ran.exitCode()).as(String.join(" ", arguments) + "\n" + ran.output()).isZero();
    return ran.output();
  }

  Ran run(Path where, String... arguments) {
    return run(where, Map.of(), arguments);
  }

  private Ran run(Path where, Map<String, String> more, String... arguments) {
    var command = new ArrayList<>(List.of("git", "-c", "init.defaultBranch=main"));
    command.addAll(List.of(arguments));
    var builder = new ProcessBuilder(command).directory(where.toFile()).redirectErrorStream(true);
    var environment = builder.environment();
    environment.put("HOME", folder.toString());
    environment.put("GIT_CONFIG_NOSYSTEM", "1");
    environment.put("GIT_TERMINAL_PROMPT", "0");
    for (var who : List.of("AUTHOR", "COMMITTER")) {
      environment.put("GIT_" + who + "_NAME", "Ann");
      environment.put("GIT_" + who + "_EMAIL", "ann@example.org");
    }
    environment.putAll(more);
    try {
      var process = builder.start();
      var output = new String(process.getInputStream().readAllBytes(), UTF_8).strip();
      assertThat(process.waitFor(60, TimeUnit.SECONDS)).isTrue();
      return new Ran(process.exitValue(), output);
    } catch (IOException | InterruptedException e) {
      throw new IllegalStateException(e);
    }
  }

  Path folder() {
    return folder;
  }

  long repoId() {
    return hub.database
        .<Optional<Repos.Found>>read(db -> Repos.find(db, 0, RepoType.MODEL, "ann", "m"))
        .orElseThrow()
        .repo()
        .id();
  }

  /** Lets the repository hold an empty file under this oid for a while, as an upload does. */
  void upload(Sha256 oid) {
    long repoId = repoId();
    var manifest = new FileManifest(new MerkleHash(1, 2, 3, 4), List.of());
    hub.database.change(
        tx -> {
          var file = Manifests.register(tx, manifest, Optional.of(oid), Map.of());
          Holds.upload(tx, repoId, file.id(), Instant.now().plusSeconds(600));
        });
  }

  private static boolean hasGit() {
    try {
      return new ProcessBuilder("git", "--version").start().waitFor() == 0;
    } catch (IOException | InterruptedException _) {
      return false;
    }
  }

  @Override
  public void close() {
    hub.close();
  }
}
