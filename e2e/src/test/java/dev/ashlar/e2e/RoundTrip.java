package dev.ashlar.e2e;

import static org.assertj.core.api.Assertions.assertThat;

import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.Map;
import java.util.Random;

/** {@code hf upload} of a folder and {@code hf download} of what is there then. */
record RoundTrip(Client client, Stack stack, String token, Map<String, String> environment) {
  static final Map<String, String> WITHOUT_XET = Map.of("HF_HUB_DISABLE_XET", "1");

  /** A folder with a binary file of some megabytes and a small text. */
  static Path folder(Stack stack, String name) throws IOException {
    var folder = Files.createDirectories(stack.folder().resolve(name));
    var random = new Random(name.hashCode());
    Files.write(folder.resolve("weights.bin"), TestFolder.bytes(random, 3_000_000));
    Files.writeString(folder.resolve("note with space.txt"), "a note in " + name + "\n");
    return folder;
  }

  /** Uploads, downloads, and compares the bytes. */
  void check(String repo, Path folder) throws IOException, InterruptedException {
    upload(repo, folder);
    assertThat(download(repo)).isEqualTo(TestFolder.hashes(folder));
  }

  /** Uploads a folder into a repository, which is made if it is missing. */
  void upload(String repo, Path folder) throws IOException, InterruptedException {
    var run = client.hf(stack, token, environment, "upload", repo, folder.toString(), ".");
    assertThat(run.exitCode()).as(run.output()).isZero();
  }

  /** Downloads a repository into a new folder and answers the hashes of its files. */
  Map<String, String> download(String repo) throws IOException, InterruptedException {
    var back = Files.createTempDirectory(stack.folder(), "back");
    var run =
        client.hf(stack, token, environment, "download", repo, "--local-dir", back.toString());
    assertThat(run.exitCode()).as(run.output()).isZero();
    return TestFolder.hashes(back);
  }
}
