package dev.ashlar.hub.tree;

import static org.assertj.core.api.Assertions.assertThat;

import java.io.IOException;
import java.util.ArrayList;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.Random;
import java.util.TreeMap;
import org.eclipse.jgit.treewalk.TreeWalk;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;

class TreeListingTest {
  @ParameterizedTest
  @ValueSource(longs = {1, 2, 3, 4, 5, 6, 7, 8})
  void givenAnyTree_whenItIsListedInPages_thenAllEntriesComeOnceInGitsOrder(long seed)
      throws IOException {
    var random = new Random(seed);
    var names = List.of("a", "a.b", "a-b", "a0", "b", "ä", "z z");
    var files = new HashMap<String, String>();
    for (int i = 0; i < 60; i++) {
      var path = new StringBuilder();
      for (int depth = random.nextInt(4); depth > 0; depth--) {
        path.append(names.get(random.nextInt(names.size()))).append("_d/");
      }
      files.put(path + names.get(random.nextInt(names.size())), "x" + i);
    }
    try (var repo = new MemoryRepo();
        var reader = repo.git.newObjectReader()) {
      var commit = repo.commit("all", files);
      var tree = new Revisions(repo.git, "main").require(commit.name()).commit().getTree();
      var expected = new ArrayList<String>();
      try (var walk = new TreeWalk(reader)) {
        walk.addTree(tree);
        while (walk.next()) {
          expected.add(walk.getPathString());
          if (walk.isSubtree()) {
            walk.enterSubtree();
          }
        }
      }
      for (int limit : new int[] {1, 2, 7, 1000}) {
        assertThat(all(new TreeLookup(reader, tree), limit))
            .as("seed %d, pages of %d", seed, limit)
            .isEqualTo(expected);
      }
    }
  }

  private static List<String> all(TreeLookup lookup, int limit) throws IOException {
    var paths = new ArrayList<String>();
    var cursor = "";
    do {
      var root = lookup.find("").orElseThrow();
      var page = TreeListing.page(lookup, "", root, true, limit, cursor);
      assertThat(page.entries()).hasSizeLessThanOrEqualTo(limit).isNotEmpty();
      page.entries().forEach(found -> paths.add(found.path()));
      cursor = page.cursor().orElse("");
    } while (!cursor.isEmpty());
    return paths;
  }

  @Test
  void givenManyFiles_whenTheyAreListedAgain_thenItTakesFewMilliseconds() throws IOException {
    var files = new TreeMap<String, String>();
    for (int i = 0; i < 1000; i++) {
      files.put("folder%d/file%d".formatted(i % 10, i), "content " + i);
    }
    try (var repo = new MemoryRepo();
        var reader = repo.git.newObjectReader()) {
      var commit = repo.commit("all", files);
      var tree = new Revisions(repo.git, "main").require(commit.name()).commit().getTree();
      var entries = new TreeEntries(new BlobShapes(), new NoHeldFiles());
      long best = Long.MAX_VALUE;
      for (int round = 0; round < 20; round++) {
        long start = System.nanoTime();
        var lookup = new TreeLookup(reader, tree);
        var root = lookup.find("").orElseThrow();
        var page = TreeListing.page(lookup, "", root, true, 1000, "");
        assertThat(entries.describe(reader, 1, page.entries())).hasSize(1000);
        best = Math.min(best, System.nanoTime() - start);
      }
      assertThat(best).as("nanoseconds of the best of 20").isLessThan(10_000_000);
    }
  }

  @Test
  void givenAMergedHistory_whenLastCommitsAreSought_thenEachIsTheOneThatChangedThePath()
      throws IOException {
    try (var repo = new MemoryRepo();
        var reader = repo.git.newObjectReader()) {
      var one = repo.commit("one", Map.of("a", "1", "d/b", "1", "d/c", "1"));
      var left = repo.commit("left", Map.of("a", "2", "d/b", "1", "d/c", "1"), one);
      var right = repo.commit("right", Map.of("a", "1", "d/b", "2", "d/c", "1"), one);
      var merge = repo.commit("merge", Map.of("a", "2", "d/b", "2", "d/c", "1"), left, right);
      var top = repo.commit("top", Map.of("a", "2", "d/b", "2", "d/c", "1", "e", "1"), merge);

      var found = new LastCommits().of(reader, 1, top, List.of("a", "d", "d/b", "d/c", "e"));

      var titles = new TreeMap<String, String>();
      found.forEach((path, last) -> titles.put(path, last.title()));
      assertThat(titles)
          .containsExactly(
              Map.entry("a", "left"),
              Map.entry("d", "right"),
              Map.entry("d/b", "right"),
              Map.entry("d/c", "one"),
              Map.entry("e", "top"));
      assertThat(found)
          .containsEntry(
              "e", new TreeEntry.LastCommit(top.name(), "top", "2023-11-14T22:13:24.000Z"));
    }
  }
}
