package dev.ashlar.bench.jmh;

import static org.assertj.core.api.Assertions.assertThatCode;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;

final class ParametersTest {
  @Test
  void givenParametersOfEveryBench_whenRequired_thenTheyStand() {
    assertThatCode(
            () ->
                Parameters.require(
                    "Bench",
                    "-p",
                    "size=1,8192,131072",
                    "-p",
                    "kind=random,zeros",
                    "-p",
                    "hasher=scalar",
                    "-p",
                    "way=plain,chosen",
                    "-f",
                    "1"))
        .doesNotThrowAnyException();
  }

  @ParameterizedTest
  @CsvSource(
      delimiter = '|',
      value = {
        "size | -p takes NAME=VALUE[,VALUE…], not size",
        "size=0 | size is a number of bytes from 1 to 131072, not 0",
        "size=64k | size is a number of bytes from 1 to 131072, not 64k",
        "size=8192,131073 | size is a number of bytes from 1 to 131072, not 131073",
        "kind=fp16 | kind is one of random, text, bf16, fp32, zeros here, not fp16",
        "way= | way is one of plain, chosen here, not ",
        "colour=red | no bench has a parameter colour: there are size, kind, hasher and way"
      })
  void givenAWrongParameter_whenRequired_thenASentenceTellsWhatIsRight(
      String word, String sentence) {
    assertThatThrownBy(() -> Parameters.require("Bench", "-p", word))
        .isInstanceOf(IllegalArgumentException.class)
        .message()
        .startsWith(sentence);
  }

  @Test
  void givenAHasherThatNoMachineHas_whenRequired_thenItIsRefused() {
    assertThatThrownBy(() -> Parameters.require("-p", "hasher=scalar,vector-64"))
        .isInstanceOf(IllegalArgumentException.class)
        .hasMessageContaining("scalar here, not vector-64");
  }
}
