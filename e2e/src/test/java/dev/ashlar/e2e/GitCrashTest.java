package dev.ashlar.e2e;

import static org.assertj.core.api.Assertions.assertThat;

import java.io.IOException;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.util.Map;
import java.util.Random;
import org.junit.jupiter.api.AfterAll;
import org.junit.jupiter.api.BeforeAll;
import org.junit.jupiter.api.TestInstance;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;

/** The server dies at a named point of a push: a ref is old or new, and never without objects. */
@TestInstance(TestInstance.Lifecycle.PER_CLASS)
final class GitCrashTest {
  private static final int KILLED = 137;

  private Stack stack;
  private GitClient git;
  private String token;

  @BeforeAll
  void start() throws IOException, InterruptedException {
    stack = Stack.start("git-crash");
    token = stack.adminToken();
    git = new GitClient(stack);
  }

  @AfterAll
  void stop() {
    git.close();
    stack.close();
  }

  @ParameterizedTest
  @ValueSource(
      strings = {
        "push.received",
        "push.checked",
        "commit.packed",
        "commit.published",
        "commit.committed"
      })
  void givenAServerThatDies_whenItIsStartedAgain_thenTheRefIsOldOrNewAndThePushSucceeds(
      String point) throws Exception {
    var name = point.replace('.', '-');
    var create = "{\"name\":\"" + name + "\"}";
    stack.send("POST", "/api/repos/create", token, create.getBytes(StandardCharsets.UTF_8));
    var url = git.url(token, "admin/" + name);
    var work = git.clone(url, name);
    var old = git.must(work, "rev-parse", "HEAD");
    Files.write(work.resolve("data.txt"), TestFolder.bytes(new Random(1), 600_000));
    var wanted = git.commitAll(work, point);
    stack.stop();
    stack.startAgain(Map.of("ASHLAR_JAVA_OPTIONS", "-Dashlar.crash-point=" + point));

    assertThat(git.start(work, "push").waitFor()).isNotZero();
    assertThat(stack.awaitEnd()).as("the point was passed").isEqualTo(KILLED);
    stack.startAgain(Map.of());

    var after = git.must(work, "ls-remote", url, "refs/heads/main").substring(0, 40);
    assertThat(after).isEqualTo(point.equals("commit.committed") ? wanted : old);
    git.must(git.clone(url, name + "-after"), "fsck", "--full");
    git.must(work, "push", "--quiet");
    var again = git.clone(url, name + "-again");
    assertThat(git.must(again, "rev-parse", "HEAD")).isEqualTo(wanted);
    git.must(again, "fsck", "--full");
  }
}
