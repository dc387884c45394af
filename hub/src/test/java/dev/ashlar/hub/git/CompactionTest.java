package dev.ashlar.hub.git;

import static dev.ashlar.hub.git.GitFixture.MAIN;
import static org.assertj.core.api.Assertions.assertThat;

import dev.ashlar.metadata.Columns;
import dev.ashlar.objectstore.ObjectKey;
import java.nio.file.Path;
import java.util.List;
import java.util.Map;
import org.eclipse.jgit.lib.ObjectId;
import org.eclipse.jgit.revwalk.RevWalk;
import org.eclipse.jgit.transport.ReceiveCommand;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

class CompactionTest {
  private static final long REPO = 3;
  private static final int COMMITS = GitRepositories.PACKS_MAX + 1;

  private GitFixture git;
  private ObjectId tip = ObjectId.zeroId();

  @BeforeEach
  void open(@TempDir Path folder) throws Exception {
    git = new GitFixture(folder);
    git.create(REPO);
    for (var i = 0; i < COMMITS; i++) {
      tip = git.commit(REPO, MAIN, "commit " + i, Map.of("a", "text " + i));
    }
  }

  @AfterEach
  void close() {
    git.close();
  }

  @Test
  void givenFewPacks_whenCompacted_thenNothingHappens() throws Exception {
    git.create(REPO + 1);
    git.commit(REPO + 1, MAIN, "one", Map.of("a", "1"));

    assertThat(git.repositories.compact(REPO + 1)).isFalse();
    assertThat(git.repositories.crowded(10)).containsExactly(REPO);
  }

  @Test
  void givenAReaderOfTheOldPacks_whenTheyAreMerged_thenItGoesOnAndOthersSeeOnePack()
      throws Exception {
    try (var reader = git.repositories.open(REPO)) {
      assertThat(reader.objects().getPacks()).hasSize(COMMITS);

      assertThat(git.repositories.compact(REPO)).isTrue();

      assertThat(historyLength(reader)).isEqualTo(COMMITS);
    }
    try (var repository = git.repositories.open(REPO)) {
      assertThat(repository.objects().getPacks()).hasSize(1);
      assertThat(historyLength(repository)).isEqualTo(COMMITS);
    }
    assertThat(git.repositories.crowded(10)).isEmpty();
    var queued = queued();
    assertThat(queued).hasSize(2 * COMMITS);
    for (var key : queued) {
      assertThat(git.store.bytes(new ObjectKey(key))).isPresent();
    }
    assertThat(count("select count(*) as n from deletion where due_at <= now()")).isZero();
    assertThat(count("select count(*) as n from upload_intent")).isZero();
  }

  @Test
  void givenAWriterThatBeganBefore_whenPacksAreMerged_thenItsCommitStillLands() throws Exception {
    try (var writer = git.repositories.open(REPO)) {
      var next = GitFixture.write(writer, "next", Map.of("a", "text 0", "b", "new"), tip);

      assertThat(git.repositories.compact(REPO)).isTrue();
      GitFixture.move(writer, tip, next, MAIN);
    }

    try (var repository = git.repositories.open(REPO)) {
      assertThat(historyLength(repository)).isEqualTo(COMMITS + 1);
      assertThat(repository.objects().getPacks()).hasSize(2);
    }
  }

  @Test
  void givenAnUpdateThatFailed_whenItsRepositoryIsClosed_thenItsPackIsGivenUp() throws Exception {
    try (var writer = git.repositories.open(REPO)) {
      var late = GitFixture.write(writer, "late", Map.of("b", "new"), tip);
      git.commit(REPO, MAIN, "faster", Map.of("a", "fast"));
      assertThat(GitFixture.move(writer, tip, late, MAIN).getResult())
          .isEqualTo(ReceiveCommand.Result.LOCK_FAILURE);
      assertThat(count("select count(*) as n from upload_intent")).isEqualTo(2);
    }

    assertThat(count("select count(*) as n from upload_intent")).isZero();
    assertThat(queued()).hasSize(2);
  }

  @Test
  void givenADroppedRepository_whenItsPacksAreLookedFor_thenTheyAreQueued() {
    git.database.change(tx -> git.repositories.drop(tx, REPO));

    assertThat(queued()).hasSize(2 * COMMITS);
    assertThat(count("select count(*) as n from hub_git_pack_file")).isZero();
  }

  private static int historyLength(HubRepository repository) throws Exception {
    try (var walk = new RevWalk(repository)) {
      walk.markStart(walk.parseCommit(repository.resolve(MAIN)));
      var length = 0;
      for (var commit : walk) {
        walk.parseBody(commit);
        repository.open(commit.getTree()).getBytes();
        length++;
      }
      return length;
    }
  }

  private List<String> queued() {
    return git.database.read(
        db ->
            db.createQuery("select storage_key from deletion")
                .execute()
                .map(row -> Columns.textOf(row, "storage_key"))
                .toList());
  }

  private long count(String sql) {
    return git.database.read(
        db ->
            db.createQuery(sql).execute().findFirst().map(r -> Columns.longOf(r, "n")).orElse(0L));
  }
}
