package dev.ashlar.e2e;

import static org.assertj.core.api.Assertions.assertThat;

import dev.ashlar.e2e.RecordingProxy.Seen;
import java.net.URI;
import java.util.Map;
import java.util.function.Predicate;
import java.util.regex.Pattern;
import org.junit.jupiter.api.AfterAll;
import org.junit.jupiter.api.BeforeAll;
import org.junit.jupiter.api.TestInstance;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;

/** What healthy clients send: nothing fails, nothing is unknown, no bytes are sent twice. */
@TestInstance(TestInstance.Lifecycle.PER_CLASS)
final class CleanWireTest {
  /** Questions whose honest answer is no: upload grants of another kind, chunks not stored yet. */
  private static final Predicate<String> MAY_BE_MISSING =
      Pattern.compile("/cas/[0-9a-f]{16}/v1/(xorb-grants|chunks)/.*").asMatchPredicate();

  private Stack stack;

  @BeforeAll
  void start() {
    stack = Stack.start("wire");
  }

  @AfterAll
  void stop() {
    stack.close();
  }

  @ParameterizedTest
  @CsvSource({"HUB_2,true", "HUB_2,false", "HUB_1,true"})
  void givenAHealthyServer_whenAClientUploadsAndReads_thenTheWireIsClean(Client client, boolean xet)
      throws Exception {
    try (var proxy = new RecordingProxy(URI.create(stack.url()).getPort())) {
      var repo = "admin/" + client.lock() + (xet ? "-xet" : "-lfs");
      var environment = Map.of("HF_ENDPOINT", proxy.url(), "HF_HUB_DISABLE_XET", xet ? "0" : "1");

      var run = client.python(stack, stack.adminToken(), environment, "wire_round_trip.py", repo);

      assertThat(run.exitCode()).as(run.output()).isZero();
      var seen = proxy.seen();
      assertThat(seen)
          .filteredOn(one -> one.status() == 404)
          .extracting(Seen::path)
          .allMatch(MAY_BE_MISSING);
      assertThat(seen).filteredOn(one -> one.status() >= 400 && one.status() != 404).isEmpty();
      assertThat(seen).doesNotHaveDuplicates();
      assertThat(seen)
          .filteredOn(one -> one.path().startsWith(xet ? "/cas/get/xorb/" : "/cas/get/file/"))
          .as("bytes came through the proxy")
          .hasSizeGreaterThanOrEqualTo(2);
    }
  }
}
