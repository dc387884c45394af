package dev.ashlar.e2e;

import static org.assertj.core.api.Assertions.assertThat;
import static org.junit.jupiter.api.Assumptions.assumeTrue;

import dev.ashlar.e2e.RecordingProxy.Seen;
import java.net.URI;
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

    try (var stack = Stack.start("rust");
        var proxy = new RecordingProxy(URI.create(stack.url()).getPort())) {
      var environment = new HashMap<>(stack.clientEnvironment(stack.adminToken()));
      environment.put("HF_ENDPOINT", proxy.url());
      environment.put("HF_HOME", folder.resolve("home").toString());
      var run =
          Run.of(
              List.of(
                  program.get().toString(), "admin", "walk", upload.toString(), folder.toString()),
              environment,
              folder);

      assertThat(run.exitCode()).as(run.output()).isZero();
      assertThat(run.standardOutput()).contains("the whole walk is done");
      assertThat(proxy.seen())
          .filteredOn(one -> one.status() >= 500 || one.status() == 400 || one.status() == 429)
          .extracting(Seen::toString)
          .isEmpty();
    }
  }
}
