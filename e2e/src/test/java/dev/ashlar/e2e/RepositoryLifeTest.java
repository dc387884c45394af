package dev.ashlar.e2e;

import static org.assertj.core.api.Assertions.assertThat;
import static org.junit.jupiter.api.Assumptions.assumeTrue;

import dev.ashlar.e2e.RecordingProxy.Seen;
import java.io.IOException;
import java.net.URI;
import java.util.List;
import java.util.Map;
import java.util.regex.Pattern;
import org.junit.jupiter.api.AfterAll;
import org.junit.jupiter.api.BeforeAll;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.TestInstance;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.EnumSource;

/**
 * Everything that clients do with repositories beside plain transfers, and what it looks like on
 * the wire.
 */
@TestInstance(TestInstance.Lifecycle.PER_CLASS)
final class RepositoryLifeTest {
  /** Questions whose honest answer is no. */
  private static final Pattern MAY_BE_MISSING =
      Pattern.compile("/cas/[0-9a-f]{16}/v1/(xorb-grants|chunks)/.*");

  private Stack stack;
  private String token;

  @BeforeAll
  void start() throws Exception {
    stack = Stack.start("repositories");
    token = stack.adminToken();
    for (var org : List.of("org-hub1", "org-hub2")) {
      stack.admin("org", "add", org);
      stack.admin("org", "member", "add", org, "admin", "--role", "write");
    }
  }

  @AfterAll
  void stop() {
    stack.close();
  }

  @ParameterizedTest
  @EnumSource(
      value = Client.class,
      names = {"HUB_1", "HUB_2"})
  void givenRepositories_whenLibrariesUseThemInEveryWay_thenTheWireIsClean(Client client)
      throws Exception {
    try (var proxy = proxy()) {
      var run =
          client.python(
              stack,
              user(client),
              Map.of("HF_ENDPOINT", proxy.url()),
              "repository_calls.py",
              "user-" + client.lock(),
              "org-" + client.lock());

      assertThat(run.exitCode()).as(run.output()).isZero();
      assertClean(proxy.seen());
      assertThat(proxy.seen()).filteredOn(one -> one.status() == 307).isNotEmpty();
    }
  }

  /** Each client has a user of its own, who belongs to the organisation. */
  private String user(Client client) throws IOException, InterruptedException {
    stack.admin("user", "add", "user-" + client.lock());
    stack.admin(
        "org", "member", "add", "org-" + client.lock(), "user-" + client.lock(), "--role", "write");
    return stack.admin("token", "add", "user-" + client.lock(), "--scope", "write");
  }

  @Test
  void givenTheCommandLine_whenEveryCommandIsRun_thenEachDoesWhatItSays() throws Exception {
    try (var proxy = proxy()) {
      var run =
          Client.HUB_2.python(
              stack,
              token,
              Map.of("HF_ENDPOINT", proxy.url()),
              "repository_commands.py",
              "admin",
              "org-hub2");

      assertThat(run.exitCode()).as(run.output()).isZero();
      assertClean(proxy.seen());
    }
  }

  @Test
  void givenTheJavaScriptClient_whenItBranchesAndLists_thenAllIsAsExpected() throws Exception {
    var node = NodeClient.find();
    assumeTrue(
        node.isPresent() || "true".equals(System.getenv("CI")),
        "not run: Node and npm are not installed");

    var run =
        node.orElseThrow(() -> new IllegalStateException("CI needs Node and npm"))
            .run(stack, token, "branches_and_lists.mjs", "admin/js-branches");

    assertThat(run.exitCode()).as(run.output()).isZero();
    assertThat(run.standardOutput()).contains("everything is as expected");
  }

  private RecordingProxy proxy() throws IOException {
    return new RecordingProxy(URI.create(stack.url()).getPort());
  }

  /** Nothing unknown, nothing tried again after a failure of the server. */
  private void assertClean(List<Seen> seen) throws IOException {
    assertThat(seen).filteredOn(one -> one.status() >= 500 || one.status() == 429).isEmpty();
    assertThat(seen)
        .filteredOn(one -> one.status() == 404)
        .allMatch(
            one ->
                MAY_BE_MISSING.matcher(one.path()).matches()
                    || one.path().startsWith("/api/")
                    || one.path().contains("/resolve/"));
    assertThat(stack.log()).doesNotContain("unknown route");
  }
}
