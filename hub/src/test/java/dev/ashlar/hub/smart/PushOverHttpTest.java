package dev.ashlar.hub.smart;

import static java.nio.charset.StandardCharsets.UTF_8;
import static org.assertj.core.api.Assertions.assertThat;

import dev.ashlar.core.hash.Sha256;
import dev.ashlar.hub.HubStand;
import dev.ashlar.hub.account.TokenScope;
import dev.ashlar.hub.git.GitRepositories;
import dev.ashlar.hub.tree.LfsPointer;
import dev.ashlar.metadata.Columns;
import dev.ashlar.metadata.Holds;
import java.io.IOException;
import java.io.RandomAccessFile;
import java.nio.file.Files;
import java.nio.file.Path;
import java.time.Instant;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import java.util.Random;
import java.util.concurrent.Executors;
import java.util.concurrent.Future;
import org.eclipse.jgit.lib.Constants;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;

class PushOverHttpTest {
  private static final Sha256 OID = Sha256.parse("ab".repeat(32));

  @TempDir Path folder;
  private GitStand stand;
  private Path work;

  @BeforeEach
  void start() throws IOException {
    stand = new GitStand(folder);
    work = stand.clone("work");
  }

  @AfterEach
  void stop() throws IOException {
    assertThat(stand.staged()).isZero();
    stand.close();
  }

  @Test
  void givenANewCommit_whenPushed_thenTheHubShowsItEverywhere() throws IOException {
    var id = stand.commit(work, "two", Map.of("README.md", "---\nlicense: mit\n---\n", "a/b", "b"));
    stand.git(work, "tag", "-a", "v1", "-m", "release");
    stand.git(work, "tag", "light");

    stand.git(work, "push", "--quiet", "origin", "main", "main:dev", "v1", "light");

    var info = HubStand.json(stand.hub.get("/api/models/ann/m", ""));
    assertThat(info.path("sha").asText()).isEqualTo(id);
    assertThat(info.path("tags").toString()).contains("license:mit");
    assertThat(stand.hub.get("/ann/m/resolve/v1/a/b", "").body()).asString(UTF_8).isEqualTo("b");
    assertThat(stand.refs())
        .contains(id + "\trefs/heads/dev", "refs/tags/v1", id + "\trefs/tags/light");
    stand.git(work, "push", "--quiet", "origin", ":dev", ":refs/tags/light");
    assertThat(stand.refs()).doesNotContain("refs/heads/dev").doesNotContain("refs/tags/light");
  }

  @Test
  void givenAClientThatNegotiatesFirst_whenItPushes_thenItLearnsWhatIsHere() throws IOException {
    stand.commit(work, "negotiated", Map.of("n.txt", "n"));

    var said = stand.git(work, "-c", "push.negotiate=true", "push", "origin", "main:negotiated");

    assertThat(said).contains("negotiated").doesNotContain("warning", "negotiation failed");
    stand.git(work, "push", "--quiet", "origin", ":negotiated");
  }

  @Test
  void givenARewrittenHistory_whenPushed_thenOnlyForceMovesTheBranch() throws IOException {
    stand.commit(work, "two", Map.of("a", "2"));
    stand.git(work, "push", "--quiet");
    stand.git(work, "commit", "--quiet", "--amend", "-m", "other");

    assertThat(stand.run(work, "push").exitCode()).isNotZero();
    stand.git(work, "push", "--quiet", "--force");

    assertThat(stand.refs()).contains(stand.git(work, "rev-parse", "HEAD") + "\trefs/heads/main");
  }

  @ParameterizedTest
  @CsvSource({
    ":refs/heads/main, the default branch cannot be deleted",
    "HEAD:refs/pr/1, a pull request is opened over HTTP",
    "HEAD:refs/convert/x, only branches",
    "HEAD:refs/notes/x, only branches",
    "HEAD:refs/heads/HEAD, is no name for a branch",
    "HEAD:refs/tags/0123456789012345678901234567890123456789, is no name for a tag",
    "HEAD^{tree}:refs/tags/tree, must name a commit"
  })
  void givenARefThatMayNotBe_whenPushed_thenTheReasonIsTold(String spec, String reason) {
    var before = stand.refs();

    var ran = stand.run(work, "push", "--force", "origin", spec);

    assertThat(ran.exitCode()).isNotZero();
    assertThat(ran.output()).contains("[remote rejected]").contains(reason);
    assertThat(stand.refs()).isEqualTo(before);
  }

  @Test
  void givenAPointer_whenItsBytesAreNotHere_thenItIsNamedAndOnceTheyAreItIsTaken()
      throws IOException {
    var pointer = new LfsPointer(OID, 0).text();
    stand.commit(work, "model", Map.of("deep/model.bin", pointer));

    var ran = stand.run(work, "push");

    assertThat(ran.exitCode()).isNotZero();
    assertThat(ran.output())
        .contains("deep/model.bin")
        .contains(OID.toString())
        .contains("git lfs push");
    stand.upload(OID);
    stand.git(work, "push", "--quiet");
    assertThat(kindOfHold()).isEqualTo("COMMITTED");
  }

  @Test
  void givenAPointerWithAnotherSize_whenPushed_thenItIsRefused() throws IOException {
    stand.upload(OID);
    stand.commit(work, "model", Map.of("model.bin", new LfsPointer(OID, 7).text()));

    var ran = stand.run(work, "push");

    assertThat(ran.output()).contains("has 0 bytes, the pointer says 7");
  }

  @Test
  void givenALargePlainFile_whenPushed_thenItIsNamedWithAHintAndSmallOnesGoThrough()
      throws IOException {
    try (var file = new RandomAccessFile(work.resolve("large.txt").toFile(), "rw")) {
      file.setLength(30 << 20);
    }
    stand.commitAll(work, "large");

    var ran = stand.run(work, "push");

    assertThat(ran.exitCode()).isNotZero();
    assertThat(ran.output())
        .contains("large.txt")
        .contains(stand.git(work, "rev-parse", "HEAD:large.txt"))
        .contains("Git LFS");
    stand.git(work, "rm", "--quiet", "large.txt");
    stand.git(work, "commit", "--quiet", "--amend", "--allow-empty", "-m", "none");
    stand.git(work, "push", "--quiet");
  }

  @ParameterizedTest
  @CsvSource({"'a\\b.txt', it has a backslash", "'bell\u0007.txt', it has a control character"})
  void givenABadName_whenPushed_thenItIsRefused(String name, String reason) throws IOException {
    stand.commit(work, "bad", Map.of("sub/" + name, "x"));

    var ran = stand.run(work, "push");

    assertThat(ran.exitCode()).isNotZero();
    assertThat(ran.output()).contains(reason).contains("sub/");
  }

  @Test
  void givenNamesThatDifferInCase_whenPushedOrCommitted_thenTheyAreRefused() throws IOException {
    stand.commit(work, "one", Map.of("Read.me", "x"));
    stand.git(work, "push", "--quiet");
    stand.commit(work, "clash", Map.of("read.ME", "y"));

    var ran = stand.run(work, "push");
    var answer = stand.hub.commit("/api/models/ann/m", stand.ann, "READ.me", "z");

    assertThat(ran.output()).contains("read.ME differs only in case from Read.me");
    stand.git(work, "reset", "--quiet", "--hard", "origin/main");
    stand.commit(work, "clash", Map.of("READ.ME", "y"));
    assertThat(stand.run(work, "push").output())
        .contains("READ.ME differs only in case from Read.me");
    assertThat(answer.statusCode()).isEqualTo(422);
    assertThat(HubStand.json(answer).path("error").asText()).contains("differs only in case");
  }

  @Test
  void givenASymbolicLinkAndASubmodule_whenPushed_thenTheyAreTakenAndTheTreeIsListed()
      throws IOException {
    Files.createSymbolicLink(work.resolve("link"), Path.of("README.md"));
    stand.git(work, "update-index", "--add", "--cacheinfo", "160000," + "1".repeat(40) + ",sub");
    stand.git(work, "add", "link");
    stand.git(work, "commit", "--quiet", "-m", "link");

    stand.git(work, "push", "--quiet");

    var tree = stand.hub.get("/api/models/ann/m/tree/main?recursive=1", "");
    assertThat(tree.statusCode()).isEqualTo(200);
    assertThat(HubStand.json(tree).toString()).contains("\"link\"").doesNotContain("\"sub\"");
  }

  @Test
  void givenABrokenCard_whenPushed_thenItIsTakenWithAWarning() throws IOException {
    stand.commit(work, "card", Map.of("README.md", "---\nlicense: [\n---\n"));

    assertThat(stand.git(work, "push")).contains("warning: README.md: YAML metadata error");
  }

  @Test
  void givenOneBadRefOfTwo_whenPushed_thenTheOtherMovesUnlessThePushIsAtomic() throws IOException {
    stand.commit(work, "good", Map.of("a", "2"));
    stand.git(work, "branch", "good");
    stand.commit(work, "bad", Map.of("b", new LfsPointer(OID, 0).text()));
    stand.git(work, "branch", "bad");

    assertThat(stand.run(work, "push", "--atomic", "origin", "good", "bad").exitCode()).isNotZero();
    assertThat(stand.refs()).doesNotContain("good").doesNotContain("bad");
    assertThat(stand.run(work, "push", "origin", "good", "bad").exitCode()).isNotZero();
    assertThat(stand.refs()).contains("refs/heads/good").doesNotContain("bad");
  }

  @Test
  void givenManyPushersAtOnce_whenEachPushesItsFiles_thenNoCommitIsLost() throws Exception {
    int pushers = 4;
    List<Future<?>> done = new ArrayList<>();
    try (var threads = Executors.newVirtualThreadPerTaskExecutor()) {
      for (int i = 0; i < pushers; i++) {
        var clone = stand.clone("clone" + i);
        var name = "file" + i;
        done.add(threads.submit(() -> pushUntilTaken(clone, name)));
      }
      for (var one : done) {
        one.get();
      }
    }

    stand.git(work, "pull", "--quiet", "--rebase");
    for (int i = 0; i < pushers; i++) {
      assertThat(work.resolve("file" + i)).hasContent("x");
    }
    stand.git(work, "fsck", "--full", "--strict");
  }

  private void pushUntilTaken(Path clone, String name) {
    try {
      stand.commit(clone, name, Map.of(name, "x"));
    } catch (IOException e) {
      throw new IllegalStateException(e);
    }
    for (int tries = 0; stand.run(clone, "push", "--quiet").exitCode() != 0; tries++) {
      assertThat(tries).isLessThan(20);
      stand.git(clone, "pull", "--quiet", "--rebase");
    }
  }

  @Test
  void givenPeopleWithoutTheRight_whenTheyPush_thenTheyAreToldSoBeforeTheySendAnything()
      throws IOException {
    stand.commit(work, "two", Map.of("a", "2"));
    var reader = stand.hub.user("ann", TokenScope.READ);
    var bob = stand.hub.user("bob", TokenScope.WRITE);

    var asReader = stand.run(work, "push", stand.url(reader), "main");
    var asBob = stand.run(work, "push", stand.url(bob), "main");
    var asNobody = stand.run(work, "push", stand.hub.base() + "/ann/m", "main");

    assertThat(asReader.output()).contains("This token has the role read").contains("403");
    assertThat(asBob.output()).contains("You do not have write access").contains("403");
    assertThat(asNobody.output()).contains("could not read Username");
    var header = "http.extraHeader=Authorization: Bearer " + stand.ann;
    stand.git(work, "-c", header, "push", "--quiet", stand.hub.base() + "/ann/m.git", "main");
  }

  @Test
  void givenAPullRequestOfAStranger_whenItsAuthorPushes_thenOnlyItsOwnRefMoves()
      throws IOException {
    var bob = stand.hub.user("bob", TokenScope.WRITE);
    var eve = stand.hub.user("eve", TokenScope.WRITE);
    var head = stand.git(work, "rev-parse", "HEAD");
    pull("bob", head);
    var wanted = stand.commit(work, "better", Map.of("a", "2"));

    var asEve = stand.run(work, "push", stand.url(eve), "HEAD:refs/pr/1");
    var toMain = stand.run(work, "push", stand.url(bob), "HEAD:refs/heads/main");
    stand.git(work, "push", "--quiet", stand.url(bob), "HEAD:refs/pr/1");

    assertThat(asEve.output()).contains("403");
    assertThat(toMain.output()).contains("[remote rejected]", "You do not have write access");
    assertThat(stand.refs()).contains(wanted + "\trefs/pr/1", head + "\trefs/heads/main");
  }

  @Test
  void givenAFileOfAPullRequest_whenOtherRefsArePushedToItsCommit_thenItIsHeldForThemToo()
      throws IOException {
    proposeAFile();
    openPull();
    assertThat(kindOfHold()).isEqualTo("COMMITTED");
    lapse(Instant.now().plusSeconds(600));
    assertThat(kindOfHold()).as("as if its pull request was deleted").isEqualTo("UPLOADED");

    stand.git(work, "push", "--quiet", "--force", "origin", "HEAD:refs/pr/2");
    assertThat(kindOfHold()).isEqualTo("COMMITTED");
    lapse(Instant.now().plusSeconds(600));
    assertThat(kindOfHold()).as("for pull requests alone").isEqualTo("UPLOADED");

    stand.git(work, "push", "--quiet", "origin", "HEAD:refs/pr/2", "HEAD:refs/heads/side");
    lapse(Instant.now().plusSeconds(600));
    assertThat(kindOfHold()).as("for a branch").isEqualTo("COMMITTED");
  }

  @Test
  void givenAFileOfAPullRequestThatEnded_whenABranchIsPushedToItsCommit_thenItIsRefused()
      throws IOException {
    proposeAFile();
    lapse(Instant.now().minusSeconds(1));

    var side = stand.run(work, "push", "origin", "HEAD:refs/heads/side");

    assertThat(side.exitCode()).isNotZero();
    assertThat(side.output()).contains("was not uploaded to this repository");
    assertThat(stand.refs()).doesNotContain("refs/heads/side");
  }

  /** Pushes a commit with a large file to pull request 1, and nowhere else. */
  private void proposeAFile() throws IOException {
    openPull();
    stand.upload(OID);
    stand.commit(work, "large", Map.of("a.bin", new LfsPointer(OID, 0).text()));
    stand.git(work, "push", "--quiet", "--force", "origin", "HEAD:refs/pr/1");
  }

  private void openPull() {
    var lines =
        String.join(
            "\n",
            stand.hub.line("header", Map.of("summary", "another")),
            stand.hub.line("file", Map.of("path", "x", "content", "x", "encoding", "utf-8")));
    var answer =
        stand.hub.send(
            "POST",
            "/api/models/ann/m/commit/main?create_pr=1",
            lines.getBytes(UTF_8),
            "Authorization",
            "Bearer " + stand.ann);
    assertThat(answer.statusCode()).isEqualTo(200);
  }

  private void lapse(Instant expires) {
    stand.hub.database.change(tx -> Holds.lapse(tx, stand.repoId(), List.of(OID), expires));
  }

  /** Opens pull request 1 as the user, at this commit. */
  private void pull(String user, String head) {
    stand.git(work, "push", "--quiet", "origin", head + ":refs/heads/pull");
    long repoId = stand.repoId();
    stand.hub.database.change(
        tx -> {
          tx.createUpdate("UPDATE hub_git_ref SET name = 'refs/pr/1' WHERE name LIKE '%/pull'")
              .execute();
          tx.createInsert(
                  """
                  WITH opened AS (
                    INSERT INTO hub_discussion
                           (repo_id, num, title, status, is_pull, author_id, created_at)
                    SELECT :repo, 1, 'better', 'open', true, u.id, now()
                      FROM hub_user u JOIN hub_namespace n ON n.id = u.id
                     WHERE n.name = :name
                    RETURNING id)
                  INSERT INTO hub_pull (discussion_id, base, head)
                  SELECT id, 'main', decode(:head, 'hex') FROM opened
                  """)
              .addParam("repo", repoId)
              .addParam("name", user)
              .addParam("head", head)
              .execute();
        });
  }

  @Test
  void givenAMirror_whenPushedIntoANewRepository_thenRefsAndIdsAreTheSame() throws IOException {
    stand.commit(work, "two", Map.of("a", "2"));
    stand.git(work, "tag", "-a", "v1", "-m", "release");
    stand.git(work, "push", "--quiet", "origin", "main", "main:dev", "v1");
    stand.hub.create(stand.ann, "model", "copy");
    var mirror = stand.clone("mirror.git", "--mirror");

    var copy = stand.url(stand.ann).replace("/ann/m", "/ann/copy");
    stand.git(mirror, "push", "--quiet", "--mirror", copy);

    assertThat(stand.git(mirror, "ls-remote", copy)).isEqualTo(stand.refs());
  }

  @Test
  void givenALargePush_whenItComesInChunksAfterAsking_thenItIsTaken() throws IOException {
    for (int i = 0; i < 40; i++) {
      var bytes = new byte[200_000];
      new Random(i).nextBytes(bytes);
      Files.write(work.resolve("part" + i), bytes);
    }
    stand.commitAll(work, "eight megabytes");

    stand.git(work, "-c", "http.extraHeader=Expect: 100-continue", "push", "--quiet");

    var clone = stand.clone("again");
    stand.git(clone, "fsck", "--full");
    assertThat(clone.resolve("part39")).hasSize(200_000);
  }

  @Test
  void givenManyPushes_whenTheirPacksAreMerged_thenACloneHasEverything() throws IOException {
    var type = "application/x-git-receive-pack-request";
    for (int i = 0; i <= GitRepositories.PACKS_MAX; i++) {
      var pack = new RawPack();
      var file = RawPack.line("100644", "f" + i, pack.blob("text " + i));
      var id = pack.commit(pack.add(Constants.OBJ_TREE, file));
      var body = RawPack.push("refs/heads/b" + i, id, pack.bytes(0));
      var answer =
          stand.hub.send(
              "POST",
              "/ann/m/git-receive-pack",
              body,
              "Authorization",
              "Bearer " + stand.ann,
              "Content-Type",
              type);
      assertThat(answer.body()).asString(UTF_8).contains("ok refs/heads/b" + i);
    }
    stand.hub.hub.mergePacks();

    var mirror = stand.clone("mirror.git", "--mirror");
    assertThat(stand.git(mirror, "fsck", "--full")).isEmpty();
    assertThat(stand.git(mirror, "for-each-ref").lines()).hasSize(GitRepositories.PACKS_MAX + 2);
  }

  private String kindOfHold() {
    return stand.hub.database.read(
        db ->
            db.createGet("SELECT kind FROM file_grant WHERE repo_id = :repo")
                .addParam("repo", stand.repoId())
                .execute()
                .map(row -> Columns.textOf(row, "kind"))
                .orElseThrow());
  }
}
