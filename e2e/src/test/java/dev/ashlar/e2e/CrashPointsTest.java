package dev.ashlar.e2e;

import static org.assertj.core.api.Assertions.assertThat;

import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.Map;
import java.util.Random;
import org.junit.jupiter.api.AfterAll;
import org.junit.jupiter.api.BeforeAll;
import org.junit.jupiter.api.TestInstance;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;

/** The server dies at a named point of an upload; what it had acknowledged must survive. */
@TestInstance(TestInstance.Lifecycle.PER_CLASS)
final class CrashPointsTest {
  private static final Map<String, String> QUICK_RETRIES =
      Map.of("HF_XET_CLIENT_RETRY_BASE_DELAY", "50ms", "HF_XET_CLIENT_RETRY_MAX_ATTEMPTS", "2");
  private static final int KILLED = 137;

  private Stack stack;
  private String token;

  @BeforeAll
  void start() throws IOException, InterruptedException {
    stack = Stack.start("crash");
    token = stack.adminToken();
    var folder = folder("acknowledged", 1);
    upload("admin/acknowledged", folder);
  }

  @AfterAll
  void stop() {
    stack.close();
  }

  @ParameterizedTest
  @ValueSource(
      strings = {
        "xorb.intent",
        "xorb.body",
        "xorb.published",
        "xorb.committed",
        "shard.verified",
        "shard.committed",
        "commit.packed",
        "commit.published",
        "commit.committed"
      })
  void givenAServerThatDies_whenItIsStartedAgain_thenAcknowledgedIsThereAndTheRetrySucceeds(
      String point) throws Exception {
    var repo = "admin/" + point.replace('.', '-');
    var folder = folder(point, point.hashCode());
    var create = Client.HUB_2.hf(stack, token, Map.of(), "repos", "create", repo);
    assertThat(create.exitCode()).as(create.output()).isZero();
    var before = stack.get("/api/models/" + repo + "/tree/main", token).body();
    stack.stop();
    stack.startAgain(Map.of("ASHLAR_JAVA_OPTIONS", "-Dashlar.crash-point=" + point));

    var client =
        Client.HUB_2.start(
            stack, token, QUICK_RETRIES, "upload_folder.py", repo, folder.toString());
    assertThat(stack.awaitEnd()).as("the point was passed").isEqualTo(KILLED);
    client.destroyForcibly().waitFor();
    stack.startAgain(Map.of());

    assertThat(download("admin/acknowledged"))
        .isEqualTo(TestFolder.hashes(stack.folder().resolve("acknowledged")));
    if (!point.equals("commit.committed")) {
      assertThat(stack.get("/api/models/" + repo + "/tree/main", token).body())
          .as("nothing half-done shows")
          .isEqualTo(before);
    }
    upload(repo, folder);
    assertThat(download(repo)).isEqualTo(TestFolder.hashes(folder));
  }

  private Path folder(String name, long seed) throws IOException {
    var folder = Files.createDirectories(stack.folder().resolve(name));
    Files.write(folder.resolve("some.bin"), TestFolder.bytes(new Random(seed), 3_000_000));
    Files.writeString(folder.resolve("note.txt"), "seed " + seed + "\n");
    return folder;
  }

  private void upload(String repo, Path folder) throws IOException, InterruptedException {
    var run = Client.HUB_2.hf(stack, token, Map.of(), "upload", repo, folder.toString(), ".");
    assertThat(run.exitCode()).as(run.output()).isZero();
  }

  private Map<String, String> download(String repo) throws IOException, InterruptedException {
    var back = Files.createTempDirectory(stack.folder(), "back");
    var run =
        Client.HUB_2.hf(stack, token, Map.of(), "download", repo, "--local-dir", back.toString());
    assertThat(run.exitCode()).as(run.output()).isZero();
    return TestFolder.hashes(back);
  }
}
