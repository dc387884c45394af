package dev.ashlar.web;

import static org.assertj.core.api.Assertions.assertThat;

import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;

class LoggedPathTest {
  @ParameterizedTest
  @CsvSource({
    "/api/invitations/inv_0123456789abcdefghijABCDEFGHIJ0123456789abcdefghijklm/accept,"
        + "/api/invitations/inv_.../accept",
    "/api/x/hf_0123456789abcdefghijABCDEFGHIJ0123456789abc,/api/x/hf_...",
    "/ann/hf_model/resolve/main/inv_1.txt,/ann/hf_model/resolve/main/inv_1.txt",
    "/ann/ü,/ann/?"
  })
  void givenAPath_whenLogged_thenItIsPrintableAndHoldsNoSecret(String path, String logged) {
    assertThat(LoggedPath.of(path)).isEqualTo(logged);
  }
}
