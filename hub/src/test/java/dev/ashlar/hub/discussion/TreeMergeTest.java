package dev.ashlar.hub.discussion;

import static java.nio.charset.StandardCharsets.UTF_8;
import static org.assertj.core.api.Assertions.assertThat;

import dev.ashlar.hub.discussion.TreeMerge.Result;
import java.io.IOException;
import java.util.Map;
import java.util.Random;
import java.util.TreeMap;
import org.eclipse.jgit.dircache.DirCache;
import org.eclipse.jgit.dircache.DirCacheEntry;
import org.eclipse.jgit.internal.storage.dfs.DfsRepositoryDescription;
import org.eclipse.jgit.internal.storage.dfs.InMemoryRepository;
import org.eclipse.jgit.lib.Constants;
import org.eclipse.jgit.lib.FileMode;
import org.eclipse.jgit.lib.ObjectId;
import org.eclipse.jgit.treewalk.TreeWalk;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;

class TreeMergeTest {
  private static final String POINTER =
      "version https://git-lfs.github.com/spec/v1\noid sha256:%s\nsize %d\n";

  private final InMemoryRepository repo = new InMemoryRepository(new DfsRepositoryDescription("m"));

  private ObjectId tree(Map<String, String> files) throws IOException {
    try (var inserter = repo.newObjectInserter()) {
      var cache = DirCache.newInCore();
      var builder = cache.builder();
      for (var file : files.entrySet()) {
        var entry = new DirCacheEntry(file.getKey());
        entry.setFileMode(FileMode.REGULAR_FILE);
        entry.setObjectId(inserter.insert(Constants.OBJ_BLOB, file.getValue().getBytes(UTF_8)));
        builder.add(entry);
      }
      builder.finish();
      var tree = cache.writeTree(inserter);
      inserter.flush();
      return tree;
    }
  }

  private Result merge(
      Map<String, String> base, Map<String, String> ours, Map<String, String> theirs)
      throws IOException {
    try (var reader = repo.newObjectReader();
        var inserter = repo.newObjectInserter()) {
      var merge = new TreeMerge(reader, inserter::insert);
      var result = merge.merge(tree(base), tree(ours), tree(theirs));
      inserter.flush();
      return result;
    }
  }

  @Test
  void givenNamesThatDifferInCase_whenEachSideAddsOne_thenTheyAreInTheWay() throws IOException {
    var clash =
        merge(Map.of("a", "1"), Map.of("a", "1", "Read.md", "x"), Map.of("a", "1", "read.md", "y"));
    var old =
        merge(
            Map.of("Read.md", "x", "read.md", "y"),
            Map.of("Read.md", "x", "read.md", "y", "b", "1"),
            Map.of("Read.md", "x", "read.md", "y", "c", "1"));

    assertThat(clash.tree()).isEmpty();
    assertThat(clash.conflicts()).containsExactly("Read.md", "read.md");
    assertThat(old.tree()).isPresent();
  }

  private Map<String, String> files(ObjectId tree) throws IOException {
    var files = new TreeMap<String, String>();
    try (var walk = new TreeWalk(repo)) {
      walk.addTree(tree);
      walk.setRecursive(true);
      while (walk.next()) {
        files.put(
            walk.getPathString(), new String(repo.open(walk.getObjectId(0)).getBytes(), UTF_8));
      }
    }
    return files;
  }

  @Test
  void givenChangesInDifferentPlaces_whenMerged_thenBothAreThere() throws IOException {
    var base = Map.of("a/x", "1", "a/y", "1", "b", "1", "gone", "1", "c/d/e", "1");
    var ours = Map.of("a/x", "2", "a/y", "1", "b", "1", "gone", "1", "new/o", "o");
    var theirs = Map.of("a/x", "1", "a/y", "3", "b", "1", "c/d/e", "1", "new/t", "t");

    var result = merge(base, ours, theirs);

    assertThat(result.conflicts()).isEmpty();
    assertThat(files(result.tree().orElseThrow()))
        .isEqualTo(Map.of("a/x", "2", "a/y", "3", "b", "1", "new/o", "o", "new/t", "t"));
  }

  @Test
  void givenTheSameChangeTwice_whenMerged_thenItIsThereOnce() throws IOException {
    var result = merge(Map.of("a", "1"), Map.of("a", "2", "n", "n"), Map.of("a", "2", "n", "n"));

    assertThat(files(result.tree().orElseThrow())).isEqualTo(Map.of("a", "2", "n", "n"));
  }

  @Test
  void givenChangesInTheWayOfEachOther_whenMerged_thenEachPathIsNamed() throws IOException {
    var base = Map.of("both", "1\n", "deleted", "1", "folder/f", "1", "same", "1");
    var ours = Map.of("both", "2\n", "folder", "now a file", "same", "1", "added", "o");
    var theirs = Map.of("both", "3\n", "deleted", "2", "folder/f", "2", "same", "1", "added", "t");

    var result = merge(base, ours, theirs);

    assertThat(result.tree()).isEmpty();
    assertThat(result.conflicts()).containsExactly("added", "both", "deleted", "folder");
  }

  @Test
  void givenPointersOfLargeFiles_whenBothSidesChange_thenTheyAreNeverMixed() throws IOException {
    var base = POINTER.formatted("aa".repeat(32), 1);
    var ours = POINTER.formatted("bb".repeat(32), 1);
    var theirs = POINTER.formatted("aa".repeat(32), 2);

    var result = merge(Map.of("m.bin", base), Map.of("m.bin", ours), Map.of("m.bin", theirs));

    assertThat(result.conflicts()).containsExactly("m.bin");
  }

  @Test
  void givenAttributesOfBothSides_whenMerged_thenAllLinesAreKept() throws IOException {
    var base = Map.of(".gitattributes", "*.bin filter=lfs\n");
    var ours = Map.of(".gitattributes", "*.bin filter=lfs\nours filter=lfs\n");
    var theirs = Map.of(".gitattributes", "*.bin filter=lfs\ntheirs filter=lfs\n");

    var merged = files(merge(base, ours, theirs).tree().orElseThrow());

    assertThat(merged.getOrDefault(".gitattributes", "").lines())
        .containsExactlyInAnyOrder("*.bin filter=lfs", "ours filter=lfs", "theirs filter=lfs");
  }

  @Test
  void givenUnrelatedTrees_whenMerged_thenOnlyDifferingFilesConflict() throws IOException {
    var result = merge(Map.of(), Map.of("a", "1", "b", "1"), Map.of("a", "1", "b", "2"));

    assertThat(result.conflicts()).containsExactly("b");
  }

  /** Whatever changes on one side alone is taken; a merge does not depend on the side. */
  @ParameterizedTest
  @ValueSource(longs = {1, 2, 3, 4, 5, 6, 7, 8})
  void givenRandomChanges_whenMerged_thenEverySideIsKept(long seed) throws IOException {
    var random = new Random(seed);
    var base = new TreeMap<String, String>();
    for (int i = 0; i < 60; i++) {
      base.put("d%d/e%d/f%d".formatted(i % 3, i % 5, i), "v" + i);
    }
    var ours = new TreeMap<>(base);
    var theirs = new TreeMap<>(base);
    var expected = new TreeMap<>(base);
    for (var path : base.keySet()) {
      switch (random.nextInt(6)) {
        case 0 -> change(ours, expected, path, "ours");
        case 1 -> change(theirs, expected, path, "theirs");
        case 2 -> {
          ours.remove(path);
          expected.remove(path);
        }
        case 3 -> {
          theirs.remove(path);
          expected.remove(path);
        }
        default -> {}
      }
    }

    var one = merge(base, ours, theirs);
    var other = merge(base, theirs, ours);

    assertThat(files(one.tree().orElseThrow())).as("seed %d", seed).isEqualTo(expected);
    assertThat(other.tree()).isEqualTo(one.tree());
  }

  private static void change(
      Map<String, String> side, Map<String, String> expected, String path, String to) {
    side.put(path, to);
    expected.put(path, to);
  }
}
