package dev.ashlar.hub.smart;

import static java.nio.charset.StandardCharsets.ISO_8859_1;
import static java.nio.charset.StandardCharsets.UTF_8;
import static org.assertj.core.api.Assertions.assertThat;

import dev.ashlar.hub.HubStand;
import dev.ashlar.hub.account.TokenScope;
import java.io.ByteArrayOutputStream;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.Map;
import java.util.zip.GZIPOutputStream;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;

class FetchOverHttpTest {
  private static final String REFS = "/ann/m/info/refs?service=git-upload-pack";

  @TempDir Path folder;
  private GitStand stand;

  @BeforeEach
  void start() throws IOException {
    stand = new GitStand(folder);
    for (var content : new String[] {"1", "2", "3"}) {
      stand.hub.commit("/api/models/ann/m", stand.ann, "a.txt", content);
    }
    stand.hub.commit("/api/models/ann/m", stand.ann, "deep/b.txt", "b");
  }

  @AfterEach
  void stop() {
    stand.close();
  }

  @ParameterizedTest
  @ValueSource(strings = {"0", "1", "2"})
  void givenCommitsOverHttp_whenGitClones_thenItHasThemInEveryProtocolVersion(String version) {
    var clone = stand.clone("full", "-c", "protocol.version=" + version);

    assertThat(stand.git(clone, "fsck", "--full", "--strict")).doesNotContain("error", "missing");
    assertThat(stand.git(clone, "rev-list", "--count", "HEAD")).isEqualTo("5");
    assertThat(clone.resolve("deep/b.txt")).hasContent("b");
    assertThat(stand.git(clone, "symbolic-ref", "refs/remotes/origin/HEAD"))
        .isEqualTo("refs/remotes/origin/main");
    stand.hub.commit("/api/models/ann/m", stand.ann, "a.txt", "4");
    stand.git(clone, "-c", "protocol.version=" + version, "pull", "--quiet");
    assertThat(clone.resolve("a.txt")).hasContent("4");
  }

  @ParameterizedTest
  @ValueSource(strings = {"", ".git"})
  void givenAKernel_whenGitClonesAndPushes_thenItsAddressHasThePrefix(String ending)
      throws IOException {
    stand.hub.create(stand.ann, "kernel", "flash");
    stand.hub.commit("/api/kernels/ann/flash", stand.ann, "build/a.py", "x = 1");
    var url = stand.url(stand.ann).replace("/ann/m", "/kernels/ann/flash" + ending);

    stand.git(folder, "clone", "--quiet", url, "kernel");

    var clone = folder.resolve("kernel");
    assertThat(clone.resolve("build/a.py")).hasContent("x = 1");
    stand.commit(clone, "two", Map.of("build/b.py", "y = 2"));
    stand.git(clone, "push", "--quiet");
    assertThat(stand.hub.get("/kernels/ann/flash/resolve/main/build/b.py", "").body())
        .asString(UTF_8)
        .isEqualTo("y = 2");
  }

  @Test
  void givenAHistory_whenAPartOfItIsAskedFor_thenNoMoreComes() {
    var clone = stand.clone("thin", "--depth=1", "--filter=blob:none");

    assertThat(stand.git(clone, "rev-list", "--count", "HEAD")).isEqualTo("1");
    assertThat(clone.resolve("a.txt")).hasContent("3");
    stand.git(clone, "fetch", "--quiet", "--deepen=2");
    assertThat(stand.git(clone, "rev-list", "--count", "HEAD")).isEqualTo("3");
    stand.git(clone, "fetch", "--quiet", "--depth=4");
    assertThat(stand.git(clone, "rev-list", "--count", "HEAD")).isEqualTo("4");
    stand.git(clone, "fetch", "--quiet", "--unshallow");
    assertThat(stand.git(clone, "rev-list", "--count", "HEAD")).isEqualTo("5");
    assertThat(stand.git(clone, "show", "HEAD~2:a.txt")).isEqualTo("2");
  }

  /** Six more commits, one a day, each with a tag {@code d1} and so on. */
  private void days() throws IOException {
    var work = stand.clone("days");
    for (int day = 1; day <= 6; day++) {
      Files.writeString(work.resolve("day.txt"), "day " + day);
      stand.commitAt(work, "day " + day, "2033-05-0" + day + "T12:00:00Z");
      stand.git(work, "tag", "d" + day);
    }
    stand.git(work, "push", "--quiet", "--tags", "origin", "main");
  }

  @Test
  void givenAHistory_whenItIsAskedForSinceATime_thenOnlyNewerCommitsCome() throws IOException {
    days();

    var clone = stand.clone("since", "--shallow-since=2033-05-04T00:00:00Z");

    assertThat(stand.git(clone, "log", "--format=%s")).isEqualTo("day 6\nday 5\nday 4");
    stand.git(clone, "fetch", "--quiet", "--shallow-since=2033-05-02T00:00:00Z");
    assertThat(stand.git(clone, "log", "--format=%s"))
        .isEqualTo("day 6\nday 5\nday 4\nday 3\nday 2");
    stand.git(clone, "fetch", "--quiet", "--unshallow");
    assertThat(stand.git(clone, "rev-list", "--count", "HEAD")).isEqualTo("11");
    assertThat(stand.git(clone, "fsck", "--full", "--strict")).doesNotContain("error", "missing");
  }

  @Test
  void givenAHistory_whenItIsAskedForWithoutThatOfARef_thenTheRestComes() throws IOException {
    days();

    var clone = stand.clone("without", "--shallow-exclude=d4");

    assertThat(stand.git(clone, "log", "--format=%s")).isEqualTo("day 6\nday 5");
    stand.git(clone, "fetch", "--quiet", "--shallow-exclude=refs/tags/d2");
    assertThat(stand.git(clone, "log", "--format=%s")).isEqualTo("day 6\nday 5\nday 4\nday 3");
    assertThat(stand.git(clone, "fsck", "--full", "--strict")).doesNotContain("error", "missing");
  }

  @Test
  void givenNothingToSend_whenAPartIsAskedFor_thenGitSaysWhy() throws IOException {
    days();
    var clone = stand.clone("thin", "--depth=1");

    assertThat(refusal(clone, "--shallow-since=2036-01-01"))
        .contains("remote error: No commits selected");
    assertThat(refusal(clone, "--shallow-since=2040-01-01"))
        .contains("remote error: --shallow-since: times after 2038-01-19");
    assertThat(refusal(clone, "--shallow-exclude=d6")).contains("remote error: No commits");
    assertThat(refusal(clone, "--shallow-exclude=none")).contains("remote error: Invalid ref name");
    for (var option : new String[] {"--shallow-since=2033-05-04", "--shallow-exclude=d4"}) {
      var words = new String[] {"-c", "protocol.version=0", "fetch", option};
      assertThat(stand.run(clone, words).output())
          .contains("Server does not support " + option.split("=", 2)[0]);
    }
  }

  private String refusal(Path clone, String option) {
    var ran = stand.run(clone, "fetch", option);
    assertThat(ran.exitCode()).isNotZero();
    return ran.output();
  }

  @Test
  void givenACommitId_whenItIsFetched_thenItComesWithoutARef() {
    var clone = stand.clone("full");
    var old = stand.git(clone, "rev-parse", "HEAD~2");
    stand.git(folder, "init", "--quiet", "bare", "--bare");

    for (var version : new String[] {"0", "2"}) {
      var bare = folder.resolve("bare");
      stand.git(
          bare, "-c", "protocol.version=" + version, "fetch", "--depth=1", stand.url(""), old);
      assertThat(stand.git(bare, "rev-parse", "FETCH_HEAD")).isEqualTo(old);
    }
  }

  @Test
  void givenAPullRequest_whenCloned_thenOnlyWhoAsksForItGetsIt() throws IOException {
    var clone = stand.clone("full");
    var pull = stand.commit(clone, "proposal", Map.of("p.txt", "p"));
    stand.git(clone, "push", "--quiet", "origin", "HEAD:refs/heads/proposal");
    stand.hub.database.change(
        tx ->
            tx.createUpdate(
                    "UPDATE hub_git_ref SET name = 'refs/pr/1' WHERE name = 'refs/heads/proposal'")
                .execute());

    var other = stand.clone("other");
    assertThat(stand.git(other, "for-each-ref", "--format=%(refname)")).doesNotContain("pr/1");
    assertThat(stand.run(other, "cat-file", "-e", pull).exitCode()).isNotZero();
    for (var version : new String[] {"0", "2"}) {
      assertThat(stand.git(other, "-c", "protocol.version=" + version, "ls-remote", "origin"))
          .contains(pull + "\trefs/pr/1");
    }
    stand.git(other, "fetch", "--quiet", "origin", "refs/pr/1:refs/heads/pr");
    assertThat(stand.git(other, "rev-parse", "pr")).isEqualTo(pull);
  }

  @Test
  void givenNobody_whenAskingForPublicAndHiddenThings_thenOnlyTheHiddenNeedAToken() {
    stand.hub.sendJson(
        "POST",
        "/api/repos/create",
        stand.ann,
        Map.of("name", "hidden", "type", "model", "private", true));
    stand.hub.user("bob", TokenScope.READ);
    var bob = stand.hub.user("bob", TokenScope.READ);

    var open = stand.hub.get(REFS, "");
    assertThat(open.statusCode()).isEqualTo(200);
    assertThat(HubStand.header(open, "Content-Type"))
        .isEqualTo("application/x-git-upload-pack-advertisement");
    assertThat(HubStand.header(open, "Cache-Control")).isEqualTo("no-cache");
    assertThat(new String(open.body(), UTF_8)).startsWith("001e# service=git-upload-pack\n0000");
    for (var path : new String[] {"/ann/hidden/", "/ann/nothing/", "/ann/nothing.git/"}) {
      var refs = path + "info/refs?service=git-upload-pack";
      var strange = stand.hub.get(refs, "");
      assertThat(strange.statusCode()).isEqualTo(401);
      assertThat(HubStand.header(strange, "WWW-Authenticate")).isEqualTo("Basic realm=\"Hub\"");
      assertThat(stand.hub.get(refs, bob).statusCode()).isEqualTo(404);
    }
    assertThat(stand.hub.get(REFS, "hf_wrong").statusCode()).isEqualTo(401);
    assertThat(stand.hub.get("/ann/hidden/HEAD", stand.ann).body())
        .asString(UTF_8)
        .isEqualTo("ref: refs/heads/main\n");
    assertThat(stand.hub.get("/ann/m/info/refs", "").statusCode()).isEqualTo(403);
  }

  @Test
  void givenADataset_whenAskedForAsAModelWithDotGit_thenItIsFound() {
    stand.hub.create(stand.ann, "dataset", "d");

    assertThat(stand.git(folder, "ls-remote", stand.hub.base() + "/datasets/ann/d"))
        .contains("refs/heads/main");
    assertThat(stand.git(folder, "ls-remote", stand.hub.base() + "/ann/d.git"))
        .contains("refs/heads/main");
    assertThat(stand.git(folder, "ls-remote", stand.hub.base() + "/models/ann/m.git"))
        .contains("refs/heads/main");
    assertThat(stand.run(folder, "ls-remote", stand.hub.base() + "/ann/d").exitCode()).isNotZero();
  }

  @Test
  void givenARepositoryThatWasMoved_whenItsOldNameIsUsed_thenGitFollows() throws IOException {
    var clone = stand.clone("full");
    var moved = Map.of("fromRepo", "ann/m", "toRepo", "ann/n", "type", "model");
    assertThat(stand.hub.sendJson("POST", "/api/repos/move", stand.ann, moved).statusCode())
        .isEqualTo(200);

    stand.commit(clone, "new", Map.of("n.txt", "n"));
    stand.git(clone, "push", "--quiet");

    assertThat(stand.git(clone, "ls-remote", "origin", "main"))
        .contains(stand.git(clone, "rev-parse", "HEAD"));
  }

  @Test
  void givenOverlappingPrefixes_whenRefsAreListed_thenEachComesOnce() {
    var lines = "0014command=ls-refs\n0001" + "0013ref-prefix refs".repeat(500) + "0000";

    assertThat(post(lines)).containsOnlyOnce("refs/heads/main");
  }

  @Test
  void givenSidebandAll_whenFetched_thenWordsAndErrorsComeInTheBandToo() {
    var head = HubStand.json(stand.hub.get("/api/models/ann/m", "")).path("sha").asText();
    var want = "0011command=fetch0001" + "0010sideband-all" + "0008done" + "0032want %s\n0000";

    var good = post(want.formatted(head));
    var lost = post(want.formatted("1".repeat(40)));

    assertThat(good).contains("\u0001packfile\n", "PACK");
    assertThat(lost).contains("ERR ").doesNotContain("packfile");
  }

  private String post(String lines) {
    var answer =
        stand.hub.send(
            "POST",
            "/ann/m/git-upload-pack",
            lines.getBytes(UTF_8),
            "Content-Type",
            "application/x-git-upload-pack-request",
            "Git-Protocol",
            "version=2");
    assertThat(answer.statusCode()).isEqualTo(200);
    return new String(answer.body(), ISO_8859_1);
  }

  @Test
  void givenAGzippedRequest_whenPosted_thenItIsUnderstood() throws IOException {
    var lines = "0014command=ls-refs\n00010009peel\n000csymrefs\n0000";
    var bytes = new ByteArrayOutputStream();
    try (var gzip = new GZIPOutputStream(bytes)) {
      gzip.write(lines.getBytes(UTF_8));
    }

    var answer =
        stand.hub.send(
            "POST",
            "/ann/m/git-upload-pack",
            bytes.toByteArray(),
            "Content-Type",
            "application/x-git-upload-pack-request",
            "Content-Encoding",
            "gzip",
            "Git-Protocol",
            "version=2");

    assertThat(answer.statusCode()).isEqualTo(200);
    assertThat(answer.body()).asString(UTF_8).contains("HEAD symref-target:refs/heads/main");
  }

  @Test
  void givenWrongRequests_whenPosted_thenTheyAreRefusedAndNothingIsLeftBehind() throws IOException {
    var type = "application/x-git-upload-pack-request";
    for (var body :
        new String[] {
          "0032want " + "1".repeat(40) + "\n00000009done\n",
          "0014command=ls-refz\n0000",
          "zzzz",
          "0012command=fetch\n0001" + "0013deepen-relative" + "000cdeepen x0000",
          "0012command=fetch\n0001" + "0013deepen-relative",
          "0012command=fetch\n0001" + "0012deepen-since x0000",
          "0014command=ls-refs\n0001" + "0010ref-prefix r".repeat(2_001) + "0000",
          "0012command=fetch\n0001" + "0032want "
        }) {
      var answer =
          stand.hub.send(
              "POST",
              "/ann/m/git-upload-pack",
              body.getBytes(UTF_8),
              "Content-Type",
              type,
              "Git-Protocol",
              "version=2");
      var text = new String(answer.body(), UTF_8);
      assertThat(answer.statusCode() == 400 || text.contains("ERR ")).as(body + text).isTrue();
    }
    assertThat(stand.hub.send("POST", "/ann/m/git-upload-pack", new byte[1]).statusCode())
        .isEqualTo(415);
    assertThat(stand.staged()).isZero();
  }
}
