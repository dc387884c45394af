package dev.ashlar.hub.repo;

import static org.assertj.core.api.Assertions.assertThat;

import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;

class PullRefTest {
  @Test
  void givenANumber_whenItsRefIsRead_thenItIsTheSame() {
    var ref = new PullRef(27);

    assertThat(ref.name()).isEqualTo("refs/pr/27");
    assertThat(PullRef.of("refs/pr/27")).contains(ref);
  }

  @ParameterizedTest
  @ValueSource(
      strings = {
        "refs/pr/0",
        "refs/pr/01",
        "refs/pr/-1",
        "refs/pr/1/x",
        "refs/pr/",
        "refs/heads/pr/1",
        "1",
        "refs/pr/99999999999",
        " refs/pr/1",
        "refs/pr/1\n"
      })
  void givenAnotherName_whenRead_thenItIsNoPullRequest(String name) {
    assertThat(PullRef.of(name)).isEmpty();
  }
}
