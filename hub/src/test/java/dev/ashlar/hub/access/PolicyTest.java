package dev.ashlar.hub.access;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import dev.ashlar.core.problem.Need;
import dev.ashlar.core.problem.Problem;
import dev.ashlar.core.problem.Problem.Forbidden;
import dev.ashlar.core.problem.Problem.Gated;
import dev.ashlar.core.problem.Problem.Missing;
import dev.ashlar.core.problem.Problem.Refused;
import dev.ashlar.hub.access.Resource.NoRepo;
import dev.ashlar.hub.access.Resource.OfDiscussion;
import dev.ashlar.hub.access.Resource.OfNamespace;
import dev.ashlar.hub.access.Resource.OfRepo;
import dev.ashlar.hub.account.Caller;
import dev.ashlar.hub.account.Caller.Anonymous;
import dev.ashlar.hub.account.Caller.SignedIn;
import dev.ashlar.hub.account.FineGrained;
import dev.ashlar.hub.account.Reach;
import dev.ashlar.hub.account.TokenScope;
import dev.ashlar.hub.account.User;
import dev.ashlar.hub.org.Role;
import java.time.Instant;
import java.util.ArrayList;
import java.util.HashSet;
import java.util.List;
import java.util.Locale;
import java.util.Map;
import java.util.Optional;
import org.junit.jupiter.api.Test;

/** Every cell of {@code policy.txt} against the policy, which is meant to be read there. */
class PolicyTest {
  private static final long NAMESPACE = 3;
  private static final long REPO = 5;
  private static final List<String> TOKENS =
      List.of(
          "nobody",
          "read",
          "write",
          "fine-none",
          "fine-ns-read",
          "fine-ns-write",
          "fine-repo-read",
          "fine-repo-write");
  private static final List<String> ROLES =
      List.of(
          "none",
          "none-made",
          "read",
          "read-made",
          "contributor",
          "contributor-made",
          "write",
          "admin");
  private static final List<Action> OF_REPO =
      List.of(
          Action.READ,
          Action.DOWNLOAD,
          Action.ASK,
          Action.DISCUSS,
          Action.PROPOSE,
          Action.WRITE,
          Action.MANAGE);
  private static final List<Action> OF_NAMESPACE = List.of(Action.CREATE, Action.GOVERN);

  private final PolicyTable table = PolicyTable.read();

  @Test
  void givenEveryCombinationAboutARepository_whenDecided_thenItIsAsTheTableSays() {
    var used = new HashSet<PolicyTable.Line>();
    int combinations = 0;
    for (var values : repositories()) {
      var lines = table.about("repository", values);
      assertThat(lines).as("lines about %s", values).hasSize(1);
      used.add(lines.getFirst());
      var outcomes =
          OF_REPO.stream().map(action -> outcome(caller(values), action, repo(values))).toList();
      assertThat(outcomes)
          .as("%s, line %d", values, lines.getFirst().number())
          .isEqualTo(lines.getFirst().cells());
      combinations++;
    }
    assertThat(combinations).isEqualTo(7 * 8 * 3 * 3 * 4 * 2 + 3 * 3 * 2);
    assertThat(used).hasSameSizeAs(table.lines("repository"));
  }

  @Test
  void givenEveryCombinationAboutANamespace_whenDecided_thenItIsAsTheTableSays() {
    var used = new HashSet<PolicyTable.Line>();
    for (var token : TOKENS) {
      for (var role : Role.values()) {
        var values = List.of(token, role.word());
        if (token.equals("nobody") && role != Role.NONE) {
          continue;
        }
        var lines = table.about("namespace", values);
        assertThat(lines).as("lines about %s", values).hasSize(1);
        used.add(lines.getFirst());
        var outcomes =
            OF_NAMESPACE.stream()
                .map(a -> outcome(caller(values), a, new OfNamespace(NAMESPACE, role)))
                .toList();
        assertThat(outcomes).as(values.toString()).isEqualTo(lines.getFirst().cells());
      }
    }
    assertThat(used).hasSameSizeAs(table.lines("namespace"));
  }

  /** A discussion belongs to its author, and otherwise to those who may write. */
  @Test
  void givenEveryCombinationAboutADiscussion_whenDecided_thenItIsTheRulesOfItsRepository() {
    for (var values : repositories()) {
      for (var action : List.of(Action.DISCUSS, Action.PROPOSE)) {
        var repo = repo(values);
        assertThat(outcome(caller(values), action, new OfDiscussion(repo, true)))
            .as(values.toString())
            .isEqualTo(outcome(caller(values), action, repo));
        assertThat(outcome(caller(values), action, new OfDiscussion(repo, false)))
            .as(values.toString())
            .isEqualTo(outcome(caller(values), Action.WRITE, repo));
      }
    }
  }

  @Test
  void givenAnUnknownRepository_whenActing_thenItLooksLikeAPrivateOne() {
    for (var token : TOKENS) {
      var values = List.of(token, "none", "private", "no", "none", "enabled");
      for (var action : OF_REPO) {
        assertThat(Policy.decide(caller(values), action, new NoRepo("a/b")))
            .isPresent()
            .isEqualTo(Policy.decide(caller(values), action, repo(values)));
      }
    }
  }

  @Test
  void givenADisabledRepository_whenReading_thenTheExactSentenceIsGiven() {
    var values = List.of("write", "admin", "public", "no", "none", "disabled");

    assertThat(Policy.decide(caller(values), Action.READ, repo(values)))
        .contains(new Forbidden("Access to this resource is disabled."));
  }

  @Test
  void givenAnActionOfAnotherKind_whenDecided_thenItIsABug() {
    var values = List.of("write", "admin", "public", "no", "none", "enabled");

    assertThatThrownBy(() -> Policy.decide(caller(values), Action.CREATE, repo(values)))
        .isInstanceOf(IllegalArgumentException.class);
    assertThatThrownBy(
            () -> Policy.decide(caller(values), Action.READ, new OfNamespace(1, Role.ADMIN)))
        .isInstanceOf(IllegalArgumentException.class);
  }

  /** Nobody has no role and no request; everybody else may have each. */
  private static List<List<String>> repositories() {
    var all = new ArrayList<List<String>>();
    for (var token : TOKENS) {
      boolean nobody = token.equals("nobody");
      for (var role : nobody ? List.of("none") : ROLES) {
        for (var visibility : Visibility.values()) {
          for (var gate : Gate.values()) {
            for (var request : Admission.values()) {
              for (var state : List.of("enabled", "disabled")) {
                if (!nobody || request == Admission.NONE) {
                  all.add(
                      List.of(token, role, visibility.word(), gate.word(), request.word(), state));
                }
              }
            }
          }
        }
      }
    }
    return all;
  }

  private static Caller caller(List<String> values) {
    var user = new User(7, "bob", "", "", false, 0, Instant.EPOCH);
    return switch (values.getFirst()) {
      case "nobody" -> new Anonymous();
      case "read" -> new SignedIn(user, 1, TokenScope.READ);
      case "write" -> new SignedIn(user, 1, TokenScope.WRITE);
      case String fine -> new SignedIn(user, 1, fine(fine));
    };
  }

  private static TokenScope fine(String word) {
    var elsewhere = Map.of(NAMESPACE + 1, Reach.WRITE);
    var reach = word.endsWith("write") ? Reach.WRITE : Reach.READ;
    var namespaces = word.startsWith("fine-ns") ? Map.of(NAMESPACE, reach) : elsewhere;
    var repos = word.startsWith("fine-repo") ? Map.of(REPO, reach) : Map.of(REPO + 1, Reach.WRITE);
    return new TokenScope(Reach.NONE, Optional.of(new FineGrained(9, 0, namespaces, repos)));
  }

  private static OfRepo repo(List<String> values) {
    var role = values.get(1).replace("-made", "");
    return new OfRepo(
        REPO,
        NAMESPACE,
        "model",
        "a/b",
        Visibility.valueOf(values.get(2).toUpperCase(Locale.ROOT)),
        Gate.valueOf(values.get(3).toUpperCase(Locale.ROOT)),
        values.get(5).equals("disabled"),
        Role.of(role),
        values.get(1).endsWith("-made"),
        Admission.of(values.get(4)));
  }

  private static String outcome(Caller caller, Action action, Resource resource) {
    return Policy.decide(caller, action, resource).map(PolicyTest::word).orElse("ok");
  }

  private static String word(Problem problem) {
    return switch (problem) {
      case Missing _ -> "missing";
      case Forbidden _ -> "disabled";
      case Gated(var repository, var entry) -> {
        assertThat(repository).isEqualTo("model a/b");
        yield "gate-" + entry.name().toLowerCase(Locale.ROOT).replace('_', '-');
      }
      case Refused(var need) -> word(need);
      default -> problem.toString();
    };
  }

  private static String word(Need need) {
    return switch (need) {
      case SIGN_IN -> "sign-in";
      case SIGN_IN_FOR_REPO -> "sign-in-repo";
      case WRITE_ACCESS -> "no-right";
      case WRITE_SCOPE -> "read-token";
      case FINE_GRAINED -> "fine-token";
      case NAMESPACE -> "no-namespace";
      case ADMIN -> "not-admin";
      case Need other -> other.name();
    };
  }
}
