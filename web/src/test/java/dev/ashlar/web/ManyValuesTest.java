package dev.ashlar.web;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import dev.ashlar.core.problem.Problem.Malformed;
import dev.ashlar.core.problem.Problem.OverLimit;
import dev.ashlar.core.problem.ProblemException;
import java.io.ByteArrayInputStream;
import java.io.IOException;
import java.nio.charset.StandardCharsets;
import org.assertj.core.api.InstanceOfAssertFactories;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;

/** Bodies whose few bytes a value would become a hundred times as much memory. */
class ManyValuesTest {
  private static ByteArrayInputStream in(String text) {
    return new ByteArrayInputStream(text.getBytes(StandardCharsets.UTF_8));
  }

  @ParameterizedTest
  @ValueSource(strings = {"{},", "[],", "1,", "{\"a\":{}},"})
  void givenMillionsOfSmallValues_whenReadAsJson_thenTheyAreRefused(String value) {
    var text = "[" + value.repeat(1_000_000) + "0]";

    assertThatThrownBy(() -> Json.tree(in(text)))
        .asInstanceOf(InstanceOfAssertFactories.type(ProblemException.class))
        .satisfies(e -> assertThat(e.problem()).isInstanceOf(Malformed.class));
    assertThatThrownBy(() -> Json.read(in(text), Object[].class))
        .asInstanceOf(InstanceOfAssertFactories.type(ProblemException.class))
        .satisfies(e -> assertThat(e.problem()).isInstanceOf(Malformed.class));
  }

  @Test
  void givenTheLongestAllowedList_whenRead_thenItIsThere() throws IOException {
    var text = "[" + "{\"path\":\"a\",\"size\":1,\"sample\":\"\"},".repeat(10_000) + "{}]";

    assertThat(Json.tree(in(text)).size()).isEqualTo(10_001);
  }

  @Test
  void givenMillionsOfParameters_whenParsed_thenTheyAreRefused() {
    assertThatThrownBy(() -> UrlText.parseQuery("a&".repeat(1_000_000)))
        .asInstanceOf(InstanceOfAssertFactories.type(ProblemException.class))
        .satisfies(e -> assertThat(e.problem()).isInstanceOf(OverLimit.class));
  }

  @Test
  void givenEmptyParts_whenParsed_thenTheyAreSkipped() {
    assertThat(UrlText.parseQuery("&".repeat(1_000_000) + "a=1&&b&=c&"))
        .extracting(pair -> pair.getKey() + ":" + pair.getValue())
        .containsExactly("a:1", "b:", ":c");
    assertThat(UrlText.parseQuery("")).isEmpty();
  }
}
