package dev.ashlar.e2e;

import static org.assertj.core.api.Assertions.assertThat;
import static org.junit.jupiter.api.Assumptions.assumeTrue;

import java.nio.file.Files;
import java.nio.file.Path;
import java.util.HashMap;
import java.util.List;
import java.util.Random;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

/** Both lines of the Rust client; not run where Cargo or its registry is missing. */
final class RustTest {
  private static final long SEED = 20_261_121;

  @Test
  void givenARepositorysWholeLife_whenLivedByRustClients_thenEachStepIsAsTheyExpect(
      @TempDir Path folder) throws Exception {
    var program = RustClient.find();
    assumeTrue(program.isPresent(), "not run: no Cargo that can fetch the client");
    var upload = folder.resolve("upload");
    Files.createDirectories(upload.resolve("dir"));
    var random = new byte[3_000_000];
    new Random(SEED).nextBytes(random);
    Files.write(upload.resolve("large.bin"), random);
    Files.writeString(upload.resolve("a.txt"), "first\n");
    Files.writeString(upload.resolve("dir/a b#\u00fc?.txt"), "odd\n");
    Files.createFile(upload.resolve("empty.txt"));

    try (var stack = Stack.start("rust")) {
      var environment = new HashMap<>(stack.clientEnvironment(stack.adminToken()));
      environment.put("HF_HOME", folder.resolve("home").toString());
      var words =
          List.of(program.get().toString(), "admin", "walk", upload.toString(), folder.toString());

      var rule =
          WireRule.PROGRAM.repeating(
              "HEAD",
              "/admin/walk/resolve/[0-9a-f]{40}/.*",
              "a snapshot asks for all files to plan, and for each small one to fetch it");
      var run =
          stack.recorded(
              rule,
              url -> {
                environment.put("HF_ENDPOINT", url);
                return Run.of(words, environment, folder);
              });

      assertThat(run.exitCode()).as(run.output()).isZero();
      assertThat(run.standardOutput()).contains("the whole walk is done");
      assertThat(run.seen()).noneMatch(one -> one.status() == 400);
    }
  }
}
