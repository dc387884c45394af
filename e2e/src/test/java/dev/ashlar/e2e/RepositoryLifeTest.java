package dev.ashlar.e2e;

import static org.assertj.core.api.Assertions.assertThat;
import static org.junit.jupiter.api.Assumptions.assumeTrue;

import java.io.IOException;
import java.util.List;
import java.util.Map;
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
    var run =
        client.python(
            WireRule.PROGRAM,
            stack,
            user(client),
            Map.of(),
            "repository_calls.py",
            "user-" + client.lock(),
            "org-" + client.lock());

    assertThat(run.exitCode()).as(run.output()).isZero();
    assertThat(run.seen()).filteredOn(one -> one.status() == 307).isNotEmpty();
  }

  /** Each client has a user of its own, who belongs to the organisation. */
  private String user(Client client) throws IOException, InterruptedException {
    stack.admin("user", "add", "user-" + client.lock());
    stack.admin(
        "org", "member", "add", "org-" + client.lock(), "user-" + client.lock(), "--role", "write");
    return stack.admin("token", "add", "user-" + client.lock(), "--scope", "write");
  }

  @ParameterizedTest
  @EnumSource(names = {"HUB_1", "HUB_2"})
  void givenTheCommandLine_whenEveryCommandIsRun_thenEachDoesWhatItSays(Client client)
      throws Exception {
    var org = "org-" + client.lock();
    var rule =
        WireRule.PROGRAM.repeating(
            "POST",
            "/api/models/" + org + "/moved/paths-info/main",
            "a copy within a repository looks at both paths, and so does its commit");

    var run = commands(client, "shell-" + client.lock(), rule, "repository_commands.py");

    assertThat(run.exitCode()).as(run.output()).isZero();
    assertThat(run.standardOutput()).contains("all commands did what they say");
  }

  @ParameterizedTest
  @EnumSource(names = {"HUB_1", "HUB_2"})
  void givenTheCommandLine_whenListsOptionsAndOldNamesAreUsed_thenTheyAreUnderstood(Client client)
      throws Exception {
    var run = commands(client, "words-" + client.lock(), WireRule.PROGRAM, "more_commands.py");

    assertThat(run.exitCode()).as(run.output()).isZero();
    assertThat(run.standardOutput()).contains("all commands were understood");
  }

  /** Runs a script of commands as a new user of that name, who belongs to the organisation. */
  private Run commands(Client client, String me, WireRule rule, String script) throws Exception {
    var org = "org-" + client.lock();
    stack.admin("user", "add", me);
    stack.admin("org", "member", "add", org, me, "--role", "write");
    var mine = stack.admin("token", "add", me, "--scope", "write");
    return client.python(rule, stack, mine, Map.of(), script, me, org);
  }

  @Test
  void givenTheJavaScriptClient_whenItBranchesAndLists_thenAllIsAsExpected() throws Exception {
    var node = NodeClient.find();
    assumeTrue(
        node.isPresent() || "true".equals(System.getenv("CI")),
        "not run: Node and npm are not installed");

    var run =
        node.orElseThrow(() -> new IllegalStateException("CI needs Node and npm"))
            .run(WireRule.PROGRAM, stack, token, "branches_and_lists.mjs", "admin/js-branches");

    assertThat(run.exitCode()).as(run.output()).isZero();
    assertThat(run.standardOutput()).contains("everything is as expected");
  }
}
