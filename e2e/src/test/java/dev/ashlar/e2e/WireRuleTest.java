package dev.ashlar.e2e;

import static org.assertj.core.api.Assertions.assertThatCode;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import dev.ashlar.e2e.RecordingProxy.Seen;
import dev.ashlar.e2e.RecordingProxy.Seen.Body;
import java.util.List;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;

/** The rule itself, on exchanges as they are recorded: it passes what is healthy and can fail. */
final class WireRuleTest {
  private static final String INFO = "/api/models/ann/m";
  private static final String CAS = "/cas/0123456789abcdef/v1/";

  private static final Seen READ = seen("GET", INFO, "ann", 200);
  private static final Seen COMMIT = seen("POST", INFO + "/commit/main", "ann", 200);
  private static final Seen XORB = seen("POST", CAS + "xorbs/default/" + "a".repeat(64), "", 200);

  @Test
  void givenAProgram_whenItReadsAgainAfterAChange_thenItIsHealthy() {
    accepts(READ, COMMIT, READ);
    accepts(READ, seen("DELETE", "/api/repos/delete", "bob", 200), READ);
    accepts(READ, seen("POST", INFO + "/ask-access", "bob", 303), READ);
    accepts(asked("", CAS + "chunks/default/x"), XORB, asked("", CAS + "chunks/default/x"));
  }

  @ParameterizedTest
  @ValueSource(ints = {200, 206, 304, 307, 401, 404})
  void givenAProgram_whenItReadsAgainForNothing_thenItIsFound(int status) {
    var again = seen("GET", INFO, "ann", status);

    refuses("came again", READ, again);
    refuses("came again", again, seen("HEAD", INFO, "ann", 200), READ);
    refuses("came again", seen("HEAD", INFO, "ann", status), seen("HEAD", INFO, "ann", status));
  }

  @Test
  void givenAReadAgain_whenWhatLayBetweenChangedNothingOfIt_thenItIsFound() {
    refuses("came again", READ, seen("POST", INFO + "/commit/main", "ann", 412), READ);
    refuses("came again", READ, seen("POST", INFO + "/preupload/main", "ann", 200), READ);
    refuses("came again", READ, seen("POST", INFO + "/paths-info/main", "ann", 200), READ);
    refuses("came again", READ, seen("POST", "/ann/m.git/info/lfs/objects/batch", "", 200), READ);
    refuses("came again", READ, XORB, READ);
    refuses("came again", READ, COMMIT, READ, READ);
  }

  @Test
  void givenTheSamePath_whenCallerRangeOrConditionDiffer_thenItIsAnotherRead() {
    accepts(READ, seen("GET", INFO, "bob", 200), seen("GET", INFO, "", 401));
    accepts(
        READ,
        new Seen("GET", INFO, "bytes=0-1", "", "ann", Body.NONE, 206),
        new Seen("GET", INFO, "", "If-none-match: \"a\"", "ann", Body.NONE, 304));
    accepts(READ, seen("GET", INFO + "?expand[]=likes", "ann", 200));
  }

  @Test
  void givenASignedUrl_whenSignedAnew_thenItsBytesAreTheSameOnes() {
    var path = "/cas/get/xorb/xorb/0a?ranges=0-9&exp=100&kid=1&sig=abc";
    var anew = "/cas/get/xorb/xorb/0a?ranges=0-9&exp=101&kid=1&sig=xyz";

    refuses("came again", asked("bytes=0-8", path), asked("bytes=0-8", anew));
    accepts(asked("bytes=0-8", path), asked("bytes=0-7", anew));
  }

  @Test
  void givenAChange_whenItSucceedsAgain_thenItIsFoundUnlessAnotherLayBetween() {
    var create = seen("POST", "/api/repos/create", "ann", 200);
    var delete = seen("DELETE", "/api/repos/delete", "ann", 200);
    var taken = seen("POST", "/api/repos/create", "ann", 409);

    refuses("came again", create, create);
    refuses("came again", create, taken, taken);
    accepts(create, taken);
    accepts(create, delete, create, delete);
  }

  @Test
  void givenBytes_whenSentTwice_thenItIsFoundWhateverLayBetween() {
    var put = seen("PUT", "/cas/put/1", "", 200);

    refuses("came again", XORB, COMMIT, XORB);
    refuses("came again", put, COMMIT, put);
  }

  @ParameterizedTest
  @ValueSource(ints = {408, 425, 429, 500, 503, Seen.BROKEN})
  void givenAnAnswerAfterWhichClientsTryAgain_whenItCame_thenNoRuleAllowsIt(int status) {
    for (var rule : List.of(WireRule.STRICT, WireRule.PROGRAM, WireRule.GIT)) {
      assertThatThrownBy(() -> check(rule, seen("GET", INFO, "ann", status)))
          .isInstanceOf(AssertionError.class)
          .hasMessageContaining("refused or failed");
    }
  }

  @Test
  void givenARequestThatMayComeAgain_whenItDoes_thenOnlyThatOneMay() {
    var rule = WireRule.PROGRAM.repeating("GET", "/api/models/[a-z]+/m", "it is meant so");

    assertThatCode(() -> check(rule, READ, READ)).doesNotThrowAnyException();
    assertThatThrownBy(() -> check(rule, READ, READ, asked("", "/x"), asked("", "/x")))
        .hasMessageContaining("came again");
    assertThatThrownBy(() -> check(rule, READ, COMMIT, READ))
        .hasMessageContaining("did not")
        .hasMessageContaining("it is meant so");
  }

  @Test
  void givenTheStrictRule_whenAnythingComesTwice_thenItIsFoundEvenAfterAChange() {
    assertThatThrownBy(() -> check(WireRule.STRICT, READ, COMMIT, READ))
        .hasMessageContaining("came again");
    assertThatCode(() -> check(WireRule.STRICT, READ, COMMIT)).doesNotThrowAnyException();
  }

  private static void accepts(Seen... seen) {
    assertThatCode(() -> check(WireRule.PROGRAM, seen)).doesNotThrowAnyException();
  }

  private static void refuses(String words, Seen... seen) {
    assertThatThrownBy(() -> check(WireRule.PROGRAM, seen))
        .isInstanceOf(AssertionError.class)
        .hasMessageContaining(words);
  }

  private static void check(WireRule rule, Seen... seen) {
    rule.check(List.of(seen), "a run");
  }

  private static Seen asked(String range, String path) {
    return new Seen("GET", path, range, "", "", Body.NONE, 200);
  }

  private static Seen seen(String method, String path, String caller, int status) {
    return new Seen(method, path, "", "", caller, Body.NONE, status);
  }
}
