package dev.ashlar.e2e;

import static org.assertj.core.api.Assertions.assertThat;

import java.nio.charset.StandardCharsets;
import java.time.Duration;
import java.time.Instant;
import java.util.Map;
import org.junit.jupiter.api.AfterAll;
import org.junit.jupiter.api.BeforeAll;
import org.junit.jupiter.api.TestInstance;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.EnumSource;

/**
 * Folders of many files of 10 KB, whose upload is cut twice: the client is killed, then the server.
 * How many files is the system property {@code many-files}, which this module's pom sets to what
 * people have; {@code -Dmany-files=2000} is quicker.
 */
@TestInstance(TestInstance.Lifecycle.PER_CLASS)
final class ManySmallFilesTest {
  /** 10,000 bytes in base 64, and the line around them. */
  private static final long FILE_BYTES_MAX = 13_500;

  /** What commits of no file at all would send, and .gitattributes. */
  private static final long COMMIT_BYTES_MAX = 100_000;

  private static final Duration NEXT_COMMIT_MAX = Duration.ofMinutes(2);

  private Stack stack;
  private String token;

  @BeforeAll
  void start() throws Exception {
    stack = Stack.start("small-files");
    token = stack.adminToken();
  }

  @AfterAll
  void stop() {
    stack.close();
  }

  @ParameterizedTest
  @EnumSource(names = {"HUB_1", "HUB_2"})
  void givenManyFiles_whenClientAndServerAreKilledAndTheUploadIsRunAgain_thenAllAreThereAndRight(
      Client client) throws Exception {
    var repo = "admin/many-" + client.lock();
    var folder = stack.folder().resolve("many-" + client.lock()).toString();
    var words = new String[] {repo, folder, System.getProperty("many-files")};
    var script = "many_small_files.py";

    var first = client.start(stack, token, Map.of(), script, words);
    awaitCommits(repo, 2, first);
    first.destroyForcibly().waitFor();
    var second = client.start(stack, token, Map.of(), script, words);
    awaitCommits(repo, commits(repo) + 1, second);
    stack.kill();
    stack.startAgain(Map.of());
    // One line goes on by itself, the other ends with an error; neither may leave something out.
    second.waitFor();
    int missing = Integer.parseInt(words[2]) - files(repo);
    var third = client.python(WireRule.PROGRAM, stack, token, Map.of(), script, words);

    assertThat(third.exitCode()).as(third.output()).isZero();
    assertThat(third.standardOutput()).contains("all files are there and right");
    assertThat(sentByCommits(third))
        .as("bytes that the third run sent for %d missing files", missing)
        .isLessThanOrEqualTo(missing * FILE_BYTES_MAX + COMMIT_BYTES_MAX);
  }

  /** Waits until the upload has brought the branch to so many commits. */
  private void awaitCommits(String repo, int commits, Process upload) throws Exception {
    var deadline = Instant.now().plus(NEXT_COMMIT_MAX);
    while (Instant.now().isBefore(deadline) && upload.isAlive()) {
      if (commits(repo) >= commits) {
        return;
      }
      Thread.sleep(50);
    }
    assertThat(upload.isAlive()).as("the upload goes on").isTrue();
    throw new AssertionError("no commit came in time");
  }

  /** How many of the files the branch has. */
  private int files(String repo) throws Exception {
    int files = 0;
    for (int part = 0; ; part++) {
      var path = "/api/datasets/" + repo + "/tree/main/part" + part;
      var answer = stack.get(path, token);
      if (answer.statusCode() == 404) {
        return files;
      }
      files += new String(answer.body(), StandardCharsets.UTF_8).split("\"path\"", -1).length - 1;
    }
  }

  private static long sentByCommits(Run run) {
    return run.seen().stream()
        .filter(one -> one.path().contains("/commit/"))
        .mapToLong(one -> one.body().bytes())
        .sum();
  }

  private int commits(String repo) throws Exception {
    return stack
        .get("/api/datasets/" + repo + "/commits/main", token)
        .headers()
        .firstValue("X-Total-Count")
        .map(Integer::parseInt)
        .orElse(0);
  }
}
