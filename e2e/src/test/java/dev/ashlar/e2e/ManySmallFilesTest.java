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
import org.junit.jupiter.params.provider.CsvSource;

/** Folders of many small files, whose upload is killed on its way and begun again. */
@TestInstance(TestInstance.Lifecycle.PER_CLASS)
final class ManySmallFilesTest {
  private static final Duration FIRST_COMMIT_MAX = Duration.ofMinutes(2);

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
  @CsvSource({"HUB_1,1500", "HUB_2,3000"})
  void givenManyFiles_whenTheUploadIsKilledAndRunAgain_thenAllAreThereOnce(
      Client client, String count) throws Exception {
    var repo = "admin/many-" + client.lock();
    var folder = stack.folder().resolve("many-" + client.lock()).toString();
    var script = "many_small_files.py";

    var first = client.start(stack, token, Map.of(), script, repo, folder, count);
    awaitFiles(repo, first);
    first.destroyForcibly().waitFor();
    var second = client.python(stack, token, Map.of(), script, repo, folder, count);

    assertThat(second.exitCode()).as(second.output()).isZero();
    assertThat(second.standardOutput()).contains("all files are there");
    assertThat(stack.log()).doesNotContain("request failed");
  }

  /** Waits for the first commit that brings files. */
  private void awaitFiles(String repo, Process upload) throws Exception {
    var deadline = Instant.now().plus(FIRST_COMMIT_MAX);
    while (Instant.now().isBefore(deadline) && upload.isAlive()) {
      var tree = stack.get("/api/datasets/" + repo + "/tree/main", token);
      if (new String(tree.body(), StandardCharsets.UTF_8).contains("part0")) {
        return;
      }
      Thread.sleep(50);
    }
    assertThat(upload.isAlive()).as("files came before the upload ended").isTrue();
  }
}
