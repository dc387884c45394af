package dev.ashlar.hub.git;

import static dev.ashlar.hub.git.GitFixture.MAIN;
import static org.assertj.core.api.Assertions.assertThat;

import java.nio.file.Path;
import java.util.Arrays;
import java.util.HashMap;
import java.util.Map;
import org.eclipse.jgit.lib.FileMode;
import org.eclipse.jgit.lib.ObjectId;
import org.eclipse.jgit.revwalk.RevWalk;
import org.eclipse.jgit.treewalk.TreeWalk;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

/** That nothing is slow by an order of magnitude; the figures themselves are printed. */
class SpeedTest {
  private static final long REPO = 5;
  private static final int COMMITS = Integer.getInteger("ashlar.test.commits", 120);
  private static final int ENTRIES = 1000;

  @Test
  void givenManyCommitsAndALargeTree_whenMeasured_thenBothStayQuick(@TempDir Path folder)
      throws Exception {
    try (var git = new GitFixture(folder)) {
      git.create(REPO);
      var commitMillis = new long[COMMITS];
      for (var i = 0; i < COMMITS; i++) {
        var start = System.nanoTime();
        git.commit(REPO, MAIN, "commit " + i, Map.of("a", "text " + i));
        commitMillis[i] = (System.nanoTime() - start) / 1_000_000;
        if (i % GitRepositories.PACKS_MAX == 0) {
          git.repositories.compact(REPO);
        }
      }
      var files = new HashMap<String, String>();
      for (var i = 0; i < ENTRIES; i++) {
        files.put("file-" + i + ".txt", "text " + i);
      }
      git.commit(REPO, MAIN, "large tree", files);
      var readMicros = new long[20];
      for (var i = 0; i < readMicros.length; i++) {
        var start = System.nanoTime();
        assertThat(entries(git)).isEqualTo(ENTRIES);
        readMicros[i] = (System.nanoTime() - start) / 1000;
      }

      Arrays.sort(commitMillis);
      Arrays.sort(readMicros);
      var median = commitMillis[COMMITS / 2];
      System.out.printf(
          "commit: median %d ms, p99 %d ms; tree of %d entries with sizes: median %d us%n",
          median, commitMillis[COMMITS * 99 / 100], ENTRIES, readMicros[10]);
      assertThat(median).isLessThan(1500);
      assertThat(readMicros[10]).isLessThan(200_000);
    }
  }

  /** What a listing of one folder does: open, resolve, walk, and ask each size. */
  private static int entries(GitFixture git) throws Exception {
    try (var repository = git.repositories.open(REPO);
        var walk = new RevWalk(repository);
        var tree = new TreeWalk(walk.getObjectReader())) {
      ObjectId tip = repository.resolve(MAIN);
      tree.addTree(walk.parseCommit(tip).getTree());
      var count = 0;
      while (tree.next()) {
        assertThat(tree.getFileMode(0)).isEqualTo(FileMode.REGULAR_FILE);
        walk.getObjectReader().getObjectSize(tree.getObjectId(0), 3);
        count++;
      }
      return count;
    }
  }
}
