package dev.ashlar.e2e;

import static java.nio.charset.StandardCharsets.UTF_8;
import static org.assertj.core.api.Assertions.assertThat;

import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.List;
import java.util.Random;
import org.junit.jupiter.api.AfterAll;
import org.junit.jupiter.api.BeforeAll;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.TestInstance;

/**
 * The stock git where rights matter: pull requests by push, gated repositories, moved names. Ann
 * owns the repositories, Bob and Carl are strangers with accounts.
 */
@TestInstance(TestInstance.Lifecycle.PER_CLASS)
final class GitReviewTest {
  private Stack stack;
  private GitClient git;
  private String ann;
  private String bob;
  private String carl;

  @BeforeAll
  void start() throws Exception {
    stack = Stack.start("git-review");
    git = new GitClient(stack);
    ann = user("ann");
    bob = user("bob");
    carl = user("carl");
  }

  @AfterAll
  void stop() {
    git.close();
    stack.close();
  }

  private String user(String name) throws Exception {
    stack.admin("user", "add", name);
    return stack.admin("token", "add", name, "--scope", "write");
  }

  @Test
  void givenAPullRequest_whenItsAuthorPushesToIt_thenItIsThereToFetchAndMerge() throws Exception {
    post("/api/repos/create", ann, "{\"name\":\"pulls\"}");
    var opened =
        post(
            "/api/models/ann/pulls/discussions",
            bob,
            "{\"title\":\"By push\",\"description\":\"\",\"pullRequest\":true}");
    assertThat(opened).contains("\"num\":1");
    var work = git.clone(git.url(bob, "ann/pulls"), "pulls-bob");
    git.must(work, "fetch", "--quiet", "origin", "refs/pr/1");
    git.must(work, "checkout", "--quiet", "-b", "offer", "FETCH_HEAD");
    Files.writeString(work.resolve("offered.txt"), "offered\n");
    Files.write(work.resolve("offered.bin"), TestFolder.bytes(new Random(1), 400_000));
    var offered = git.commitAll(work, "by push");

    git.must(work, "push", "--quiet", "origin", "HEAD:refs/pr/1");
    assertThat(git.must(work, "ls-remote", "origin", "refs/pr/1")).startsWith(offered);
    var toMain = git.run(work, "push", "--no-verify", "origin", "HEAD:main");
    assertThat(toMain.exitCode()).isNotZero();
    assertThat(toMain.standardError()).contains("[remote rejected] HEAD -> main", "write access");

    var other = git.clone(git.url(carl, "ann/pulls"), "pulls-carl");
    git.must(other, "fetch", "--quiet", "origin", "refs/pr/1");
    git.must(other, "checkout", "--quiet", "FETCH_HEAD");
    assertThat(Files.mismatch(other.resolve("offered.bin"), work.resolve("offered.bin")))
        .isEqualTo(-1);
    git.commitAll(other, "by a stranger");
    var stranger = git.run(other, "push", "--no-verify", "origin", "HEAD:refs/pr/1");
    assertThat(stranger.exitCode()).isNotZero();
    assertThat(stranger.standardError()).contains("write access");
    assertThat(git.must(work, "ls-remote", "origin", "refs/pr/1")).startsWith(offered);

    post("/api/models/ann/pulls/discussions/1/status", bob, "{\"status\":\"open\"}");
    post("/api/models/ann/pulls/discussions/1/merge", ann, "{}");
    var merged = git.clone(git.url(ann, "ann/pulls"), "pulls-ann");
    assertThat(merged.resolve("offered.txt")).hasContent("offered\n");
    assertThat(git.must(merged, "fsck", "--full")).isEmpty();
    assertThat(git.must(merged, "branch", "-a")).doesNotContain("refs/pr");
  }

  @Test
  void givenAGatedRepository_whenGitFetches_thenOnlyThoseLetInHaveIt() throws Exception {
    post("/api/repos/create", ann, "{\"name\":\"gated\"}");
    var work = git.clone(git.url(ann, "ann/gated"), "gated-ann");
    Files.write(work.resolve("large.bin"), TestFolder.bytes(new Random(2), 300_000));
    git.commitAll(work, "large");
    git.must(work, "push", "--quiet");
    send("PUT", "/api/models/ann/gated/settings", ann, "{\"gated\":\"manual\"}", 200);
    var url = git.url(bob, "ann/gated");

    var nobody =
        git.run(stack.folder(), "ls-remote", git.url("", "ann/gated").replace("ann:@", ""));
    var before = git.run(stack.folder(), "clone", url, "gated-before");
    send("POST", "/ann/gated/ask-access", bob, "", 303);
    var waiting = git.run(stack.folder(), "clone", url, "gated-waiting");
    post(
        "/api/models/ann/gated/user-access-request/handle",
        ann,
        "{\"user\":\"bob\",\"status\":\"accepted\"}");
    var let = git.clone(url, "gated-let");

    assertThat(nobody.exitCode()).isNotZero();
    assertThat(before.exitCode()).isNotZero();
    assertThat(before.standardError()).contains("remote: ", "ann/gated", "authorized list");
    assertThat(waiting.exitCode()).isNotZero();
    assertThat(waiting.standardError()).contains("awaiting a review");
    assertThat(Files.mismatch(let.resolve("large.bin"), work.resolve("large.bin"))).isEqualTo(-1);
  }

  @Test
  void givenAMovedRepository_whenGitGoesOnWithTheOldName_thenAllWorksAsBefore() throws Exception {
    post("/api/repos/create", ann, "{\"name\":\"old-name\"}");
    var old = git.url(ann, "ann/old-name");
    var work = git.clone(old, "old-name");
    Files.write(work.resolve("one.bin"), TestFolder.bytes(new Random(3), 300_000));
    git.commitAll(work, "one");
    git.must(work, "push", "--quiet");

    post(
        "/api/repos/move",
        ann,
        "{\"fromRepo\":\"ann/old-name\",\"toRepo\":\"ann/new-name\",\"type\":\"model\"}");
    Files.write(work.resolve("two.bin"), TestFolder.bytes(new Random(4), 300_000));
    var two = git.commitAll(work, "two");
    git.must(work, "push", "--quiet");
    var again = git.clone(old, "old-name-again");
    Files.write(again.resolve("three.bin"), TestFolder.bytes(new Random(5), 300_000));
    git.commitAll(again, "three");
    git.must(again, "push", "--quiet");
    git.must(work, "pull", "--quiet");
    git.must(work, "lfs", "fetch", "--all");

    var fresh = git.clone(git.url(ann, "ann/new-name"), "new-name");
    for (var name : List.of("one.bin", "two.bin", "three.bin")) {
      assertThat(same(name, work, fresh) && same(name, again, fresh)).as(name).isTrue();
    }
    assertThat(git.must(fresh, "rev-parse", "HEAD~1")).isEqualTo(two);
    assertThat(git.seen()).filteredOn(one -> one.status() == 307).isNotEmpty();
  }

  private static boolean same(String name, Path one, Path other) throws IOException {
    return Files.mismatch(one.resolve(name), other.resolve(name)) == -1;
  }

  @Test
  void givenTwoPushesAtOnce_whenOnlyOneCanBeFirst_thenTheOtherIsToldAndNoCommitIsLost()
      throws Exception {
    post("/api/repos/create", ann, "{\"name\":\"race\"}");
    var url = git.url(ann, "ann/race");
    var works = List.of(git.clone(url, "race-0"), git.clone(url, "race-1"));
    for (var work : works) {
      var name = work.getFileName().toString();
      Files.write(work.resolve(name + ".txt"), TestFolder.bytes(new Random(6), 1_000_000));
      Files.writeString(work.resolve(".gitattributes"), "");
      git.commitAll(work, name);
    }

    var pushes = List.of(git.start(works.get(0), "push"), git.start(works.get(1), "push"));
    int first = pushes.get(0).waitFor();
    int second = pushes.get(1).waitFor();

    assertThat(List.of(first == 0, second == 0)).containsExactlyInAnyOrder(true, false);
    var late = works.get(first == 0 ? 1 : 0);
    git.must(late, "pull", "--quiet", "--rebase");
    git.must(late, "push", "--quiet");
    var fresh = git.clone(url, "race-fresh");
    assertThat(fresh.resolve("race-0.txt")).exists();
    assertThat(fresh.resolve("race-1.txt")).exists();
    assertThat(git.must(fresh, "fsck", "--full")).isEmpty();
  }

  private String post(String path, String token, String json) throws IOException {
    return send("POST", path, token, json, 200);
  }

  private String send(String method, String path, String token, String body, int status)
      throws IOException {
    var type = path.startsWith("/api/") ? "application/json" : "application/x-www-form-urlencoded";
    var answer = stack.send(method, path, token, body.getBytes(UTF_8), "Content-Type", type);
    var text = new String(answer.body(), UTF_8);
    assertThat(answer.statusCode()).as(path + ": " + text).isEqualTo(status);
    return text;
  }
}
