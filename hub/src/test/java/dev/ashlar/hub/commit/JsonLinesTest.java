package dev.ashlar.hub.commit;

import static java.nio.charset.StandardCharsets.UTF_8;
import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import com.fasterxml.jackson.databind.JsonNode;
import com.fasterxml.jackson.databind.node.ObjectNode;
import dev.ashlar.core.problem.Problem;
import dev.ashlar.core.problem.ProblemException;
import dev.ashlar.web.Json;
import java.io.ByteArrayInputStream;
import java.io.ByteArrayOutputStream;
import java.io.IOException;
import java.util.List;
import java.util.Objects;
import java.util.Random;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;

class JsonLinesTest {
  @ParameterizedTest
  @ValueSource(longs = {11, 12, 13, 14, 15})
  void givenAnyValue_whenItIsRead_thenItIsWhatTheOrdinaryParserReads(long seed) throws IOException {
    var random = new Random(seed);
    for (int i = 0; i < 300; i++) {
      var value = value(random, 4);
      var text =
          (random.nextBoolean()
                  ? Json.mapper().writeValueAsString(value)
                  : Json.mapper()
                      .writeValueAsString(value)
                      .replace(",", " ,\t")
                      .replace("é", "\\u00e9"))
              + "\n";

      var read = lines(text).next(new ByteArrayOutputStream());

      assertThat(read).as("seed %d, %s", seed, text).isEqualTo(Json.mapper().readTree(text));
    }
  }

  private static JsonNode value(Random random, int depth) {
    var mapper = Json.mapper();
    return switch (random.nextInt(depth > 0 ? 7 : 5)) {
      case 0 -> mapper.getNodeFactory().textNode(text(random));
      case 1 -> mapper.getNodeFactory().numberNode(random.nextLong() >> 8);
      case 2 -> mapper.getNodeFactory().booleanNode(random.nextBoolean());
      case 3 -> mapper.getNodeFactory().nullNode();
      case 4 -> mapper.getNodeFactory().numberNode(random.nextInt(1000) / 8.0);
      case 5 -> {
        var array = mapper.createArrayNode();
        for (int i = random.nextInt(4); i > 0; i--) {
          array.add(value(random, depth - 1));
        }
        yield array;
      }
      default -> {
        var object = mapper.createObjectNode();
        for (int i = random.nextInt(4); i > 0; i--) {
          object.set(text(random), value(random, depth - 1));
        }
        yield object;
      }
    };
  }

  private static String text(Random random) {
    var text = new StringBuilder();
    for (int i = random.nextInt(8); i > 0; i--) {
      text.append(
          List.of("a", "\"", "\\", "/", "é", "日", "\n", "\u0001", "😀").get(random.nextInt(9)));
    }
    return text.toString();
  }

  @Test
  void givenContentOfAnyOrder_whenItIsRead_thenItGoesToItsStreamAndTheRestToTheTree()
      throws IOException {
    var big = "0123456789\\n\\u00e9".repeat(20_000);
    for (var line :
        new String[] {
          "{\"key\":\"file\",\"value\":{\"content\":\"%s\",\"path\":\"p\"}}",
          "{\"value\":{\"path\":\"p\",\"content\":\"%s\"},\"key\":\"file\"}"
        }) {
      var content = new ByteArrayOutputStream();

      var read = Objects.requireNonNull(lines(line.formatted(big)).next(content));

      assertThat(content.toString(UTF_8)).isEqualTo("0123456789\né".repeat(20_000));
      assertThat(read).isInstanceOf(ObjectNode.class);
      assertThat(read.path("value").path("path").asText()).isEqualTo("p");
      assertThat(read.path("key").asText()).isEqualTo("file");
    }
  }

  @Test
  void givenALine_whenItIsCutAnywhere_thenItIsRefused() throws IOException {
    var line = "{\"key\":\"file\",\"value\":{\"content\":\"a\\u00e9\",\"n\":[1,true]}}";
    for (int end = 1; end < line.length(); end++) {
      var cut = lines(line.substring(0, end));

      assertThatThrownBy(() -> cut.next(new ByteArrayOutputStream()))
          .as("cut at %d", end)
          .isInstanceOf(ProblemException.class);
    }
  }

  @ParameterizedTest
  @ValueSource(
      strings = {
        "\ufeff{}",
        "{} {}",
        "{\"a\":1,\"a\":2}",
        "{\"a\":01}",
        "{\"a\":.5}",
        "{'a':1}",
        "nul",
        "{\"a\":\"\\ud800\"}",
        "{\"a\":\"\\ud800\\u0041\"}",
        "{\"a\":\"\\x\"}",
        "{\"a\" 1}",
        "{\"a\":1,}",
        "[1,]",
        "[1 2]",
        "{\"a\":\"\t\"}",
        "{\"a\":\n1}",
        "+1",
        "{\"a\":\"\\u00g0\"}",
        "{\"value\":{\"content\":\"\",\"content\":\"\"}}"
      })
  void givenWhatIsNoJsonLine_whenItIsRead_thenTheLineIsNamed(String text) {
    assertThatThrownBy(() -> lines("\n\n" + text).next(new ByteArrayOutputStream()))
        .isInstanceOfSatisfying(
            ProblemException.class,
            e ->
                assertThat(e.problem())
                    .isInstanceOfSatisfying(
                        Problem.Invalid.class,
                        invalid -> assertThat(invalid.what()).startsWith("commit line ")));
  }

  @Test
  void givenDeepOrLongLines_whenTheyAreRead_thenTheyAreRefused() {
    assertThatThrownBy(() -> lines("[".repeat(100_000)).next(new ByteArrayOutputStream()))
        .isInstanceOf(ProblemException.class);
    assertThatThrownBy(
            () ->
                lines("{\"a\":\"" + "x".repeat(100_000) + "\"}").next(new ByteArrayOutputStream()))
        .isInstanceOf(ProblemException.class);
    assertThatThrownBy(() -> lines("[" + "1,".repeat(800_000)).next(new ByteArrayOutputStream()))
        .isInstanceOf(ProblemException.class);
    var endless = "{\"value\":{\"content\":\"" + "x".repeat(3 << 20) + "\"}}";
    assertThatThrownBy(() -> lines(endless).next(new ByteArrayOutputStream()))
        .isInstanceOfSatisfying(
            ProblemException.class,
            e -> assertThat(e.problem()).isInstanceOf(Problem.OverLimit.class));
  }

  @Test
  void givenANumberBeyondAnyType_whenItIsRead_thenNothingBreaks() throws IOException {
    var read = lines("{\"a\":1e9999}").next(new ByteArrayOutputStream());

    assertThat(read).isNotNull();
  }

  private static JsonLines lines(String text) {
    return new JsonLines(new LineInput(new ByteArrayInputStream(text.getBytes(UTF_8)), 2 << 20));
  }
}
