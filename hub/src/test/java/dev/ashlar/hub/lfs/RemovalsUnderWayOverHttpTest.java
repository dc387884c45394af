package dev.ashlar.hub.lfs;

import static dev.ashlar.hub.lfs.LfsRepo.REPO;
import static dev.ashlar.hub.lfs.LfsRepo.column;
import static dev.ashlar.hub.lfs.LfsRepo.oid;
import static dev.ashlar.hub.lfs.LfsRepo.small;
import static java.nio.charset.StandardCharsets.UTF_8;
import static org.assertj.core.api.Assertions.assertThat;

import dev.ashlar.hub.HubStand;
import dev.ashlar.hub.account.TokenScope;
import java.net.http.HttpResponse;
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

/** Removals of LFS objects, and the commits and refs that are under way meanwhile. */
class RemovalsUnderWayOverHttpTest {
  private HubStand stand;
  private String ada;
  private LfsRepo repo;

  @BeforeEach
  void open(@TempDir Path staging) {
    stand = new HubStand(staging);
    ada = stand.user("ada", TokenScope.WRITE);
    repo = new LfsRepo(stand, ada);
  }

  @AfterEach
  void close() {
    stand.close();
  }

  @Test
  void givenARefThatComesWhileHistoryIsWrittenAnew_whenItIsDone_thenThatRefHasTheFileNoMoreEither()
      throws Exception {
    repo.commit("main", repo.large("a.bin", 1), small("p.txt", "x"));
    long repoId = repo.id();

    try (var threads = Executors.newVirtualThreadPerTaskExecutor()) {
      var removal =
          stand.database.transact(
              tx -> {
                tx.get("SELECT repo_id FROM hub_git_repo WHERE repo_id = ? FOR UPDATE", repoId);
                var asked = threads.submit(() -> repo.remove(true, oid(1)).statusCode());
                stand.awaitLocks(1, asked);
                tx.createInsert(
                        """
                        INSERT INTO hub_git_ref (repo_id, name, oid)
                        SELECT repo_id, 'refs/heads/late', oid FROM hub_git_ref
                         WHERE repo_id = :repo AND name = 'refs/heads/main'
                        """)
                    .addParam("repo", repoId)
                    .execute();
                return asked;
              });

      assertThat(removal.get()).isEqualTo(200);
    }

    assertThat(repo.tree("main")).contains("p.txt").doesNotContain("a.bin");
    assertThat(repo.tree("late")).contains("p.txt").doesNotContain("a.bin");
  }

  @ParameterizedTest
  @ValueSource(booleans = {false, true})
  void givenACommitUnderWay_whenTheFileThatItNamesIsRemovedFirst_thenItIsRefused(boolean rewrites)
      throws Exception {
    repo.commit("main", repo.large("a.bin", 1));
    var head = repo.sha("main");
    var line = repo.large("b.bin", 1);

    var commit = afterRemoval(rewrites, () -> repo.tryCommit("main", line));

    assertThat(commit.statusCode()).as(new String(commit.body(), UTF_8)).isEqualTo(409);
    assertThat(repo.tree("main")).doesNotContain("b.bin");
    assertThat(repo.sha("main").equals(head)).isEqualTo(!rewrites);
    assertThat(column(repo.list(), "oid")).isEmpty();
  }

  @Test
  void givenABranchUnderWay_whenItsHistoryIsWrittenAnewFirst_thenItIsRefusedUntilTriedAgain()
      throws Exception {
    repo.commit("main", repo.large("a.bin", 1), small("p.txt", "x"));
    Callable<HttpResponse<byte[]>> branch =
        () -> stand.sendJson("POST", REPO + "/branch/late", ada, Map.of());

    var refused = afterRemoval(true, branch);
    assertThat(refused.statusCode()).as(new String(refused.body(), UTF_8)).isEqualTo(409);
    assertThat(branch.call().statusCode()).isEqualTo(200);

    assertThat(repo.tree("late")).contains("p.txt").doesNotContain("a.bin");
  }

  @Test
  void givenAPullRequestUnderWay_whenItsHistoryIsWrittenAnewFirst_thenItIsRefusedUntilTriedAgain()
      throws Exception {
    repo.commit("main", repo.large("a.bin", 1), small("p.txt", "x"));
    Callable<HttpResponse<byte[]>> pull =
        () -> repo.tryCommit("main?create_pr=1", small("q.txt", "y"));

    var refused = afterRemoval(true, pull);
    assertThat(refused.statusCode()).as(new String(refused.body(), UTF_8)).isEqualTo(409);
    assertThat(pull.call().statusCode()).isEqualTo(200);

    assertThat(repo.tree("refs%2Fpr%2F1")).contains("p.txt").doesNotContain("a.bin");
  }

  /** Asks when a removal of the first object waits for the repository already; the answer. */
  private HttpResponse<byte[]> afterRemoval(boolean rewrites, Callable<HttpResponse<byte[]>> call)
      throws Exception {
    try (var threads = Executors.newVirtualThreadPerTaskExecutor()) {
      long repoId = repo.id();
      Callable<HttpResponse<byte[]>> remove = () -> repo.remove(rewrites, oid(1));
      var answers =
          stand.database.transact(
              tx -> {
                tx.get("SELECT repo_id FROM hub_git_repo WHERE repo_id = ? FOR UPDATE", repoId);
                var removal = threads.submit(remove);
                stand.awaitLocks(1, removal);
                var asked = threads.submit(call);
                stand.awaitLocks(2, asked);
                return List.of(removal, asked);
              });
      assertThat(answers.getFirst().get().statusCode()).isEqualTo(200);
      return answers.getLast().get();
    }
  }
}
