package dev.ashlar.e2e;

import static org.assertj.core.api.Assertions.assertThat;
import static org.junit.jupiter.api.Assumptions.assumeTrue;

import java.nio.file.Files;
import java.util.Map;
import org.junit.jupiter.api.AfterAll;
import org.junit.jupiter.api.BeforeAll;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.TestInstance;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;

/**
 * The JavaScript client; not run where Node is missing, unless {@code CI=true} asks for all. It
 * takes no token but those that begin with {@code hf_}.
 */
@TestInstance(TestInstance.Lifecycle.PER_CLASS)
final class JavaScriptTest {
  private NodeClient node;
  private Stack stack;
  private String token;

  @BeforeAll
  void start() throws Exception {
    var found = NodeClient.find();
    assumeTrue(
        found.isPresent() || "true".equals(System.getenv("CI")),
        "not run: Node and npm are not installed");
    node = found.orElseThrow(() -> new IllegalStateException("CI needs Node and npm"));
    stack =
        Stack.start(
            "javascript",
            Map.of(),
            "--multipart-threshold",
            "4000000",
            "--multipart-part-size",
            "1048576");
    token = stack.adminToken();
  }

  @AfterAll
  void stop() {
    if (stack != null) {
      stack.close();
    }
  }

  @ParameterizedTest
  @ValueSource(strings = {"xet", "lfs"})
  void givenAFile_whenUploadedByJavaScript_thenItComesBackInBothWays(String way) throws Exception {
    var run = node.run(WireRule.PROGRAM, stack, token, "round_trip.mjs", "admin/js-" + way, way);

    assertThat(run.exitCode()).as(run.output()).isZero();
    assertThat(run.standardOutput()).contains("all bytes are equal");
  }

  @Test
  void givenAFileOfSeveralTerms_whenItsMiddleIsChanged_thenTheRestIsNotSentAgain()
      throws Exception {
    var readTwice = "the client reads what is behind the change for each of its sums";
    var rule =
        WireRule.PROGRAM
            .repeating("GET", "/cas/[0-9a-f]{16}/v2/reconstructions/[0-9a-f]{64}", readTwice)
            .repeating("GET", "/cas/get/xorb/.*", readTwice);

    var run = node.run(rule, stack, token, "edit.mjs", "admin/js-edit");

    assertThat(run.exitCode()).as(run.output()).isZero();
    assertThat(run.standardOutput()).contains("all bytes are equal");
  }

  @Test
  void givenNoXet_whenAFileIsLarge_thenItComesInParts() throws Exception {
    var run = node.run(WireRule.PROGRAM, stack, token, "round_trip.mjs", "admin/js-parts", "lfs");

    assertThat(run.exitCode()).as(run.output()).isZero();
    try (var folders = Files.list(stack.data().resolve("objects/part"))) {
      assertThat(folders).as("folders of parts, which are gone by now").isNotEmpty();
    }
  }
}
