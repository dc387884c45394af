package dev.ashlar.core.token;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import dev.ashlar.core.problem.Need;
import dev.ashlar.core.problem.Problem.Refused;
import dev.ashlar.core.problem.ProblemException;
import dev.ashlar.core.token.XetToken.Scope;
import java.time.Instant;
import java.util.List;
import org.junit.jupiter.api.Test;

final class XetTokensTest {
  private static final Instant NOW = Instant.ofEpochSecond(1_800_000_000);

  private final KeyRing keys = KeyRing.parse("01".repeat(32) + "\n\n" + "02".repeat(32) + "\n");
  private final XetTokens tokens = new XetTokens(keys, () -> NOW);
  private final XetToken token = new XetToken(5, 4, 6, Scope.READ, NOW.plusSeconds(60));

  private void assertRefused(XetTokens by, String text) {
    assertThatThrownBy(() -> by.verify(text))
        .as(text)
        .isInstanceOfSatisfying(
            ProblemException.class,
            e -> assertThat(e.problem()).isEqualTo(new Refused(Need.VALID_TOKEN)));
  }

  @Test
  void givenAToken_whenVerified_thenItComesBack() {
    assertThat(tokens.verify(tokens.sign(token))).isEqualTo(token);
    assertThat(token.allows(Scope.WRITE)).isFalse();
    assertThat(token.allows(Scope.READ)).isTrue();
    for (var scope : Scope.values()) {
      var other = new XetToken(0, 0, 6, scope, NOW.plusSeconds(60));
      assertThat(tokens.verify(tokens.sign(other))).isEqualTo(other);
      assertThat(other.allows(Scope.WRITE)).isEqualTo(scope != Scope.READ);
    }
  }

  @Test
  void givenEachCharacterOfAToken_whenChangedOrDropped_thenItIsRefused() {
    var text = tokens.sign(token);
    for (int i = 0; i < text.length(); i++) {
      for (var other : List.of("0", "1", "w", "p", "A", "")) {
        var altered = text.substring(0, i) + other + text.substring(i + 1);
        if (!altered.equals(text)) {
          assertRefused(tokens, altered);
        }
      }
    }
    assertRefused(tokens, "");
    assertRefused(tokens, "hf_abc");
  }

  @Test
  void givenAnExpiry_whenItIsPastByMoreThanTheLeeway_thenTheTokenIsRefused() {
    var text = tokens.sign(token);

    var within = new XetTokens(keys, () -> NOW.plusSeconds(90));
    var past = new XetTokens(keys, () -> NOW.plusSeconds(91));

    assertThat(within.verify(text)).isEqualTo(token);
    assertRefused(past, text);
  }

  @Test
  void givenAnotherKey_whenVerified_thenTheTokenIsRefused() {
    var others = new XetTokens(KeyRing.parse("02".repeat(32)), () -> NOW);

    assertRefused(others, tokens.sign(token));
    assertThat(tokens.verify(others.sign(token))).isEqualTo(token);
  }

  @Test
  void givenCallersInstallationsAndEpochs_whenScoped_thenAllScopesDiffer() {
    assertThat(
            List.of(
                CasScope.of(keys, "a", 1, 0),
                CasScope.of(keys, "b", 1, 0),
                CasScope.of(keys, "a", 2, 0),
                CasScope.of(keys, "a", 1, 1)))
        .doesNotHaveDuplicates()
        .allMatch(scope -> scope.matches("[0-9a-f]{16}"));
    assertThat(CasScope.of(keys, "a", 1, 0)).isEqualTo(CasScope.of(keys, "a", 1, 0));
  }
}
