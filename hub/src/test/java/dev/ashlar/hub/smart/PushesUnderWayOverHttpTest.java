package dev.ashlar.hub.smart;

import static java.nio.charset.StandardCharsets.UTF_8;
import static org.assertj.core.api.Assertions.assertThat;

import dev.ashlar.core.hash.Sha256;
import dev.ashlar.hub.tree.LfsPointer;
import dev.ashlar.metadata.AwaitedFiles;
import java.io.IOException;
import java.nio.file.Path;
import java.util.List;
import java.util.Map;
import java.util.concurrent.Callable;
import java.util.concurrent.Executors;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;

/** Pushes that are under way while large files are removed: they do not bring them back. */
class PushesUnderWayOverHttpTest {
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
  void givenAPushUnderWay_whenTheFileThatItNamesIsRemovedFirst_thenItIsRefused() throws Exception {
    stand.upload(OID);
    stand.commit(work, "model", Map.of("model.bin", new LfsPointer(OID, 0).text()));
    var before = stand.refs();
    long repo = stand.repoId();

    try (var threads = Executors.newVirtualThreadPerTaskExecutor()) {
      var push =
          stand.hub.database.transact(
              tx -> {
                tx.get("SELECT repo_id FROM hub_git_repo WHERE repo_id = ? FOR UPDATE", repo);
                var asked = threads.submit(() -> stand.run(work, "push"));
                stand.hub.awaitLocks(1, asked);
                AwaitedFiles.letGo(tx, repo, List.of(OID));
                return asked;
              });

      assertThat(push.get().exitCode()).isNotZero();
      assertThat(push.get().output()).contains("removed from the repository meanwhile");
    }
    assertThat(stand.refs()).isEqualTo(before);
  }

  @ParameterizedTest
  @ValueSource(strings = {"origin/main", "HEAD"})
  void givenAPushOfANewBranchUnderWay_whenHistoryIsWrittenAnewFirst_thenItIsRefused(String commit)
      throws Exception {
    pushAFileAndCommitAnother();
    Callable<String> push =
        () -> stand.run(work, "push", "origin", commit + ":refs/heads/late").output();

    var said = whileLocked(this::removeFromHistory, push);

    assertThat(said.getFirst()).isEqualTo("200");
    assertThat(said.getLast()).contains("[remote rejected]", "written anew meanwhile");
    assertThat(push.call()).as("tried again").contains("a.bin", "was not uploaded");
    assertThat(stand.refs()).doesNotContain("refs/heads/late");
    assertThat(tree("main")).contains("p.txt").doesNotContain("a.bin");
    stand.git(work, "fetch", "--quiet");
    stand.git(work, "rebase", "--quiet", "--onto", "origin/main", "HEAD^");
    stand.git(work, "push", "--quiet", "origin", "HEAD:refs/heads/late");
    assertThat(tree("late")).contains("p.txt", "q.txt").doesNotContain("a.bin");
  }

  @ParameterizedTest
  @ValueSource(strings = {"origin/main", "HEAD"})
  void givenAPushOfANewBranchUnderWay_whenItIsTakenBeforeHistoryIsWrittenAnew_thenItIsToo(
      String commit) throws Exception {
    pushAFileAndCommitAnother();
    Callable<String> push =
        () -> stand.git(work, "push", "--quiet", "origin", commit + ":refs/heads/late");

    var said = whileLocked(push, this::removeFromHistory);

    assertThat(said.getLast()).isEqualTo("200");
    assertThat(tree("main")).contains("p.txt").doesNotContain("a.bin");
    assertThat(tree("late")).contains("p.txt").doesNotContain("a.bin");
    assertThat(tree("late").contains("q.txt")).isEqualTo(commit.equals("HEAD"));
  }

  /** Leaves a large file on the hub's main branch, and a commit after it in the work tree alone. */
  private void pushAFileAndCommitAnother() throws IOException {
    stand.upload(OID);
    stand.commit(work, "model", Map.of("a.bin", new LfsPointer(OID, 0).text(), "p.txt", "p"));
    stand.git(work, "push", "--quiet");
    stand.commit(work, "next", Map.of("q.txt", "q"));
  }

  /** Removes the large file from all commits; the status of the answer. */
  private String removeFromHistory() {
    var asked = Map.of("sha", List.of(OID.toString()), "rewriteHistory", true);
    var path = "/api/models/ann/m/lfs-files/batch";
    var answer = stand.hub.sendJson("POST", path, stand.ann, Map.of("deletions", asked));
    return String.valueOf(answer.statusCode());
  }

  /**
   * Lets one and then the other wait for the repository, which they get in this order; the answers.
   */
  private List<String> whileLocked(Callable<String> first, Callable<String> second)
      throws Exception {
    long repo = stand.repoId();
    try (var threads = Executors.newVirtualThreadPerTaskExecutor()) {
      var asked =
          stand.hub.database.transact(
              tx -> {
                tx.get("SELECT repo_id FROM hub_git_repo WHERE repo_id = ? FOR UPDATE", repo);
                var one = threads.submit(first);
                stand.hub.awaitLocks(1, one);
                var other = threads.submit(second);
                stand.hub.awaitLocks(2, other);
                return List.of(one, other);
              });
      return List.of(asked.getFirst().get(), asked.getLast().get());
    }
  }

  private String tree(String revision) {
    var answer = stand.hub.get("/api/models/ann/m/tree/" + revision + "?recursive=1", "");
    assertThat(answer.statusCode()).isEqualTo(200);
    return new String(answer.body(), UTF_8);
  }
}
