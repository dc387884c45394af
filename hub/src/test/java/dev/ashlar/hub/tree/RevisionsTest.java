package dev.ashlar.hub.tree;

import static org.assertj.core.api.Assertions.assertThat;

import java.io.IOException;
import java.util.Map;
import org.eclipse.jgit.lib.ObjectId;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;
import org.junit.jupiter.params.provider.ValueSource;

class RevisionsTest {
  private final MemoryRepo repo = new MemoryRepo();
  private ObjectId first = ObjectId.zeroId();
  private ObjectId second = ObjectId.zeroId();

  @BeforeEach
  void twoCommits() throws IOException {
    first = repo.commit("one", Map.of("a", "1"));
    second = repo.commit("two", Map.of("a", "2"), first);
    repo.ref("refs/heads/main", second);
    repo.ref("refs/heads/feature/x", first);
    repo.ref("refs/tags/v1", first);
    repo.ref("refs/tags/main", first);
    repo.ref("refs/pr/12", first);
    repo.ref("refs/convert/parquet", first);
  }

  @AfterEach
  void close() {
    repo.close();
  }

  @ParameterizedTest
  @ValueSource(strings = {"main", "HEAD", "refs/heads/main"})
  void givenANameOfTheDefaultBranch_whenItIsSought_thenItsHeadIsFound(String name)
      throws IOException {
    var found = new Revisions(repo.git, "main").require(name);

    assertThat(found.commit()).isEqualTo(second);
    assertThat(found.ref()).contains("refs/heads/main");
  }

  @ParameterizedTest
  @ValueSource(strings = {"feature/x", "v1", "refs/tags/v1", "refs/pr/12", "refs/convert/parquet"})
  void givenAnotherName_whenItIsSought_thenItsCommitIsFound(String name) throws IOException {
    assertThat(new Revisions(repo.git, "main").require(name).commit()).isEqualTo(first);
  }

  @Test
  void givenACommitId_whenItOrItsBeginningIsSought_thenTheCommitIsFound() throws IOException {
    var revisions = new Revisions(repo.git, "main");

    for (int digits : new int[] {8, 20, 39, 40}) {
      var found = revisions.require(first.name().substring(0, digits));
      assertThat(found.commit()).isEqualTo(first);
      assertThat(found.ref()).isEmpty();
    }
  }

  @ParameterizedTest
  @ValueSource(
      strings = {
        "",
        "nope",
        "refs/heads",
        "refs/heads/",
        "refs/pr/13",
        "refs/other/x",
        "a..b",
        "-x",
        "abc",
        "@{0}",
        "refs/../x",
        "main.lock",
        "0000000000000000000000000000000000000000",
        "deadbeef"
      })
  void givenAnUnknownName_whenItIsSought_thenNothingIsFound(String name) throws IOException {
    assertThat(new Revisions(repo.git, "main").find(name)).isEmpty();
  }

  @Test
  void givenTheIdOfATree_whenItIsSought_thenNothingIsFound() throws IOException {
    var tree = new Revisions(repo.git, "main").require("main").commit().getTree().name();

    assertThat(new Revisions(repo.git, "main").find(tree)).isEmpty();
    assertThat(new Revisions(repo.git, "main").find(tree.substring(0, 12))).isEmpty();
  }

  @ParameterizedTest
  @CsvSource({
    "main, main, ''",
    "main/, main, ''",
    "main/a%20b/c, main, a b/c",
    "main/a%2Fb, main, a/b",
    "feature%2Fx/dir/f, feature/x, dir/f",
    "feature/x/dir/f, feature/x, dir/f",
    "feature/y/dir, feature, y/dir",
    "refs%2Fpr%2F12/a, refs/pr/12, a",
    "refs/pr/12/a, refs/pr/12, a",
    "refs/pr/12, refs/pr/12, ''",
    "refs/convert/parquet/a/b, refs/convert/parquet, a/b",
    "refs/heads/feature/x/a, refs/heads/feature/x, a",
    "refs/heads/main/a, refs/heads/main, a",
    "main/%252e%252e, main, %2e%2e"
  })
  void givenARevisionAndAPath_whenTheyComeInOnePiece_thenTheLongestNameWins(
      String raw, String revision, String path) throws IOException {
    assertThat(RevisionPath.split(repo.git, raw)).isEqualTo(new RevisionPath(revision, path));
  }
}
