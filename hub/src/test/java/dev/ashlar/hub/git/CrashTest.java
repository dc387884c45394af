package dev.ashlar.hub.git;

import static dev.ashlar.hub.git.GitFixture.MAIN;
import static org.assertj.core.api.Assertions.assertThat;

import dev.ashlar.core.fault.CrashPoints;
import dev.ashlar.metadata.Columns;
import dev.ashlar.metadata.DatabaseConfig;
import dev.ashlar.metadata.TestDatabase;
import dev.ashlar.objectstore.ObjectKey;
import java.nio.file.Path;
import java.util.Map;
import java.util.Set;
import java.util.concurrent.TimeUnit;
import java.util.stream.Collectors;
import org.eclipse.jgit.revwalk.RevWalk;
import org.junit.jupiter.api.io.TempDir;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;

/** A process that dies in the middle of an update leaves the old state or the new one. */
class CrashTest {
  private static final long REPO = 11;
  private static final long MADE_BY_HOOK = 12;
  private static final int KILLED = 137;

  @ParameterizedTest
  @CsvSource({"commit.packed,false", "commit.published,false", "commit.committed,true"})
  void givenAProcessThatDiesAtThePoint_whenOthersLook_thenTheyFindTheOldOrTheNewState(
      String point, boolean isNew, @TempDir Path folder) throws Exception {
    var config = TestDatabase.config();
    try (var git = new GitFixture(folder, config)) {
      git.create(REPO);
      var base = git.commit(REPO, MAIN, "base", Map.of("a", "0"));

      assertThat(dyingCommit(point, folder, config)).isEqualTo(KILLED);

      try (var repository = git.repositories.open(REPO);
          var made = git.repositories.open(MADE_BY_HOOK);
          var walk = new RevWalk(repository)) {
        var tip = walk.parseCommit(repository.resolve(MAIN));
        assertThat(tip.getFullMessage()).isEqualTo(isNew ? "dying" : "base");
        assertThat(tip.equals(base)).isEqualTo(!isNew);
        assertThat(repository.open(tip.getTree()).getBytes()).isNotEmpty();
        assertThat(made.exists()).isEqualTo(isNew);
      }
      assertThat(keysInStore(git)).isEqualTo(keysInDatabase(git));
      git.commit(REPO, MAIN, "after", Map.of("a", "2"));
    }
  }

  private static int dyingCommit(String point, Path folder, DatabaseConfig config)
      throws Exception {
    var process =
        new ProcessBuilder(
                Path.of(System.getProperty("java.home"), "bin", "java").toString(),
                "-D" + CrashPoints.PROPERTY + "=" + point,
                "-cp",
                System.getProperty("java.class.path"),
                Dying.class.getName(),
                folder.toString(),
                config.url(),
                config.user(),
                config.password())
            .redirectOutput(ProcessBuilder.Redirect.DISCARD)
            .redirectError(ProcessBuilder.Redirect.INHERIT)
            .start();
    assertThat(process.waitFor(60, TimeUnit.SECONDS)).isTrue();
    return process.exitValue();
  }

  private static Set<String> keysInStore(GitFixture git) throws Exception {
    try (var keys = git.store.keys()) {
      return keys.map(ObjectKey::text).collect(Collectors.toSet());
    }
  }

  /** Every object is known: as a file of a pack, or as an upload that did not come to its end. */
  private static Set<String> keysInDatabase(GitFixture git) {
    var all =
        """
        SELECT storage_key FROM hub_git_pack_file
        UNION ALL
        SELECT storage_key FROM upload_intent
        """;
    return git.database.read(
        db ->
            db.createQuery(all)
                .execute()
                .map(row -> Columns.textOf(row, "storage_key"))
                .collect(Collectors.toSet()));
  }

  /** What the dying process does: one commit, with a hook. */
  static final class Dying {
    private Dying() {}

    public static void main(String[] arguments) throws Exception {
      var config = new DatabaseConfig(arguments[1], arguments[2], arguments[3]);
      try (var git = new GitFixture(Path.of(arguments[0]), config);
          var repository = git.repositories.open(REPO)) {
        var base = repository.resolve(MAIN);
        var next = GitFixture.write(repository, "dying", Map.of("a", "1"), base);
        repository.whenPublished(tx -> git.repositories.create(tx, MADE_BY_HOOK));
        GitFixture.move(repository, base, next, MAIN);
      }
    }
  }
}
