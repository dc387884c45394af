package dev.ashlar.hub.tree;

import static org.assertj.core.api.Assertions.assertThat;

import java.io.IOException;
import java.util.ArrayList;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.Random;
import java.util.TreeMap;
import org.eclipse.jgit.lib.ObjectId;
import org.eclipse.jgit.revwalk.RevCommit;
import org.eclipse.jgit.revwalk.RevWalk;
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

  @ParameterizedTest
  @ValueSource(longs = {1, 2, 3, 4, 5, 6})
  void givenAnyHistory_whenLastCommitsAreSought_thenGitsOwnSimplificationAgrees(long seed)
      throws IOException {
    var random = new Random(seed);
    try (var repo = new MemoryRepo();
        var reader = repo.git.newObjectReader()) {
      var kept = new LastCommits();
      var none = new TreeEntry.LastCommit("", "", "");
      var states = new ArrayList<Map<String, String>>(List.of(Map.of("a", "0", "d/x", "0")));
      var commits = new ArrayList<>(List.of(repo.commit("c0", states.getFirst())));
      for (int i = 1; i < 40; i++) {
        int parent = Math.max(0, commits.size() - 1 - random.nextInt(3));
        int other = random.nextInt(commits.size());
        var files = new HashMap<>(states.get(parent));
        files.put(
            List.of("a", "b", "d/x", "d/y", "d/e/z", "q/r").get(random.nextInt(6)),
            String.valueOf(random.nextInt(3)));
        if (files.size() > 3 && random.nextInt(5) == 0) {
          files.remove("d/e/z");
        }
        states.add(files);
        commits.add(
            random.nextInt(4) == 0 && other != parent
                ? repo.commit("c" + i, files, commits.get(parent), commits.get(other))
                : repo.commit("c" + i, files, commits.get(parent)));
        var head = commits.getLast();
        var tree = new Revisions(repo.git, "main").require(head.name()).commit().getTree();
        var paths = all(new TreeLookup(reader, tree), 1000);

        var listed = kept.ofFolders(reader, 1, head, tree, paths);
        var single = new LastCommits().of(reader, 1, head, paths);

        assertThat(listed).as("seed %d, commit %d", seed, i).isEqualTo(single);
        assertThat(listed.keySet()).containsExactlyInAnyOrderElementsOf(paths);
        for (var path : paths) {
          assertThat(listed.getOrDefault(path, none).id())
              .as("seed %d, commit %d, %s", seed, i, path)
              .isEqualTo(simplified(repo, head, path));
        }
      }
    }
  }

  /** What {@code git log -1 -- path} finds. */
  private static String simplified(MemoryRepo repo, ObjectId head, String path) throws IOException {
    try (var walk = new RevWalk(repo.git)) {
      var commit = walk.parseCommit(head);
      while (true) {
        RevCommit same = null;
        for (var parent : commit.getParents()) {
          walk.parseHeaders(parent);
          if (same == null && at(repo, commit, path).equals(at(repo, parent, path))) {
            same = parent;
          }
        }
        if (same == null) {
          return commit.name();
        }
        commit = same;
      }
    }
  }

  private static String at(MemoryRepo repo, RevCommit commit, String path) throws IOException {
    try (var walk = TreeWalk.forPath(repo.git, path, commit.getTree())) {
      return walk == null ? "" : walk.getFileMode(0) + walk.getObjectId(0).name();
    }
  }

  @Test
  void givenAHugeFolderUnderManyCommits_whenItIsListedWithLastCommits_thenOneWalkIsEnough()
      throws IOException {
    var files = new TreeMap<String, String>();
    for (int i = 0; i < 10_000; i++) {
      files.put("f%05d".formatted(i), "x");
    }
    try (var repo = new MemoryRepo();
        var reader = repo.git.newObjectReader()) {
      var head = repo.commit("all", files);
      for (int i = 0; i < 100; i++) {
        files.put("f%05d".formatted(i * 7), "y" + i);
        head = repo.commit("c" + i, files, head);
      }
      var tree = new Revisions(repo.git, "main").require(head.name()).commit().getTree();
      var last = new LastCommits();
      var pages = new ArrayList<Long>();
      var cursor = "";
      do {
        long start = System.nanoTime();
        var lookup = new TreeLookup(reader, tree);
        var page = TreeListing.page(lookup, "", lookup.find("").orElseThrow(), false, 1000, cursor);
        var paths = page.entries().stream().map(TreeListing.Found::path).toList();
        assertThat(last.ofFolders(reader, 1, head, tree, paths)).hasSize(1000);
        pages.add((System.nanoTime() - start) / 1_000_000);
        cursor = page.cursor().orElse("");
      } while (!cursor.isEmpty());

      assertThat(pages).as("milliseconds of each page").hasSize(10);
      assertThat(pages.subList(1, 10)).as("all pages: %s", pages).allMatch(ms -> ms < 100);
    }
  }
}
