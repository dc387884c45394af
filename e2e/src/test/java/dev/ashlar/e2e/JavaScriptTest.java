package dev.ashlar.e2e;

import static org.assertj.core.api.Assertions.assertThat;
import static org.junit.jupiter.api.Assumptions.assumeTrue;

import org.junit.jupiter.api.AfterAll;
import org.junit.jupiter.api.BeforeAll;
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
    stack = Stack.start("javascript");
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
    var run = node.run(stack, token, "round_trip.mjs", "admin/js-" + way, way);

    assertThat(run.exitCode()).as(run.output()).isZero();
    assertThat(run.standardOutput()).contains("all bytes are equal");
  }
}
