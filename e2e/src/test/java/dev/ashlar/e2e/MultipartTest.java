package dev.ashlar.e2e;

import static org.assertj.core.api.Assertions.assertThat;

import dev.ashlar.e2e.RecordingProxy.Seen;
import java.io.IOException;
import java.net.URI;
import java.nio.file.Files;
import java.util.List;
import java.util.Map;
import java.util.stream.Collectors;
import java.util.stream.IntStream;
import org.junit.jupiter.api.AfterAll;
import org.junit.jupiter.api.BeforeAll;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.TestInstance;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.EnumSource;

/** Large files in parts, and the housekeeping of LFS files, with the real clients. */
@TestInstance(TestInstance.Lifecycle.PER_CLASS)
final class MultipartTest {
  private static final Map<String, String> NO_XET = Map.of("HF_HUB_DISABLE_XET", "1");
  private static final long PART = 8L << 20;

  private Stack stack;

  @BeforeAll
  void start() {
    stack =
        Stack.start(
            "multipart",
            Map.of("ASHLAR_JAVA_OPTIONS", "-Xmx512m"),
            "--multipart-threshold",
            "10000000",
            "--multipart-part-size",
            Long.toString(PART));
  }

  @AfterAll
  void stop() {
    stack.close();
  }

  private Run run(Client client, Map<String, String> environment, String repo, long bytes)
      throws IOException, InterruptedException {
    var run =
        client.python(
            stack,
            stack.adminToken(),
            environment,
            "multipart.py",
            "admin/" + repo,
            Long.toString(bytes));
    assertThat(run.exitCode()).as(run.output()).isZero();
    assertThat(run.standardOutput()).contains("all bytes are equal");
    return run;
  }

  private void assertNoPartIsLeft() throws IOException {
    try (var files = Files.walk(stack.data().resolve("objects/part"))) {
      assertThat(files.filter(Files::isRegularFile)).isEmpty();
    }
  }

  @Test
  void givenSixHundredMegabytes_whenSentInParts_thenTheyComeBackWithHalfAGigabyteOfHeap()
      throws Exception {
    run(Client.HUB_2, NO_XET, "huge", 600_000_000);

    assertNoPartIsLeft();
    assertThat(stack.log()).doesNotContain("OutOfMemoryError");
  }

  @ParameterizedTest
  @EnumSource(names = {"HUB_1", "HUB_2"})
  void givenBytesThatXetSent_whenTheyComeInParts_thenTheChunksAreSharedAndTheWireIsClean(
      Client client) throws Exception {
    long bytes = client == Client.HUB_1 ? 30_000_001 : 30_000_002;
    run(client, Map.of(), client.lock() + "-by-xet", bytes);
    long before = stack.storedBytes();

    var seen = run(client, NO_XET, client.lock() + "-in-parts", bytes).seen();

    assertThat(stack.storedBytes() - before).as("stored again").isLessThan(bytes / 50);
    assertNoPartIsLeft();
    assertThat(seen).filteredOn(one -> one.status() >= 400).isEmpty();
    assertThat(parts(seen)).isEqualTo(numbers(bytes));
  }

  @Test
  void givenAPartThatFails_whenSentAgain_thenOnlyThatOneComesTwice() throws Exception {
    try (var proxy = new RecordingProxy(URI.create(stack.url()).getPort())) {
      proxy.failOnce("/parts/2");
      var environment = Map.of("HF_ENDPOINT", proxy.url(), "HF_HUB_DISABLE_XET", "1");
      run(Client.HUB_2, environment, "failing", 26_000_000);

      assertThat(proxy.seen())
          .filteredOn(one -> one.path().contains("/parts/2"))
          .extracting(Seen::status)
          .containsExactly(503, 200);
      assertThat(parts(proxy.seen())).isEqualTo(numbers(26_000_000));
    }
    assertNoPartIsLeft();
  }

  /** The numbers of the parts that arrived. */
  private static List<Integer> parts(List<Seen> seen) {
    return seen.stream()
        .filter(one -> one.status() == 200 && one.path().contains("/parts/"))
        .map(one -> one.path().replaceFirst(".*/parts/([0-9]+)\\?.*", "$1"))
        .map(Integer::valueOf)
        .collect(Collectors.toList());
  }

  private static List<Integer> numbers(long bytes) {
    return IntStream.rangeClosed(1, Math.toIntExact(Math.ceilDiv(bytes, PART))).boxed().toList();
  }

  @ParameterizedTest
  @EnumSource(names = {"HUB_1", "HUB_2"})
  void givenLfsFiles_whenListedRemovedAndCopied_thenTheClientSeesIt(Client client)
      throws Exception {
    var run =
        client.python(
            WireRule.PROGRAM,
            stack,
            stack.adminToken(),
            Map.of(),
            "lfs_files.py",
            "admin/" + client.lock() + "-files");

    assertThat(run.exitCode()).as(run.output()).isZero();
    assertThat(run.standardOutput()).contains("copied");
    assertThat(run.seen())
        .filteredOn(one -> one.path().contains("/lfs-files"))
        .allMatch(one -> one.status() == 200)
        .hasSizeGreaterThan(6);
  }
}
