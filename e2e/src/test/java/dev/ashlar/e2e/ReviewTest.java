package dev.ashlar.e2e;

import static org.assertj.core.api.Assertions.assertThat;
import static org.junit.jupiter.api.Assumptions.assumeTrue;

import dev.ashlar.e2e.RecordingProxy.Seen;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.List;
import java.util.Map;
import java.util.regex.Pattern;
import org.junit.jupiter.api.AfterAll;
import org.junit.jupiter.api.BeforeAll;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.TestInstance;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;
import org.junit.jupiter.params.provider.EnumSource;

/**
 * Discussions and pull requests as people have them who own nothing here: Ann owns the
 * repositories, Bob is a stranger with an account.
 */
@TestInstance(TestInstance.Lifecycle.PER_CLASS)
final class ReviewTest {
  /** A stranger makes no repository; an upload then looks whether it is there. */
  private static final WireRule A_STRANGER_MAY_COME =
      WireRule.STRICT.refusing(one -> one.toString().equals("403 POST /api/repos/create"));

  private static final Pattern COMMENT = Pattern.compile("\"id\": *\"([0-9a-f]{24})\"");

  private Stack stack;
  private String ann;
  private String bob;

  @BeforeAll
  void start() throws Exception {
    stack = Stack.start("review");
    ann = user("ann");
    bob = user("bob");
  }

  private String user(String name) throws Exception {
    stack.admin("user", "add", name);
    return stack.admin("token", "add", name, "--scope", "write");
  }

  @AfterAll
  void stop() {
    stack.close();
  }

  @ParameterizedTest
  @CsvSource({"HUB_2,true", "HUB_2,false", "HUB_1,true", "HUB_1,false"})
  void givenAStranger_whenProposingThroughTheLibrary_thenTheOwnerMerges(Client client, boolean xet)
      throws Exception {
    var environment = Map.of("HF_HUB_DISABLE_XET", xet ? "0" : "1");
    var repo = "ann/" + client.lock() + (xet ? "-xet" : "-lfs");

    var run =
        client.python(WireRule.PROGRAM, stack, ann, environment, "pull_requests.py", repo, bob);

    assertThat(run.exitCode()).as(run.output()).isZero();
    assertThat(run.seen())
        .filteredOn(one -> one.path().contains("create_pr=1"))
        .as("the flag was sent")
        .isNotEmpty()
        .allMatch(one -> one.status() == 200);
    assertThat(run.seen())
        .filteredOn(one -> one.status() >= 400 && !isHonestNo(one))
        .extracting(Seen::status)
        .as("only the refusals that the script asks for: no right, not mergeable")
        .containsOnly(403, 409);
  }

  @ParameterizedTest
  @EnumSource(names = {"HUB_2", "HUB_1"})
  void givenTheCommand_whenEverySubCommandIsUsed_thenEachDoesWhatItSays(Client client)
      throws Exception {
    var repo = "ann/cli-" + client.lock();
    var hf = new Hf(client);
    hf.run(ann, "repos", "create", repo);
    var folder = Files.createTempDirectory(stack.folder(), "offered");
    Files.write(folder.resolve("offered.bin"), new byte[300_000]);
    Files.writeString(folder.resolve("offered.txt"), "offered\n");

    hf.run(bob, "upload", repo, folder.toString(), ".", "--create-pr");
    hf.run(bob, "discussions", "create", repo, "--title", "A question", "--body", "Why?");
    hf.run(bob, "discussions", "create", repo, "--title", "A change", "--pull-request");
    hf.run(ann, "discussions", "comment", repo, "2", "--body", "Because.");
    var info = hf.run(ann, "discussions", "info", repo, "2", "--format", "json");
    hf.run(ann, "discussions", "edit", repo, "2", lastComment(info), "--body", "Because of it.");
    hf.run(bob, "discussions", "rename", repo, "2", "A better question");
    hf.run(ann, "discussions", "close", repo, "2", "--yes", "--comment", "Answered.");
    hf.run(bob, "discussions", "reopen", repo, "2", "--yes");
    var after = hf.run(bob, "discussions", "info", repo, "2", "--format", "json");
    var diff = hf.run(bob, "discussions", "diff", repo, "1");
    var downloaded = stack.folder().resolve("downloaded-" + client.lock());
    hf.run(bob, "download", repo, "--revision", "refs/pr/1", "--local-dir", downloaded + "");
    hf.run(bob, "discussions", "reopen", repo, "1", "--yes");
    hf.run(ann, "discussions", "merge", repo, "1", "--yes", "--comment", "Thanks.");
    var open = hf.run(ann, "discussions", "list", repo, "--format", "json");
    var merged = hf.run(ann, "discussions", "list", repo, "--status", "merged");

    assertThat(after).contains("Because of it.", "A better question", "Answered.", "title-change");
    assertThat(diff).contains("+offered", "offered.bin", "oid sha256");
    assertThat(Files.readString(downloaded.resolve("offered.txt"))).isEqualTo("offered\n");
    assertThat(Files.size(downloaded.resolve("offered.bin"))).isEqualTo(300_000);
    assertThat(open).contains("A better question", "A change");
    assertThat(merged).doesNotContain("A change");
    assertThat(stack.get("/" + repo + "/raw/main/offered.txt", ann).statusCode()).isEqualTo(200);
  }

  /** The command as somebody runs it; it must succeed. */
  private final class Hf {
    private final Client client;

    Hf(Client client) {
      this.client = client;
    }

    String run(String token, String... words) throws IOException, InterruptedException {
      var quiet = Map.of("HF_HUB_DISABLE_PROGRESS_BARS", "1");
      var run = client.hf(A_STRANGER_MAY_COME, stack, token, quiet, words);
      assertThat(run.exitCode()).as(String.join(" ", words) + "\n" + run.output()).isZero();
      return run.standardOutput();
    }
  }

  private static String lastComment(String info) {
    return COMMENT.matcher(info).results().toList().getLast().group(1);
  }

  @Test
  void givenAConversion_whenTransformersLooksForIt_thenItsPullRequestIsFound() throws Exception {
    var run =
        Client.TRANSFORMERS.python(
            WireRule.PROGRAM, stack, ann, Map.of(), "conversion_lookup.py", "ann/converted");

    assertThat(run.exitCode()).as(run.output()).isZero();
  }

  @Test
  void givenJavaScript_whenAStrangerProposes_thenThePullRequestHasTheBytes() throws Exception {
    var node = NodeClient.find();
    assumeTrue(
        node.isPresent() || "true".equals(System.getenv("CI")),
        "not run: Node and npm are not installed");
    var repo = "ann/js-pulls";
    Client.HUB_2.hf(stack, ann, Map.of(), "repos", "create", repo);
    for (var way : List.of("xet", "lfs")) {
      var run = node.orElseThrow().run(WireRule.PROGRAM, stack, bob, "pull_request.mjs", repo, way);

      assertThat(run.exitCode()).as(run.output()).isZero();
      assertThat(run.standardOutput()).contains("the pull request is");
    }
  }

  /** Questions whose honest answer is no. */
  private static boolean isHonestNo(Seen one) {
    return one.status() == 404
        && (Path.of(one.path()).startsWith("/cas")
            || (one.method().equals("HEAD") && one.path().contains("/resolve/")));
  }
}
