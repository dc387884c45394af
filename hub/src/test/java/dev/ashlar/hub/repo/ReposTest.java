package dev.ashlar.hub.repo;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import dev.ashlar.core.problem.ProblemException;
import dev.ashlar.core.token.KeyRing;
import dev.ashlar.hub.access.Gate;
import dev.ashlar.hub.access.Visibility;
import dev.ashlar.hub.account.Accounts;
import dev.ashlar.hub.account.Namespaces;
import dev.ashlar.hub.account.User;
import dev.ashlar.hub.account.Users;
import dev.ashlar.hub.org.Orgs;
import dev.ashlar.hub.org.Role;
import dev.ashlar.metadata.Database;
import dev.ashlar.metadata.TestDatabase;
import java.time.Instant;
import java.util.List;
import java.util.Optional;
import java.util.Set;
import org.junit.jupiter.api.AfterAll;
import org.junit.jupiter.api.BeforeAll;
import org.junit.jupiter.api.Test;

class ReposTest {
  private static final Instant NOW = Instant.parse("2026-10-01T12:00:00Z");
  private static Database database;
  private static User ada;
  private static User bob;

  @BeforeAll
  static void open() {
    database = TestDatabase.open();
    var accounts = new Accounts(database, KeyRing.of(List.of(new byte[32])));
    ada = accounts.addUser("Ada", "", "", false, false);
    bob = accounts.addUser("bob", "", "", false, false);
    var orgs = new Orgs(database);
    orgs.add("acme", "Acme", true, false);
    orgs.putMember("acme", "bob", Role.READ);
  }

  @AfterAll
  static void close() {
    database.close();
  }

  @Test
  void givenARepository_whenLookedUpInAnotherCase_thenItIsFoundAsItWasMade() {
    make("Ada", "My.Model", Visibility.PUBLIC);

    var found = find(bob.id(), "aDA", "my.model").orElseThrow();

    assertThat(found.repo().fullName()).isEqualTo("Ada/My.Model");
    assertThat(found.standing()).isEqualTo(Role.NONE);
    assertThat(find(ada.id(), "ada", "MY.MODEL").orElseThrow().standing()).isEqualTo(Role.ADMIN);
    assertThatThrownBy(() -> make("ADA", "my.MODEL", Visibility.PUBLIC))
        .isInstanceOf(ProblemException.class);
  }

  @Test
  void givenADeletedRepository_whenMadeAgain_thenTheIdIsNew() {
    var first = make("Ada", "again", Visibility.PUBLIC);

    database.change(tx -> Repos.delete(tx, first));
    var second = make("Ada", "again", Visibility.PRIVATE);

    assertThat(second.id()).isGreaterThan(first.id());
    Optional<Repo> gone = database.read(db -> Repos.byId(db, first.id()));
    assertThat(gone).isEmpty();
  }

  @Test
  void givenAHeadThatMoved_whenRead_thenItsFactsAreThere() {
    var repo = make("Ada", "moved", Visibility.PUBLIC);
    var facts =
        new CardFacts(
            Optional.of("{\"license\":\"mit\"}"),
            List.of("license:mit", "a \"b\",c"),
            Optional.of("text-generation"),
            Optional.empty(),
            Optional.empty());

    database.change(
        tx -> Repos.headMoved(tx, repo.id(), "ab".repeat(20), facts, NOW.plusSeconds(5)));

    var now = database.read(db -> Repos.byId(db, repo.id())).orElseThrow();
    assertThat(now.headSha()).contains("ab".repeat(20));
    assertThat(now.card()).isEqualTo(facts);
    assertThat(now.lastModifiedAt()).isEqualTo(NOW.plusSeconds(5));
  }

  @Test
  void givenRepositories_whenAskedWhichAreReadable_thenPrivateAndGatedNeedAStanding() {
    var open = make("Ada", "r-open", Visibility.PUBLIC);
    var closed = make("Ada", "r-closed", Visibility.PRIVATE);
    var gated = make("Ada", "r-gated", Visibility.PUBLIC);
    database.change(tx -> Repos.settings(tx, gated, Optional.empty(), Optional.of(Gate.MANUAL)));
    var ofOrg = make("acme", "r-org", Visibility.PRIVATE);
    var all = List.of(open.id(), closed.id(), gated.id(), ofOrg.id(), 999_999L);

    assertThat(readable(0, all)).containsExactlyInAnyOrder(open.id());
    assertThat(readable(bob.id(), all)).containsExactlyInAnyOrder(open.id(), ofOrg.id());
    assertThat(readable(ada.id(), all))
        .containsExactlyInAnyOrder(open.id(), closed.id(), gated.id());
  }

  @Test
  void givenAPublicRepository_whenItIsHidden_thenStrangersAloneGetANewCasEpoch() {
    var repo = make("Ada", "epoch", Visibility.PUBLIC);
    long adaBefore = epoch(ada);
    long bobBefore = epoch(bob);

    database.change(
        tx -> Repos.settings(tx, repo, Optional.of(Visibility.PRIVATE), Optional.empty()));

    assertThat(epoch(ada)).isEqualTo(adaBefore);
    assertThat(epoch(bob)).isEqualTo(bobBefore + 1);
  }

  @Test
  void givenTwoPeopleWhoChangeSettings_whenEachChangesOther_thenNeitherIsUndone() {
    var seen = make("Ada", "two-people", Visibility.PUBLIC);
    database.change(
        tx -> Repos.settings(tx, seen, Optional.of(Visibility.PRIVATE), Optional.empty()));
    long before = epoch(bob);

    var after =
        database.<Repos.Readers>transact(
            tx -> Repos.settings(tx, seen, Optional.empty(), Optional.of(Gate.AUTO)));

    assertThat(after).isEqualTo(new Repos.Readers(Visibility.PRIVATE, Gate.AUTO));
    var now = database.read(db -> Repos.byId(db, seen.id())).orElseThrow();
    assertThat(now.visibility()).isEqualTo(Visibility.PRIVATE);
    assertThat(now.gate()).isEqualTo(Gate.AUTO);
    assertThat(epoch(bob)).as("nothing new is closed").isEqualTo(before);
  }

  private static long epoch(User user) {
    return database.read(db -> Users.byId(db, user.id())).orElseThrow().casEpoch();
  }

  private static Set<Long> readable(long caller, List<Long> repos) {
    return database.read(db -> RepoRights.readable(db, caller, repos));
  }

  private static Optional<Repos.Found> find(long caller, String namespace, String name) {
    return database.read(db -> Repos.find(db, caller, RepoType.MODEL, namespace, name));
  }

  private static Repo make(String namespace, String name, Visibility visibility) {
    return database.transact(
        tx -> {
          var home = Namespaces.find(tx, namespace).orElseThrow();
          return Repos.insert(
              tx,
              Repos.nextId(tx),
              new NewRepo(RepoType.MODEL, home, name, visibility, ada.id()),
              NOW);
        });
  }
}
