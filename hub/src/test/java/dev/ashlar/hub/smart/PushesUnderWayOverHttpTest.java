package dev.ashlar.hub.smart;

import static org.assertj.core.api.Assertions.assertThat;

import dev.ashlar.core.hash.Sha256;
import dev.ashlar.hub.tree.LfsPointer;
import dev.ashlar.metadata.AwaitedFiles;
import java.io.IOException;
import java.nio.file.Path;
import java.util.List;
import java.util.Map;
import java.util.concurrent.Executors;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

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
}
