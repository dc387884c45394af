package dev.ashlar.e2e;

import static org.assertj.core.api.Assertions.assertThat;

import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.Map;
import java.util.Random;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;

/** Two clients at once, a client killed in the middle, the server killed in the middle. */
final class InterruptedTest {
  private static final int BYTES = 140_000_000;
  private Stack stack;
  private String token;

  @BeforeEach
  void start() throws IOException {
    stack = Stack.start("interrupted");
    token = stack.adminToken();
  }

  @AfterEach
  void stop() {
    stack.close();
  }

  @Test
  void givenTwoClients_whenTheyUploadAtOnceToOneRepository_thenBothFoldersAreThere()
      throws Exception {
    create("admin/two");
    var one = folder("one", 1, 40_000_000);
    var two = folder("two", 2, 40_000_000);

    var first = upload("admin/two", one);
    var second =
        Client.HUB_1.start(stack, token, Map.of(), "upload_folder.py", "admin/two", two.toString());

    assertThat(first.waitFor()).isZero();
    assertThat(second.waitFor()).isZero();
    assertThat(download("admin/two"))
        .containsAllEntriesOf(TestFolder.hashes(one))
        .containsAllEntriesOf(TestFolder.hashes(two));
  }

  @Test
  void givenAClientKilledInTheMiddle_whenItStartsAgain_thenTheUploadSucceeds() throws Exception {
    create("admin/client");
    var folder = folder("client", 3, BYTES);
    long before = stack.storedBytes();
    var client = upload("admin/client", folder);
    awaitStored(before + BYTES / 4);
    client.destroyForcibly().waitFor();

    assertThat(upload("admin/client", folder).waitFor()).isZero();

    assertThat(download("admin/client")).isEqualTo(TestFolder.hashes(folder));
  }

  @Test
  void givenTheServerKilledInTheMiddle_whenItIsBack_thenTheSameClientCarriesOn() throws Exception {
    create("admin/server");
    var kept = folder("kept", 4, 5_000_000);
    assertThat(upload("admin/server", kept).waitFor()).isZero();
    var folder = folder("server", 5, BYTES);
    long before = stack.storedBytes();
    var client = upload("admin/server", folder);
    awaitStored(before + BYTES / 4);

    stack.kill();
    stack.startAgain(Map.of());

    assertThat(client.waitFor()).isZero();
    assertThat(download("admin/server"))
        .containsAllEntriesOf(TestFolder.hashes(kept))
        .containsAllEntriesOf(TestFolder.hashes(folder));
  }

  private void create(String repo) throws Exception {
    var run = Client.HUB_2.hf(stack, token, Map.of(), "repos", "create", repo);
    assertThat(run.exitCode()).as(run.output()).isZero();
  }

  private Path folder(String name, long seed, int bytes) throws IOException {
    var folder = Files.createDirectories(stack.folder().resolve(name));
    Files.write(folder.resolve(name + ".bin"), TestFolder.bytes(new Random(seed), bytes));
    return folder;
  }

  /**
   * A base delay of one second keeps the waits of hf-xet from growing, as powers of one do not
   * grow: with its usual few attempts it was seen to give up after four seconds, sooner than a
   * server starts on a busy machine. More attempts outlast the start that the stack allows.
   */
  private Process upload(String repo, Path folder) throws IOException {
    return Client.HUB_2.start(
        stack,
        token,
        Map.of("HF_XET_CLIENT_RETRY_BASE_DELAY", "1s", "HF_XET_CLIENT_RETRY_MAX_ATTEMPTS", "300"),
        "upload_folder.py",
        repo,
        folder.toString());
  }

  /** Waits for the middle of an upload: the condition is bytes in the store, not time. */
  private void awaitStored(long bytes) throws Exception {
    for (int i = 0; stack.storedBytes() < bytes; i++) {
      assertThat(i).as("the upload goes on").isLessThan(1_200);
      Thread.sleep(50);
    }
  }

  private Map<String, String> download(String repo) throws Exception {
    var back = Files.createTempDirectory(stack.folder(), "back");
    var run =
        Client.HUB_2.hf(stack, token, Map.of(), "download", repo, "--local-dir", back.toString());
    assertThat(run.exitCode()).as(run.output()).isZero();
    return TestFolder.hashes(back);
  }
}
