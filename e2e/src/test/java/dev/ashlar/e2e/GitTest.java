package dev.ashlar.e2e;

import static java.nio.charset.StandardCharsets.UTF_8;
import static org.assertj.core.api.Assertions.assertThat;

import java.io.IOException;
import java.io.RandomAccessFile;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import java.util.Random;
import java.util.concurrent.TimeUnit;
import org.junit.jupiter.api.AfterAll;
import org.junit.jupiter.api.BeforeAll;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.TestInstance;

/** The stock git and git-lfs beside the Python clients, on the same repositories. */
@TestInstance(TestInstance.Lifecycle.PER_CLASS)
final class GitTest {
  private static final int FILES = 2_000;
  private static final int LARGE_FILES = 10;
  private static final int LARGE_BYTES = 5_000_000;

  private Stack stack;
  private GitClient git;
  private String token;

  @BeforeAll
  void start() throws IOException, InterruptedException {
    stack = Stack.start("git");
    token = stack.adminToken();
    git = new GitClient(stack);
  }

  @AfterAll
  void stop() {
    git.close();
    stack.close();
  }

  @Test
  void givenARepositoryOfManyFiles_whenGitAndPythonTakeTurns_thenBothSeeTheSame() throws Exception {
    var url = git.url(token, create("turns"));
    var seed = git.clone(url, "seed");
    fill(seed);
    git.commitAll(seed, "many files");
    git.must(seed, "push", "--quiet");

    var work = git.clone(url, "work");
    assertThat(git.must(work, "fsck", "--full")).isEmpty();
    assertThat(TestFolder.hashes(work.resolve("large")))
        .isEqualTo(TestFolder.hashes(seed.resolve("large")));
    Files.writeString(work.resolve("dir3/file3.txt"), "edited\n");
    Files.write(work.resolve("large/part0.bin"), TestFolder.bytes(new Random(99), 1_000_000));
    git.commitAll(work, "edited");
    git.must(work, "push", "--quiet");

    for (var client : List.of(Client.HUB_2, Client.HUB_1)) {
      var back = Files.createTempDirectory(stack.folder(), "back");
      hf(client, "download", "admin/turns", "--local-dir", back.toString());
      assertThat(back.resolve("dir3/file3.txt")).hasContent("edited\n");
      assertThat(Files.mismatch(back.resolve("large/part0.bin"), work.resolve("large/part0.bin")))
          .isEqualTo(-1);
      var file = Files.writeString(stack.folder().resolve(client.lock() + ".txt"), "by hf\n");
      hf(client, "upload", "admin/turns", file.toString(), client.lock() + ".txt");
      git.must(work, "pull", "--quiet");
      assertThat(work.resolve(client.lock() + ".txt")).hasContent("by hf\n");
    }
  }

  private static void fill(Path work) throws IOException {
    for (int i = 0; i < FILES; i++) {
      var file = work.resolve("dir" + i % 40 + "/file" + i + ".txt");
      Files.createDirectories(file.getParent());
      Files.writeString(file, "file " + i + "\n".repeat(i % 30 + 1));
    }
    Files.createDirectories(work.resolve("large"));
    for (int i = 0; i < LARGE_FILES; i++) {
      var bytes = TestFolder.bytes(new Random(i), LARGE_BYTES);
      Files.write(work.resolve("large/part" + i + ".bin"), bytes);
    }
  }

  @Test
  void givenAMirror_whenItIsPushedElsewhere_thenRefsAndIdsAreTheSame() throws Exception {
    var from = git.url(token, create("origin"));
    var to = git.url(token, create("copy"));
    var work = git.clone(from, "origin");
    Files.writeString(work.resolve("a.txt"), "a");
    git.commitAll(work, "a");
    git.must(work, "tag", "-a", "v1", "-m", "release");
    git.must(work, "push", "--quiet", "origin", "main", "main:dev", "v1");

    var mirror = git.clone(from, "mirror.git", "--mirror");
    git.must(mirror, "push", "--quiet", "--mirror", to);

    assertThat(git.must(work, "ls-remote", to)).isEqualTo(git.must(work, "ls-remote", from));
    assertThat(git.must(mirror, "fsck", "--full")).isEmpty();
  }

  @Test
  void givenManySmallFiles_whenPushed_thenTheyAreThere() throws Exception {
    var url = git.url(token, create("many"));
    var work = git.clone(url, "many");
    for (int i = 0; i < 5_000; i++) {
      Files.writeString(work.resolve("f" + i), "content of " + i);
    }
    git.commitAll(work, "5,000 files");

    git.must(work, "push", "--quiet");

    var other = git.clone(url, "many2", "--depth=1", "--filter=blob:none");
    assertThat(git.must(other, "ls-files").lines()).hasSizeGreaterThan(5_000);
    assertThat(other.resolve("f4999")).hasContent("content of 4999");
  }

  @Test
  void givenWhatGitMayNotHold_whenPushed_thenItIsNamedWithAHint() throws Exception {
    var work = git.clone(git.url(token, create("refused")), "refused");
    try (var file = new RandomAccessFile(work.resolve("big.txt").toFile(), "rw")) {
      file.setLength(30 << 20);
    }
    git.commitAll(work, "a large plain file");
    var large = git.run(work, "push");
    git.must(work, "reset", "--quiet", "--hard", "origin/main");
    var oid = "12".repeat(32);
    Files.writeString(
        work.resolve("lost.txt"),
        "version https://git-lfs.github.com/spec/v1\noid sha256:" + oid + "\nsize 5\n");
    git.commitAll(work, "a pointer without its bytes");
    var lost = git.run(work, "push", "--no-verify");

    assertThat(large.exitCode()).isNotZero();
    assertThat(large.standardError()).contains("big.txt", "Git LFS", "[remote rejected]");
    assertThat(lost.exitCode()).isNotZero();
    assertThat(lost.standardError()).contains("lost.txt", oid, "[remote rejected]");
  }

  @Test
  void givenBranchesAndTags_whenPushedForcedAndDeleted_thenBothKindsOfClientsAgree()
      throws Exception {
    var work = git.clone(git.url(token, create("refs")), "refs");
    Files.writeString(work.resolve("a"), "1");
    git.commitAll(work, "one");
    git.must(work, "push", "--quiet", "origin", "main", "main:old");
    git.must(work, "commit", "--quiet", "--amend", "-m", "rewritten");
    assertThat(git.run(work, "push").exitCode()).isNotZero();
    git.must(work, "push", "--quiet", "--force");
    git.must(work, "tag", "v1");
    git.must(work, "push", "--quiet", "origin", "v1", ":old");

    var refs = new String(stack.get("/api/models/admin/refs/refs", token).body(), UTF_8);
    var head = git.must(work, "rev-parse", "HEAD");

    assertThat(refs).contains(head, "refs/tags/v1").doesNotContain("refs/heads/old");
    var header = "http.extraHeader=Authorization: Bearer " + token;
    var url = git.url("", "admin/refs.git").replace("ann:@", "");
    assertThat(git.must(work, "-c", header, "ls-remote", url, "v1")).startsWith(head);
    git.must(work, "-c", header, "-c", "protocol.version=0", "fetch", "--depth=1", url, head);
  }

  @Test
  void givenAClientThatIsKilledInAPush_whenItPushesAgain_thenNothingWasHalfDone() throws Exception {
    var url = git.url(token, create("cut"));
    var work = git.clone(url, "cut");
    for (int i = 0; i < 20; i++) {
      Files.write(work.resolve("b" + i), TestFolder.bytes(new Random(i), 2_000_000));
    }
    Files.writeString(work.resolve(".gitattributes"), "");
    git.commitAll(work, "forty megabytes");
    var before = git.must(work, "ls-remote", url);

    for (long millis : new long[] {100, 300, 600}) {
      var push = git.start(work, "push", "--quiet");
      push.waitFor(millis, TimeUnit.MILLISECONDS);
      git.kill(push, work);
      var after = git.must(work, "ls-remote", url);
      assertThat(after).isIn(before, before.replaceAll("[0-9a-f]{40}", head(work)));
    }
    git.must(work, "push", "--quiet");

    git.must(git.clone(url, "cut2"), "fsck", "--full");
  }

  @Test
  void givenARelease_whenOnlyTheHistorySinceIsCloned_thenNoMoreComesAndItCanBePushedOn()
      throws Exception {
    var url = git.url(token, create("since"));
    var work = git.clone(url, "since");
    var ids = new ArrayList<String>();
    for (int i = 0; i < 6; i++) {
      Files.writeString(work.resolve("n.txt"), "n" + i);
      ids.add(git.commitAll(work, "n" + i));
      if (i == 2) {
        git.must(work, "tag", "-a", "v1", "-m", "release");
        TimeUnit.SECONDS.sleep(2);
      }
    }
    git.must(work, "push", "--quiet", "origin", "main", "v1");
    long since = Long.parseLong(git.must(work, "log", "-1", "--format=%ct", ids.get(3)));

    var behind = git.clone(url, "behind", "--shallow-exclude=v1");
    var later = git.clone(url, "later", "--shallow-since=" + since);

    for (var clone : List.of(behind, later)) {
      assertThat(git.must(clone, "rev-list", "--reverse", "HEAD").lines())
          .containsExactlyElementsOf(ids.subList(3, 6));
      assertThat(git.must(clone, "fsck", "--full")).isEmpty();
    }
    Files.writeString(later.resolve("m.txt"), "m");
    var head = git.commitAll(later, "from a shallow clone");
    git.must(later, "push", "--quiet");
    git.must(behind, "pull", "--quiet");
    assertThat(head(behind)).isEqualTo(head);
    git.must(behind, "fetch", "--quiet", "--unshallow");
    assertThat(git.must(behind, "rev-list", "HEAD").lines()).contains(ids.getFirst());
  }

  private String head(Path work) throws IOException, InterruptedException {
    return git.must(work, "rev-parse", "HEAD");
  }

  private String create(String name) throws IOException {
    var body = ("{\"name\":\"" + name + "\",\"private\":true}").getBytes(UTF_8);
    assertThat(stack.send("POST", "/api/repos/create", token, body).statusCode()).isEqualTo(200);
    return "admin/" + name;
  }

  private void hf(Client client, String... words) throws IOException, InterruptedException {
    var run = client.hf(stack, token, Map.of(), words);
    assertThat(run.exitCode()).as(run.output()).isZero();
  }
}
