package dev.ashlar.hub.account;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import dev.ashlar.core.problem.Problem.Invalid;
import dev.ashlar.core.problem.Problem.Missing;
import dev.ashlar.core.problem.Problem.Taken;
import dev.ashlar.core.problem.ProblemException;
import dev.ashlar.core.token.KeyRing;
import dev.ashlar.metadata.Database;
import dev.ashlar.metadata.TestDatabase;
import java.util.ArrayList;
import java.util.List;
import java.util.Optional;
import org.assertj.core.api.AbstractThrowableAssert;
import org.junit.jupiter.api.AfterAll;
import org.junit.jupiter.api.BeforeAll;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;

class AccountsTest {
  private static final KeyRing PEPPER = KeyRing.of(List.of(new byte[32]));
  private static Database database;
  private static Accounts accounts;

  @BeforeAll
  static void open() {
    database = TestDatabase.open();
    accounts = new Accounts(database, PEPPER);
  }

  @AfterAll
  static void close() {
    database.close();
  }

  @Test
  void givenAUser_whenATokenIsAdded_thenItsTextFindsTheCaller() {
    accounts.addUser("Ada-1", "Ada L.", "ada@example.org", false, false);

    var text = accounts.addToken("ada-1", TokenScope.READ, "laptop", Optional.empty());

    assertThat(text).matches("hf_[0-9A-Za-z]{59}");
    var caller = caller(text).orElseThrow();
    assertThat(caller.name()).isEqualTo("Ada-1");
    assertThat(caller.scope()).isEqualTo(TokenScope.READ);
    assertThat(caller.user().email()).isEqualTo("ada@example.org");
  }

  @Test
  void givenAToken_whenOneCharacterIsWrong_thenNobodyIsFound() {
    accounts.addUser("typo", "", "", false, false);
    var text = accounts.addToken("typo", TokenScope.WRITE, "", Optional.empty());

    for (int i = 0; i < text.length(); i++) {
      char other = text.charAt(i) == 'x' ? 'y' : 'x';
      assertThat(caller(text.substring(0, i) + other + text.substring(i + 1))).isEmpty();
    }
  }

  @Test
  void givenAnImportedToken_whenItIsUsed_thenTheWholeTextCounts() {
    accounts.addUser("__old_name__", "", "", false, true);
    var theirs = "hf_abcdefghijklmnopqrstuvwxyzABCDEFGH";

    var text = accounts.addToken("__old_name__", TokenScope.WRITE, "old", Optional.of(theirs));

    assertThat(text).isEqualTo(theirs);
    assertThat(caller(theirs).orElseThrow().name()).isEqualTo("__old_name__");
    assertThat(caller("hf_abcdefghijklmnopqrstuvwxyzABCDEFGI")).isEmpty();
    assertProblem(
            () -> accounts.addToken("__old_name__", TokenScope.READ, "again", Optional.of(theirs)))
        .isInstanceOf(Taken.class);
  }

  @Test
  void givenAToken_whenRevoked_thenNobodyIsFoundAndItIsNotListed() {
    accounts.addUser("gone", "", "", false, false);
    var text = accounts.addToken("gone", TokenScope.WRITE, "t", Optional.empty());
    var id =
        accounts.listTokens().stream()
            .filter(token -> token.user().equals("gone"))
            .findFirst()
            .orElseThrow()
            .id();

    accounts.revokeToken(id);

    assertThat(text).contains(id);
    assertThat(caller(text)).isEmpty();
    assertThat(accounts.listTokens()).noneMatch(token -> token.id().equals(id));
    assertProblem(() -> accounts.revokeToken(id)).isInstanceOf(Missing.class);
  }

  @Test
  void givenAName_whenTakenInAnotherCase_thenItIsTaken() {
    accounts.addUser("Grace", "", "", false, false);

    assertProblem(() -> accounts.addUser("gRACE", "", "", false, false)).isInstanceOf(Taken.class);
  }

  @ParameterizedTest
  @ValueSource(
      strings = {
        "a",
        "-ab",
        "ab-",
        "a--b",
        "a_b",
        "a.b",
        "__old__",
        "api",
        "Datasets",
        "cas",
        "",
        "ä1",
        "aaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaa",
        "a/b",
        "a b",
        "org"
      })
  void givenANameAgainstTheRule_whenAdded_thenItIsInvalid(String name) {
    assertProblem(() -> accounts.addUser(name, "", "", false, false)).isInstanceOf(Invalid.class);
  }

  @ParameterizedTest
  @ValueSource(strings = {"a/b", "..", ".x", "a..b", "x.git", "api", "a b", "", "-x", "ü", "a--b"})
  void givenANameThatNoUrlCarries_whenImported_thenItIsInvalid(String name) {
    assertProblem(() -> accounts.addUser(name, "", "", false, true)).isInstanceOf(Invalid.class);
  }

  @Test
  void givenAnEmptyDatabase_whenStartedTwice_thenTheFirstStartAloneMakesTheAdministrator() {
    try (var fresh = TestDatabase.open()) {
      var own = new Accounts(fresh, PEPPER);
      var kept = new ArrayList<String>();

      assertThat(own.firstAdmin("admin", kept::add)).isTrue();
      assertThat(own.firstAdmin("admin", kept::add)).isFalse();

      assertThat(kept).hasSize(1);
      assertThat(own.listUsers()).singleElement().matches(User::admin);
      var caller = fresh.read(db -> new Tokens(PEPPER).caller(db, kept.getFirst())).orElseThrow();
      assertThat(caller.scope()).isEqualTo(TokenScope.WRITE);
    }
  }

  private static Optional<Caller.SignedIn> caller(String token) {
    return database.read(db -> new Tokens(PEPPER).caller(db, token));
  }

  private static AbstractThrowableAssert<?, ?> assertThrown(Runnable work) {
    return assertThatThrownBy(work::run).isInstanceOf(ProblemException.class);
  }

  private static org.assertj.core.api.AbstractObjectAssert<?, ?> assertProblem(Runnable work) {
    return assertThrown(work).extracting(thrown -> ((ProblemException) thrown).problem());
  }
}
