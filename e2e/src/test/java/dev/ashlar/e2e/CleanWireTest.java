package dev.ashlar.e2e;

import static org.assertj.core.api.Assertions.assertThat;

import java.util.Map;
import org.junit.jupiter.api.AfterAll;
import org.junit.jupiter.api.BeforeAll;
import org.junit.jupiter.api.TestInstance;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;

/** What healthy clients send: nothing fails, nothing is unknown, no bytes are sent twice. */
@TestInstance(TestInstance.Lifecycle.PER_CLASS)
final class CleanWireTest {
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
    var repo = "admin/" + client.lock() + (xet ? "-xet" : "-lfs");
    var environment = Map.of("HF_HUB_DISABLE_XET", xet ? "0" : "1");

    var run = client.python(stack, stack.adminToken(), environment, "wire_round_trip.py", repo);

    assertThat(run.exitCode()).as(run.output()).isZero();
    assertThat(run.seen())
        .filteredOn(one -> one.path().startsWith(xet ? "/cas/get/xorb/" : "/cas/get/file/"))
        .as("bytes came through the proxy")
        .hasSizeGreaterThanOrEqualTo(2);
  }
}
