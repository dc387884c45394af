package dev.ashlar.hub.access;

import static org.assertj.core.api.Assertions.assertThat;

import dev.ashlar.core.problem.Need;
import dev.ashlar.core.problem.Problem;
import dev.ashlar.core.problem.Problem.Forbidden;
import dev.ashlar.core.problem.Problem.Missing;
import dev.ashlar.core.problem.Problem.Refused;
import dev.ashlar.hub.access.Resource.NoRepo;
import dev.ashlar.hub.access.Resource.OfDiscussion;
import dev.ashlar.hub.access.Resource.OfNamespace;
import dev.ashlar.hub.access.Resource.OfRepo;
import dev.ashlar.hub.account.Caller;
import dev.ashlar.hub.account.Caller.Anonymous;
import dev.ashlar.hub.account.Caller.SignedIn;
import dev.ashlar.hub.account.TokenScope;
import dev.ashlar.hub.account.User;
import dev.ashlar.hub.org.Role;
import java.time.Instant;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;

class PolicyTest {
  /** Columns: visibility, gate, role of the caller, and per action what comes out. */
  @ParameterizedTest
  @CsvSource({
    "PUBLIC,    NO,     NONE,        ok,        ok,   no-right",
    "PUBLIC,    NO,     READ,        ok,        ok,   no-right",
    "PUBLIC,    NO,     CONTRIBUTOR, ok,        ok,   no-right",
    "PUBLIC,    NO,     WRITE,       ok,        ok,   ok",
    "PUBLIC,    NO,     ADMIN,       ok,        ok,   ok",
    "PUBLIC,    AUTO,   NONE,        ok,        gate, no-right",
    "PUBLIC,    MANUAL, NONE,        ok,        gate, no-right",
    "PUBLIC,    MANUAL, READ,        ok,        ok,   no-right",
    "PRIVATE,   NO,     NONE,        missing,   missing, missing",
    "PRIVATE,   MANUAL, NONE,        missing,   missing, missing",
    "PRIVATE,   NO,     READ,        ok,        ok,   no-right",
    "PRIVATE,   NO,     WRITE,       ok,        ok,   ok",
    "PROTECTED, NO,     NONE,        missing,   missing, missing",
    "PROTECTED, NO,     ADMIN,       ok,        ok,   ok",
  })
  void givenAWriteToken_whenActing_thenRoleAndVisibilityDecide(
      Visibility visibility, Gate gate, Role role, String read, String download, String write) {
    var repo = new OfRepo("a/b", visibility, gate, false, role, false);
    var caller = signedIn(TokenScope.WRITE, false);

    assertThat(outcome(caller, Action.READ, repo)).isEqualTo(read);
    assertThat(outcome(caller, Action.DOWNLOAD, repo)).isEqualTo(download);
    assertThat(outcome(caller, Action.WRITE, repo)).isEqualTo(write);
    assertThat(outcome(caller, Action.MANAGE, repo)).isEqualTo(write);
  }

  @ParameterizedTest
  @CsvSource({
    "PUBLIC,    NO,     ok,           ok,           sign-in",
    "PUBLIC,    MANUAL, ok,           sign-in-gate, sign-in",
    "PRIVATE,   NO,     sign-in-repo, sign-in-repo, sign-in-repo",
    "PROTECTED, AUTO,   sign-in-repo, sign-in-repo, sign-in-repo",
  })
  void givenNoCredentials_whenActing_thenSigningInIsTheAnswer(
      Visibility visibility, Gate gate, String read, String download, String write) {
    var repo = new OfRepo("a/b", visibility, gate, false, Role.NONE, false);
    var caller = new Anonymous();

    assertThat(outcome(caller, Action.READ, repo)).isEqualTo(read);
    assertThat(outcome(caller, Action.DOWNLOAD, repo)).isEqualTo(download);
    assertThat(outcome(caller, Action.WRITE, repo)).isEqualTo(write);
    assertThat(outcome(caller, Action.MANAGE, repo)).isEqualTo(write);
  }

  @Test
  void givenAReadToken_whenWriting_thenTheRoleOfTheTokenIsNamed() {
    var own = new OfRepo("a/b", Visibility.PRIVATE, Gate.NO, false, Role.ADMIN, true);
    var reader = signedIn(TokenScope.READ, false);

    assertThat(outcome(reader, Action.READ, own)).isEqualTo("ok");
    assertThat(outcome(reader, Action.WRITE, own)).isEqualTo("token-role");
    assertThat(outcome(reader, Action.CREATE, new OfNamespace(Role.ADMIN))).isEqualTo("token-role");
  }

  @Test
  void givenAContributor_whenWriting_thenOnlyOwnRepositoriesAreOpen() {
    var caller = signedIn(TokenScope.WRITE, false);
    var own = new OfRepo("o/a", Visibility.PRIVATE, Gate.NO, false, Role.CONTRIBUTOR, true);
    var other = new OfRepo("o/b", Visibility.PRIVATE, Gate.NO, false, Role.CONTRIBUTOR, false);

    assertThat(outcome(caller, Action.WRITE, own)).isEqualTo("ok");
    assertThat(outcome(caller, Action.WRITE, other)).isEqualTo("no-right");
  }

  @ParameterizedTest
  @CsvSource({
    "NONE,no-namespace",
    "READ,no-namespace",
    "CONTRIBUTOR,ok",
    "WRITE,ok",
    "ADMIN,ok",
  })
  void givenARoleInANamespace_whenCreating_thenContributorsAndAboveMay(Role role, String outcome) {
    var caller = signedIn(TokenScope.WRITE, false);

    assertThat(outcome(caller, Action.CREATE, new OfNamespace(role))).isEqualTo(outcome);
  }

  /** Columns: visibility, gate, role of the caller; taking part, offering changes. */
  @ParameterizedTest
  @CsvSource({
    "PUBLIC,    NO,     NONE,        ok,      ok",
    "PUBLIC,    AUTO,   NONE,        ok,      gate",
    "PUBLIC,    MANUAL, NONE,        ok,      gate",
    "PUBLIC,    MANUAL, READ,        ok,      ok",
    "PRIVATE,   NO,     NONE,        missing, missing",
    "PRIVATE,   NO,     READ,        ok,      ok",
    "PROTECTED, NO,     NONE,        missing, missing",
    "PRIVATE,   MANUAL, WRITE,       ok,      ok",
  })
  void givenAWriteToken_whenDiscussing_thenWhoMayReadMayTakePart(
      Visibility visibility, Gate gate, Role role, String discuss, String propose) {
    var repo = new OfRepo("a/b", visibility, gate, false, role, false);
    var caller = signedIn(TokenScope.WRITE, false);

    assertThat(outcome(caller, Action.DISCUSS, repo)).isEqualTo(discuss);
    assertThat(outcome(caller, Action.PROPOSE, repo)).isEqualTo(propose);
  }

  @Test
  void givenNoOrAReadToken_whenDiscussing_thenAWriteTokenIsNeeded() {
    var open = new OfRepo("a/b", Visibility.PUBLIC, Gate.NO, false, Role.NONE, false);
    var gated = new OfRepo("a/b", Visibility.PUBLIC, Gate.AUTO, false, Role.NONE, false);
    var reader = signedIn(TokenScope.READ, false);

    assertThat(outcome(new Anonymous(), Action.DISCUSS, open)).isEqualTo("sign-in");
    assertThat(outcome(new Anonymous(), Action.PROPOSE, open)).isEqualTo("sign-in");
    assertThat(outcome(new Anonymous(), Action.PROPOSE, gated)).isEqualTo("sign-in-gate");
    assertThat(outcome(reader, Action.DISCUSS, open)).isEqualTo("token-role");
    assertThat(outcome(reader, Action.PROPOSE, open)).isEqualTo("token-role");
  }

  /** Columns: visibility, gate, role, whether the discussion is theirs; change it, push to it. */
  @ParameterizedTest
  @CsvSource({
    "PUBLIC,  NO,     NONE,  true,  ok,       ok",
    "PUBLIC,  NO,     NONE,  false, no-right, no-right",
    "PUBLIC,  NO,     READ,  false, no-right, no-right",
    "PUBLIC,  NO,     WRITE, false, ok,       ok",
    "PUBLIC,  MANUAL, NONE,  true,  ok,       gate",
    "PRIVATE, NO,     NONE,  true,  missing,  missing",
    "PRIVATE, NO,     READ,  true,  ok,       ok",
  })
  void givenADiscussion_whenItIsChanged_thenItsAuthorAndWritersMay(
      Visibility visibility, Gate gate, Role role, boolean own, String change, String push) {
    var repo = new OfRepo("a/b", visibility, gate, false, role, false);
    var caller = signedIn(TokenScope.WRITE, false);

    assertThat(outcome(caller, Action.DISCUSS, new OfDiscussion(repo, own))).isEqualTo(change);
    assertThat(outcome(caller, Action.PROPOSE, new OfDiscussion(repo, own))).isEqualTo(push);
  }

  @Test
  void givenAnUnknownRepository_whenActing_thenItLooksLikeAPrivateOne() {
    var missing = new NoRepo("a/b");
    var hidden = new OfRepo("a/b", Visibility.PRIVATE, Gate.NO, false, Role.NONE, false);
    for (var caller : new Caller[] {new Anonymous(), signedIn(TokenScope.WRITE, true)}) {
      for (var action : new Action[] {Action.READ, Action.DOWNLOAD, Action.WRITE, Action.MANAGE}) {
        assertThat(Policy.decide(caller, action, missing))
            .isPresent()
            .isEqualTo(Policy.decide(caller, action, hidden));
      }
    }
  }

  @Test
  void givenADisabledRepository_whenReading_thenTheExactSentenceIsGiven() {
    var repo = new OfRepo("a/b", Visibility.PUBLIC, Gate.NO, true, Role.ADMIN, true);

    assertThat(Policy.decide(signedIn(TokenScope.WRITE, false), Action.READ, repo))
        .contains(new Forbidden("Access to this resource is disabled."));
  }

  private static Caller signedIn(TokenScope scope, boolean admin) {
    return new SignedIn(new User(7, "bob", "", "", admin, 0, Instant.EPOCH), 1, scope);
  }

  private static String outcome(Caller caller, Action action, Resource resource) {
    return Policy.decide(caller, action, resource).map(PolicyTest::word).orElse("ok");
  }

  private static String word(Problem problem) {
    if (problem instanceof Missing) {
      return "missing";
    }
    return switch (((Refused) problem).need()) {
      case SIGN_IN -> "sign-in";
      case SIGN_IN_FOR_REPO -> "sign-in-repo";
      case SIGN_IN_FOR_GATE -> "sign-in-gate";
      case GATE -> "gate";
      case WRITE_ACCESS -> "no-right";
      case WRITE_SCOPE -> "token-role";
      case NAMESPACE -> "no-namespace";
      case Need other -> other.name();
    };
  }
}
