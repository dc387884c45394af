package dev.ashlar.e2e;

import static org.assertj.core.api.Assertions.assertThat;

import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.Locale;
import java.util.Map;
import org.junit.jupiter.api.AfterAll;
import org.junit.jupiter.api.BeforeAll;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.TestInstance;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.EnumSource;

@TestInstance(TestInstance.Lifecycle.PER_CLASS)
final class UploadAndDownloadTest {
  private static final Map<String, String> WITHOUT_XET = Map.of("HF_HUB_DISABLE_XET", "1");

  private Stack stack;
  private String token;

  @BeforeAll
  void start() throws IOException {
    stack = Stack.start("upload");
    token = stack.adminToken();
  }

  @AfterAll
  void stop() {
    stack.close();
  }

  @ParameterizedTest
  @EnumSource(names = {"HUB_2", "HUB_1", "HUB_0_36", "HUB_0_34"})
  void givenAFolder_whenUploadedTwiceAndOnceChanged_thenItComesBackAndOnlyNewChunksAreStored(
      Client client) throws Exception {
    var repo = "admin/" + client.name().toLowerCase(Locale.ROOT);
    var folder = TestFolder.make(stack.folder().resolve(client.name()), client.name().hashCode());

    upload(client, repo, folder, Map.of());
    assertThat(download(client, repo, Map.of())).isEqualTo(TestFolder.hashes(folder));

    long before = stack.storedBytes();
    upload(client, repo, folder, Map.of());
    assertThat(stack.storedBytes() - before)
        .as("the second upload stores nothing")
        .isLessThan(10_000);

    TestFolder.flip(folder.resolve(TestFolder.FLOATS), TestFolder.FLOAT_BYTES / 2);
    before = stack.storedBytes();
    upload(client, repo, folder, Map.of());
    assertThat(stack.storedBytes() - before)
        .as("one changed byte stores at most two chunks, a footer and a Git pack")
        .isLessThan(2 * 131_072 + 20_000);
    assertThat(download(client, repo, Map.of())).isEqualTo(TestFolder.hashes(folder));
  }

  @Test
  void givenBytesStoredByXet_whenUploadedByLfs_thenTheyShareTheChunks() throws Exception {
    var folder = TestFolder.make(stack.folder().resolve("shared"), 77);
    upload(Client.HUB_2, "admin/by-xet", folder, Map.of());
    long before = stack.storedBytes();

    upload(Client.HUB_2, "admin/by-lfs", folder, WITHOUT_XET);

    assertThat(stack.storedBytes() - before).isLessThan(2 << 20);
    assertThat(download(Client.HUB_1, "admin/by-lfs", WITHOUT_XET))
        .isEqualTo(TestFolder.hashes(folder));
    assertThat(download(Client.HUB_1, "admin/by-lfs", Map.of()))
        .isEqualTo(TestFolder.hashes(folder));
  }

  private void upload(Client client, String repo, Path folder, Map<String, String> environment)
      throws Exception {
    var run = client.hf(stack, token, environment, "upload", repo, folder.toString(), ".");
    assertThat(run.exitCode()).as(run.output()).isZero();
  }

  private Map<String, String> download(Client client, String repo, Map<String, String> environment)
      throws Exception {
    var back = Files.createTempDirectory(stack.folder(), "back");
    var run =
        client.hf(stack, token, environment, "download", repo, "--local-dir", back.toString());
    assertThat(run.exitCode()).as(run.output()).isZero();
    return TestFolder.hashes(back);
  }
}
