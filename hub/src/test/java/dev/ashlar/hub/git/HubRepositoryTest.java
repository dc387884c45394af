package dev.ashlar.hub.git;

import static dev.ashlar.hub.git.GitFixture.MAIN;
import static java.nio.charset.StandardCharsets.UTF_8;
import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import dev.ashlar.core.problem.Problem.Conflict;
import dev.ashlar.core.problem.Problem.Missing;
import dev.ashlar.core.problem.Problem.Stale;
import dev.ashlar.core.problem.ProblemException;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import java.util.concurrent.Callable;
import java.util.concurrent.CyclicBarrier;
import java.util.concurrent.Executors;
import org.eclipse.jgit.lib.Constants;
import org.eclipse.jgit.lib.ObjectId;
import org.eclipse.jgit.lib.PersonIdent;
import org.eclipse.jgit.lib.RefUpdate;
import org.eclipse.jgit.lib.TagBuilder;
import org.eclipse.jgit.revwalk.RevWalk;
import org.eclipse.jgit.transport.ReceiveCommand;
import org.eclipse.jgit.transport.ReceiveCommand.Result;
import org.eclipse.jgit.treewalk.TreeWalk;
import org.junit.jupiter.api.AfterAll;
import org.junit.jupiter.api.BeforeAll;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.TestInstance;
import org.junit.jupiter.api.io.TempDir;

@TestInstance(TestInstance.Lifecycle.PER_CLASS)
class HubRepositoryTest {
  private GitFixture git;
  private long repoId;

  @BeforeAll
  void open(@TempDir Path folder) throws Exception {
    git = new GitFixture(folder);
  }

  @AfterAll
  void close() {
    git.close();
  }

  @BeforeEach
  void create() {
    git.create(++repoId);
  }

  @Test
  void givenACommit_whenTheRepositoryIsOpenedAgain_thenItsFilesAreThere() throws Exception {
    var files = Map.of("README.md", "hello", "deep/er/a.txt", "a", "deep/b.txt", "b");
    var commit = git.commit(repoId, MAIN, "first", files);

    try (var repository = git.repositories.open(repoId);
        var walk = new RevWalk(repository);
        var tree = new TreeWalk(repository)) {
      assertThat(repository.resolve(Constants.HEAD)).isEqualTo(commit);
      tree.addTree(walk.parseCommit(commit).getTree());
      tree.setRecursive(true);
      var read = new ArrayList<String>();
      while (tree.next()) {
        var blob = repository.open(tree.getObjectId(0), Constants.OBJ_BLOB).getBytes();
        read.add(tree.getPathString() + "=" + new String(blob, UTF_8));
      }
      assertThat(read).containsExactly("README.md=hello", "deep/b.txt=b", "deep/er/a.txt=a");
    }
  }

  @Test
  void givenPendingObjects_whenNoRefMoves_thenOnlyThatRepositoryObjectSeesThem() throws Exception {
    ObjectId commit;
    try (var repository = git.repositories.open(repoId)) {
      commit = GitFixture.write(repository, "pending", Map.of("a", "unseen"), null);
      try (var other = git.repositories.open(repoId)) {
        assertThat(repository.getObjectDatabase().has(commit)).isTrue();
        assertThat(other.getObjectDatabase().has(commit)).isFalse();
      }
    }

    assertThat(git.staging.folder()).isEmptyDirectory();
    try (var later = git.repositories.open(repoId)) {
      assertThat(later.getObjectDatabase().has(commit)).isFalse();
    }
  }

  @Test
  void givenTwoCommitsOnOneParent_whenBothMoveTheBranch_thenExactlyOneWins() throws Exception {
    var base = git.commit(repoId, MAIN, "base", Map.of("a", "0"));
    var writers = 6;
    var start = new CyclicBarrier(writers);
    var results = new ArrayList<Result>();

    try (var threads = Executors.newVirtualThreadPerTaskExecutor()) {
      var tasks = new ArrayList<Callable<Result>>();
      for (var i = 0; i < writers; i++) {
        var text = "writer " + i;
        tasks.add(
            () -> {
              try (var repository = git.repositories.open(repoId)) {
                var commit = GitFixture.write(repository, text, Map.of("a", text), base);
                start.await();
                return GitFixture.move(repository, base, commit, MAIN).getResult();
              }
            });
      }
      for (var result : threads.invokeAll(tasks)) {
        results.add(result.get());
      }
    }

    assertThat(results).containsOnlyOnce(Result.OK);
    assertThat(results).filteredOn(Result.LOCK_FAILURE::equals).hasSize(writers - 1);
  }

  @Test
  void givenALostRace_whenTheSameRepositoryObjectTriesAgain_thenItsPacksGoAlong() throws Exception {
    var base = git.commit(repoId, MAIN, "base", Map.of("a", "0"));
    try (var repository = git.repositories.open(repoId)) {
      var lost = GitFixture.write(repository, "lost", Map.of("a", "1", "b", "kept"), base);
      var newer = git.commit(repoId, MAIN, "faster", Map.of("a", "2"));
      var first = GitFixture.move(repository, base, lost, MAIN);

      var again = GitFixture.write(repository, "again", Map.of("a", "2", "b", "kept"), newer);
      var second = GitFixture.move(repository, newer, again, MAIN);

      assertThat(first.getResult()).isEqualTo(Result.LOCK_FAILURE);
      assertThat(second.getResult()).isEqualTo(Result.OK);
    }
    assertThat(text(MAIN, "b")).isEqualTo("kept");
  }

  @Test
  void givenAHookThatThrows_whenARefMoves_thenNothingIsKept() throws Exception {
    var base = git.commit(repoId, MAIN, "base", Map.of("a", "0"));

    try (var repository = git.repositories.open(repoId)) {
      var commit = GitFixture.write(repository, "next", Map.of("a", "1"), base);
      repository.whenPublished(
          tx -> {
            git.repositories.create(tx, 1_000_000 + repoId);
            throw new ProblemException(new Stale("no"));
          });

      assertThatThrownBy(() -> GitFixture.move(repository, base, commit, MAIN))
          .isInstanceOfSatisfying(
              ProblemException.class,
              refused -> assertThat(refused.problem()).isEqualTo(new Stale("no")));
    }

    try (var repository = git.repositories.open(repoId);
        var other = git.repositories.open(1_000_000 + repoId)) {
      assertThat(repository.resolve(MAIN)).isEqualTo(base);
      assertThat(repository.objects().getPacks()).hasSize(1);
      assertThat(other.exists()).isFalse();
    }
  }

  @Test
  void givenAHook_whenTheRefMoves_thenItRanOnceInThatTransaction() throws Exception {
    var ran = new ArrayList<RefState>();
    try (var repository = git.repositories.open(repoId)) {
      var commit = GitFixture.write(repository, "one", Map.of("a", "1"), null);
      repository.whenPublished(tx -> ran.add(RefRows.find(tx, repoId, MAIN)));

      GitFixture.move(repository, null, commit, MAIN);
      GitFixture.move(repository, commit, ObjectId.zeroId(), MAIN);

      assertThat(ran).hasSize(1);
      assertThat(RefState.of(repository.exactRef("HEAD"))).isInstanceOf(RefState.Symbolic.class);
      assertThat(ran.getFirst().named(MAIN).getObjectId()).isEqualTo(commit);
    }
  }

  @Test
  void givenANewRepository_whenItsFirstUpdateIsPublished_thenItExistsWithTheHook()
      throws Exception {
    var id = 2_000_000 + repoId;
    try (var repository = git.repositories.openNew(id)) {
      assertThat(repository.exactRef("HEAD").getTarget().getName()).isEqualTo(MAIN);
      var commit = GitFixture.write(repository, "initial commit", Map.of("a", "1"), null);
      try (var other = git.repositories.open(id)) {
        assertThat(other.exists()).isFalse();
      }

      GitFixture.move(repository, null, commit, MAIN);
      var next = GitFixture.write(repository, "second", Map.of("a", "2"), commit);
      GitFixture.move(repository, commit, next, MAIN);

      try (var other = git.repositories.open(id);
          var twice = git.repositories.openNew(id)) {
        assertThat(other.resolve("HEAD")).isEqualTo(next);
        var copy = GitFixture.write(twice, "thief", Map.of("a", "3"), null);
        assertThatThrownBy(() -> GitFixture.move(twice, null, copy, MAIN))
            .isInstanceOfSatisfying(
                ProblemException.class,
                refused -> assertThat(refused.problem()).isInstanceOf(Conflict.class));
      }
    }
  }

  @Test
  void givenAnAnnotatedTag_whenItIsRead_thenItIsPeeled() throws Exception {
    var commit = git.commit(repoId, MAIN, "tagged", Map.of("a", "1"));
    ObjectId tag;
    try (var repository = git.repositories.open(repoId);
        var inserter = repository.newObjectInserter()) {
      var builder = new TagBuilder();
      builder.setObjectId(commit, Constants.OBJ_COMMIT);
      builder.setTag("v1");
      builder.setTagger(new PersonIdent("Ada", "ada@example.org"));
      builder.setMessage("release");
      tag = inserter.insert(builder);
      inserter.flush();
      assertThat(GitFixture.move(repository, null, tag, "refs/tags/v1").getResult())
          .isEqualTo(Result.OK);
      assertThat(GitFixture.move(repository, null, commit, "refs/tags/light").getResult())
          .isEqualTo(Result.OK);
    }

    try (var repository = git.repositories.open(repoId)) {
      var annotated = repository.exactRef("refs/tags/v1");
      assertThat(annotated.getObjectId()).isEqualTo(tag);
      assertThat(annotated.isPeeled()).isTrue();
      assertThat(annotated.getPeeledObjectId()).isEqualTo(commit);
      assertThat(repository.exactRef("refs/tags/light").getPeeledObjectId()).isNull();
      assertThat(repository.resolve("v1^{commit}")).isEqualTo(commit);
    }
  }

  @Test
  void givenSingleUpdates_whenBranchesAreMadeMovedAndDeleted_thenEachIsStored() throws Exception {
    var one = git.commit(repoId, MAIN, "one", Map.of("a", "1"));
    try (var repository = git.repositories.open(repoId)) {
      var create = repository.updateRef("refs/heads/dev");
      create.setNewObjectId(one);
      assertThat(create.update()).isEqualTo(RefUpdate.Result.NEW);

      var two = GitFixture.write(repository, "two", Map.of("a", "2"), one);
      var forward = repository.updateRef("refs/heads/dev");
      forward.setNewObjectId(two);
      assertThat(forward.update()).isEqualTo(RefUpdate.Result.FAST_FORWARD);

      var back = repository.updateRef("refs/heads/dev");
      back.setNewObjectId(one);
      assertThat(back.update()).isEqualTo(RefUpdate.Result.REJECTED);
      back.setForceUpdate(true);
      assertThat(back.update()).isEqualTo(RefUpdate.Result.FORCED);

      var delete = repository.updateRef("refs/heads/dev");
      delete.setForceUpdate(true);
      assertThat(delete.delete()).isEqualTo(RefUpdate.Result.FORCED);

      var head = repository.updateRef(Constants.HEAD);
      assertThat(head.link("refs/heads/other")).isEqualTo(RefUpdate.Result.FORCED);
    }

    try (var repository = git.repositories.open(repoId)) {
      assertThat(repository.exactRef("refs/heads/dev")).isNull();
      assertThat(repository.getFullBranch()).isEqualTo("refs/heads/other");
      assertThat(repository.resolve(MAIN)).isEqualTo(one);
      assertThat(repository.getRefDatabase().getRefsByPrefix("refs/heads/")).hasSize(1);
    }
  }

  @Test
  void givenAStaleRepositoryObject_whenItMovesARef_thenTheUpdateFails() throws Exception {
    var one = git.commit(repoId, MAIN, "one", Map.of("a", "1"));
    try (var stale = git.repositories.open(repoId)) {
      var update = stale.updateRef(MAIN);
      var two = git.commit(repoId, MAIN, "two", Map.of("a", "2"));
      update.setNewObjectId(GitFixture.write(stale, "three", Map.of("a", "3"), one));

      assertThat(update.update()).isEqualTo(RefUpdate.Result.LOCK_FAILURE);
      assertThat(stale.resolve(MAIN)).isEqualTo(two);
    }
  }

  @Test
  void givenAnAtomicBatch_whenOneRefIsStale_thenNoneMoves() throws Exception {
    var one = git.commit(repoId, MAIN, "one", Map.of("a", "1"));
    try (var repository = git.repositories.open(repoId)) {
      var two = GitFixture.write(repository, "two", Map.of("a", "2"), one);
      var good = new ReceiveCommand(one, two, MAIN);
      var bad = new ReceiveCommand(one, two, "refs/heads/missing");

      GitFixture.run(
          repository, repository.getRefDatabase().newBatchUpdate().addCommand(good, bad));

      assertThat(bad.getResult()).isEqualTo(Result.LOCK_FAILURE);
      assertThat(good.getResult()).isEqualTo(Result.REJECTED_OTHER_REASON);
      assertThat(repository.resolve(MAIN)).isEqualTo(one);

      var retry = new ReceiveCommand(one, two, MAIN);
      var stillBad = new ReceiveCommand(one, two, "refs/heads/missing");
      var batch = repository.getRefDatabase().newBatchUpdate().addCommand(retry, stillBad);
      GitFixture.run(repository, batch.setAtomic(false));

      assertThat(retry.getResult()).isEqualTo(Result.OK);
      assertThat(stillBad.getResult()).isEqualTo(Result.LOCK_FAILURE);
    }
  }

  @Test
  void givenABranch_whenAnotherNameWouldBeItsFolder_thenItIsRefused() throws Exception {
    var one = git.commit(repoId, "refs/heads/a/b", "one", Map.of("a", "1"));
    try (var repository = git.repositories.open(repoId)) {
      assertThat(GitFixture.move(repository, null, one, "refs/heads/a").getResult())
          .isEqualTo(Result.LOCK_FAILURE);
      assertThat(GitFixture.move(repository, null, one, "refs/heads/a/b/c").getResult())
          .isEqualTo(Result.LOCK_FAILURE);
      assertThat(GitFixture.move(repository, null, one, "refs/heads/a.b").getResult())
          .isEqualTo(Result.OK);

      var delete = new ReceiveCommand(one, ObjectId.zeroId(), "refs/heads/a/b");
      var create = new ReceiveCommand(ObjectId.zeroId(), one, "refs/heads/a");
      GitFixture.run(
          repository, repository.getRefDatabase().newBatchUpdate().addCommand(create, delete));
      assertThat(List.of(create.getResult(), delete.getResult())).containsOnly(Result.OK);
    }
  }

  @Test
  void givenCommandsThatCannotBe_whenTheyRun_thenEachIsRejectedForItsReason() throws Exception {
    var one = git.commit(repoId, MAIN, "one", Map.of("a", "1"));
    try (var repository = git.repositories.open(repoId)) {
      var side = GitFixture.write(repository, "side", Map.of("a", "2"), null);
      var unknown = ObjectId.fromString("1234567890123456789012345678901234567890");

      assertThat(GitFixture.move(repository, one, side, MAIN).getResult())
          .isEqualTo(Result.REJECTED_NONFASTFORWARD);
      assertThat(GitFixture.move(repository, one, unknown, MAIN).getResult())
          .isEqualTo(Result.REJECTED_MISSING_OBJECT);
      assertThat(GitFixture.move(repository, unknown, side, MAIN).getResult())
          .isEqualTo(Result.LOCK_FAILURE);
      assertThat(GitFixture.move(repository, null, one, "refs/heads/a..b").getResult())
          .isEqualTo(Result.REJECTED_OTHER_REASON);
      assertThat(repository.resolve(MAIN)).isEqualTo(one);
    }
  }

  @Test
  void givenADroppedRepository_whenSomebodyStillWrites_thenItStaysGone() throws Exception {
    var one = git.commit(repoId, MAIN, "one", Map.of("a", "1"));
    try (var writer = git.repositories.open(repoId)) {
      var two = GitFixture.write(writer, "two", Map.of("a", "2"), one);
      git.database.change(tx -> git.repositories.drop(tx, repoId));

      assertThatThrownBy(() -> GitFixture.move(writer, one, two, MAIN))
          .isInstanceOfSatisfying(
              ProblemException.class,
              refused -> assertThat(refused.problem()).isInstanceOf(Missing.class));
    }
    try (var repository = git.repositories.open(repoId)) {
      assertThat(repository.exists()).isFalse();
      assertThat(repository.getObjectDatabase().has(one)).isFalse();
    }
  }

  @Test
  void givenManyObjectsInOnePack_whenTheyAreReadWhileWriting_thenTheyComeBack() throws Exception {
    var large = "0123456789abcdef".repeat(40_000);
    try (var repository = git.repositories.open(repoId);
        var inserter = repository.newObjectInserter()) {
      var first = inserter.insert(Constants.OBJ_BLOB, large.getBytes(UTF_8));
      for (var i = 0; i < 200; i++) {
        inserter.insert(Constants.OBJ_BLOB, (i + large.substring(i, i + 4000)).getBytes(UTF_8));
      }
      try (var reader = inserter.newReader()) {
        assertThat(reader.open(first).getBytes()).isEqualTo(large.getBytes(UTF_8));
      }
    }
    assertThat(git.staging.folder()).isEmptyDirectory();
  }

  private String text(String revision, String path) throws Exception {
    try (var repository = git.repositories.open(repoId);
        var walk = new RevWalk(repository)) {
      var tree = walk.parseCommit(repository.resolve(revision)).getTree();
      try (var found = TreeWalk.forPath(repository, path, tree)) {
        return new String(repository.open(found.getObjectId(0)).getBytes(), UTF_8);
      }
    }
  }
}
