package dev.ashlar.hub.tree;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import dev.ashlar.core.problem.ProblemException;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;

class RepoPathTest {
  @ParameterizedTest
  @ValueSource(
      strings = {
        "a",
        "a/b.txt",
        ".gitattributes",
        ".github/x",
        "a/.gitignore",
        "git",
        "a b#?%20.txt",
        "größe/日本.bin",
        "x:y",
        "...",
        "a..b",
        ".gitx/config",
        "con",
        "a/b/c/d/e/f",
        "-x"
      })
  void givenAnHonestPath_whenItIsWritten_thenItIsTaken(String path) {
    assertThat(new RepoPath(path).text()).isEqualTo(path);
  }

  @ParameterizedTest
  @ValueSource(
      strings = {
        "",
        "/",
        "/a",
        "a/",
        "a//b",
        ".",
        "..",
        "../a",
        "a/../b",
        "a/./b",
        "a\\b",
        "a\0b",
        "a\nb",
        "a\u007fb",
        "a\u0085b",
        ".git",
        ".git/config",
        "a/.git/config",
        ".GIT",
        ".Git/x",
        ".git ",
        ".git.",
        ".git ./x",
        "git~1",
        "GIT~1/config",
        ".g\u200cit",
        ".gi\u200ft/x",
        ".git::$INDEX_ALLOCATION",
        ".git:x",
        "a/\ud800"
      })
  void givenADangerousPath_whenItIsWritten_thenItIsRefused(String path) {
    assertThatThrownBy(() -> new RepoPath(path)).isInstanceOf(ProblemException.class);
  }

  @Test
  void givenAnEndlessPath_whenItIsWritten_thenItIsRefused() {
    assertThat(RepoPath.fault("a/".repeat(2500) + "b")).contains("longer");
    assertThat(RepoPath.fault("a/".repeat(255) + "b")).contains("segments");
    assertThat(RepoPath.fault("a/".repeat(254) + "b")).isEmpty();
    assertThat(RepoPath.fault("ä".repeat(128))).contains("longer");
    assertThat(RepoPath.fault("ä".repeat(127))).isEmpty();
  }

  @Test
  void givenAFolderWithASlashAtItsEnd_whenItIsNamed_thenTheSlashIsDropped() {
    assertThat(RepoPath.folder("a/b/").text()).isEqualTo("a/b");
    assertThatThrownBy(() -> RepoPath.folder("a//")).isInstanceOf(ProblemException.class);
  }
}
