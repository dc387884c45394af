package dev.ashlar.hub.git;

import static org.assertj.core.api.Assertions.assertThat;

import java.io.IOException;
import java.util.Map;
import org.eclipse.jgit.internal.storage.dfs.DfsRepositoryDescription;
import org.eclipse.jgit.internal.storage.dfs.InMemoryRepository;
import org.eclipse.jgit.lib.ObjectId;
import org.eclipse.jgit.lib.ObjectReader;
import org.junit.jupiter.api.Test;

class RuleFilesTest {
  private final InMemoryRepository repository =
      new InMemoryRepository(new DfsRepositoryDescription("rules"));
  private final ObjectReader reader = repository.newObjectReader();

  @Test
  void givenThePatternsOfANewRepository_whenPathsAreAsked_thenGitsMatchingHolds() throws Exception {
    var attributes =
        attributes(
            Map.of(
                ".gitattributes",
                lfs(
                    "*.bin",
                    "saved_model/**/*",
                    "*tfevents*",
                    "*.lfs.*",
                    "/top.dat",
                    "sub/one.dat")));

    assertThat(attributes.isLfs("a.bin")).isTrue();
    assertThat(attributes.isLfs("deep/er/a.bin")).isTrue();
    assertThat(attributes.isLfs("saved_model/x")).isTrue();
    assertThat(attributes.isLfs("saved_model/a/b/x.txt")).isTrue();
    assertThat(attributes.isLfs("run/events.out.tfevents.1")).isTrue();
    assertThat(attributes.isLfs("a.lfs.txt")).isTrue();
    assertThat(attributes.isLfs("top.dat")).isTrue();
    assertThat(attributes.isLfs("sub/one.dat")).isTrue();
    assertThat(attributes.isLfs("sub/top.dat")).isFalse();
    assertThat(attributes.isLfs("other/sub/one.dat")).isFalse();
    assertThat(attributes.isLfs("a.txt")).isFalse();
    assertThat(attributes.isLfs("a.bin/readme.md")).isFalse();
  }

  @Test
  void givenANestedFile_whenItSaysOtherwise_thenTheNearerFolderWins() throws Exception {
    var attributes =
        attributes(
            Map.of(
                ".gitattributes", lfs("*.bin"),
                "plain/.gitattributes", "*.bin -filter\nkept.bin filter=lfs\n",
                "plain/unset/.gitattributes", "*.bin !filter\n"));

    assertThat(attributes.isLfs("a.bin")).isTrue();
    assertThat(attributes.isLfs("plain/a.bin")).isFalse();
    assertThat(attributes.isLfs("plain/kept.bin")).isTrue();
    assertThat(attributes.isLfs("plain/deep/a.bin")).isFalse();
    assertThat(attributes.isLfs("plain/unset/kept.bin")).isFalse();
  }

  @Test
  void givenAMacroAndXet_whenPathsUseThem_thenTheyCountAsLfs() throws Exception {
    var attributes =
        attributes(
            Map.of(
                ".gitattributes",
                "[attr]large filter=lfs -text\n*.big large\n*.x filter=xet\n*.y filter=crypt\n",
                "sub/.gitattributes",
                "[attr]mine filter=lfs\n*.z mine\n"));

    assertThat(attributes.isLfs("a.big")).isTrue();
    assertThat(attributes.isLfs("sub/a.big")).isTrue();
    assertThat(attributes.isLfs("a.x")).isTrue();
    assertThat(attributes.isLfs("a.y")).isFalse();
    assertThat(attributes.isLfs("sub/a.z")).isFalse();
  }

  @Test
  void givenATextForTheRoot_whenAsked_thenItReplacesTheRootFileOnly() throws Exception {
    var tree = tree(Map.of(".gitattributes", lfs("*.bin"), "sub/.gitattributes", lfs("*.sub")));

    var attributes = AttributesOfTree.of(reader, tree, lfs("*.new"));
    var ofNothing = AttributesOfTree.of(reader, ObjectId.zeroId(), lfs("*.new"));

    assertThat(attributes.isLfs("a.bin")).isFalse();
    assertThat(attributes.isLfs("a.new")).isTrue();
    assertThat(attributes.isLfs("sub/a.sub")).isTrue();
    assertThat(ofNothing.isLfs("x/a.new")).isTrue();
    assertThat(AttributesOfTree.of(reader, ObjectId.zeroId()).isLfs("a.bin")).isFalse();
  }

  @Test
  void givenAPathWithPatternCharacters_whenItsLineIsWritten_thenOnlyThatPathIsMarked()
      throws Exception {
    for (var path : new String[] {"a b.xyz", "w[1]*.xyz", "#x", "!y", "q\"z\\", "d/e f?.g"}) {
      var attributes =
          AttributesOfTree.of(reader, ObjectId.zeroId(), AttributesOfTree.lfsLine(path));

      assertThat(attributes.isLfs(path)).as(path).isTrue();
      assertThat(attributes.isLfs(path + "x")).as(path).isFalse();
      assertThat(attributes.isLfs("w1anything.xyz")).as(path).isFalse();
    }
  }

  @Test
  void givenIgnoreFiles_whenPathsAreAsked_thenGitsRulesHold() throws Exception {
    var tree =
        tree(
            Map.of(
                ".gitignore", "*.log\n!keep.log\nbuild/\n/only-top\n# comment\n",
                "sub/.gitignore", "!*.log\nsecret\n"));
    var ignored = IgnoredPaths.of(reader, tree);

    assertThat(ignored.isIgnored("a.log")).isTrue();
    assertThat(ignored.isIgnored("x/y/a.log")).isTrue();
    assertThat(ignored.isIgnored("keep.log")).isFalse();
    assertThat(ignored.isIgnored("build/out.txt")).isTrue();
    assertThat(ignored.isIgnored("x/build/keep.log")).isTrue();
    assertThat(ignored.isIgnored("build")).isFalse();
    assertThat(ignored.isIgnored("only-top")).isTrue();
    assertThat(ignored.isIgnored("x/only-top")).isFalse();
    assertThat(ignored.isIgnored("sub/a.log")).isFalse();
    assertThat(ignored.isIgnored("sub/secret/deep")).isTrue();
    assertThat(ignored.isIgnored("secret")).isFalse();
  }

  @Test
  void givenAnIgnoreTextForTheRoot_whenAsked_thenItReplacesTheRootFile() throws Exception {
    var tree = tree(Map.of(".gitignore", "*.log\n"));

    var ignored = IgnoredPaths.of(reader, tree, "*.tmp\n");

    assertThat(ignored.isIgnored("a.log")).isFalse();
    assertThat(ignored.isIgnored("a.tmp")).isTrue();
    assertThat(IgnoredPaths.of(reader, ObjectId.zeroId()).isIgnored("a.log")).isFalse();
  }

  private AttributesOfTree attributes(Map<String, String> textByPath) throws IOException {
    return AttributesOfTree.of(reader, tree(textByPath));
  }

  private ObjectId tree(Map<String, String> textByPath) throws IOException {
    try (var inserter = repository.newObjectInserter()) {
      var tree = Trees.tree(inserter, textByPath);
      inserter.flush();
      return tree;
    }
  }

  private static String lfs(String... patterns) {
    var text = new StringBuilder();
    for (var pattern : patterns) {
      text.append(pattern).append(" filter=lfs diff=lfs merge=lfs -text\n");
    }
    return text.toString();
  }
}
