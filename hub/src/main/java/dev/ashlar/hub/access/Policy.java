package dev.ashlar.hub.access;

import dev.ashlar.core.problem.Entry;
import dev.ashlar.core.problem.Kind;
import dev.ashlar.core.problem.Need;
import dev.ashlar.core.problem.Problem;
import dev.ashlar.core.problem.Problem.Forbidden;
import dev.ashlar.core.problem.Problem.Gated;
import dev.ashlar.core.problem.Problem.Missing;
import dev.ashlar.core.problem.Problem.Refused;
import dev.ashlar.core.problem.ProblemException;
import dev.ashlar.hub.access.Resource.NoRepo;
import dev.ashlar.hub.access.Resource.OfDiscussion;
import dev.ashlar.hub.access.Resource.OfNamespace;
import dev.ashlar.hub.access.Resource.OfRepo;
import dev.ashlar.hub.account.Caller;
import dev.ashlar.hub.account.Caller.Anonymous;
import dev.ashlar.hub.account.Caller.SignedIn;
import dev.ashlar.hub.account.Reach;
import dev.ashlar.hub.account.TokenScope;
import dev.ashlar.hub.org.Role;
import java.util.Optional;

/**
 * The one rule of who may do what; {@code policy.txt} beside its test is the same as a table.
 *
 * <p>A repository that the caller may not read looks exactly like one that does not exist: 401 to
 * somebody without credentials, 404 to everybody else. Only who may read learns by a 403 that more
 * is not allowed. Being an administrator of the server gives no right to read private repositories.
 * A token only takes away: where a fine-grained one does not reach, its bearer is a stranger. What
 * the user is to the resource comes with that, so of the caller only the token's scope is asked.
 */
public final class Policy {
  private Policy() {}

  /** Empty when the action is allowed, else why it is not. */
  public static Optional<Problem> decide(Caller caller, Action action, Resource resource) {
    return decide(scope(caller), action, resource);
  }

  private static Optional<TokenScope> scope(Caller caller) {
    return switch (caller) {
      case Anonymous() -> Optional.empty();
      case SignedIn known -> Optional.of(known.scope());
    };
  }

  private static Optional<Problem> decide(
      Optional<TokenScope> scope, Action action, Resource resource) {
    return switch (resource) {
      case NoRepo(var name) -> Optional.of(hidden(scope, name));
      case OfRepo repo -> repo(scope, action, repo);
      case OfDiscussion(var repo, var byCaller) ->
          repo(scope, byCaller ? action : Action.WRITE, repo);
      case OfNamespace namespace -> namespace(scope, action, namespace);
    };
  }

  /** Whether the action is allowed. */
  public static boolean allows(Caller caller, Action action, Resource resource) {
    return decide(caller, action, resource).isEmpty();
  }

  /** The same for the bearer of a token of this scope; nobody signed in without one. */
  public static boolean allows(Optional<TokenScope> scope, Action action, Resource resource) {
    return decide(scope, action, resource).isEmpty();
  }

  /** Throws the problem, if there is one. */
  public static void require(Caller caller, Action action, Resource resource) {
    decide(caller, action, resource)
        .ifPresent(
            problem -> {
              throw new ProblemException(problem);
            });
  }

  /** What somebody gets to know of a repository that is not there or not for them. */
  public static Problem hidden(Caller caller, String name) {
    return hidden(scope(caller), name);
  }

  private static Problem hidden(Optional<TokenScope> scope, String name) {
    return scope.isEmpty() ? new Refused(Need.SIGN_IN_FOR_REPO) : new Missing(Kind.REPO, name);
  }

  private static Optional<Problem> repo(Optional<TokenScope> scope, Action action, OfRepo repo) {
    boolean belongs = repo.standing() != Role.NONE && reach(scope, repo) != Reach.NONE;
    if (repo.visibility() != Visibility.PUBLIC && !belongs) {
      return Optional.of(hidden(scope, repo.name()));
    }
    if (repo.disabled() && action != Action.MANAGE) {
      return Optional.of(new Forbidden("Access to this resource is disabled."));
    }
    return switch (action) {
      case READ -> Optional.empty();
      case DOWNLOAD -> gate(scope, repo);
      case ASK -> ask(scope, reach(scope, repo));
      case DISCUSS -> change(scope, reach(scope, repo), true, Need.WRITE_ACCESS);
      case PROPOSE -> gate(scope, repo).or(() -> repo(scope, Action.DISCUSS, repo));
      case WRITE, MANAGE -> change(scope, reach(scope, repo), mayWrite(repo), Need.WRITE_ACCESS);
      case CREATE, GOVERN -> throw new IllegalArgumentException(action + " is about a namespace");
    };
  }

  private static Optional<Problem> ask(Optional<TokenScope> scope, Reach reach) {
    if (scope.isEmpty()) {
      return Optional.of(new Refused(Need.SIGN_IN));
    }
    return reach == Reach.NONE ? Optional.of(new Refused(Need.FINE_GRAINED)) : Optional.empty();
  }

  private static Optional<Problem> gate(Optional<TokenScope> scope, OfRepo repo) {
    if (repo.gate() == Gate.NO) {
      return Optional.empty();
    }
    return entry(scope, repo).map(entry -> new Gated(repo.type() + " " + repo.name(), entry));
  }

  private static Optional<Entry> entry(Optional<TokenScope> scope, OfRepo repo) {
    if (scope.isEmpty()) {
      return Optional.of(Entry.SIGN_IN);
    }
    if (repo.standing() != Role.NONE || repo.admission() == Admission.ACCEPTED) {
      return reach(scope, repo) == Reach.NONE ? Optional.of(Entry.TOKEN) : Optional.empty();
    }
    return Optional.of(
        switch (repo.admission()) {
          case PENDING -> Entry.AWAIT;
          case REJECTED -> Entry.REJECTED;
          case NONE, ACCEPTED -> Entry.ASK;
        });
  }

  private static boolean mayWrite(OfRepo repo) {
    return repo.standing().includes(Role.WRITE)
        || (repo.standing() == Role.CONTRIBUTOR && repo.madeByCaller());
  }

  private static Optional<Problem> namespace(
      Optional<TokenScope> scope, Action action, OfNamespace namespace) {
    var reach = scope.map(of -> of.inNamespace(namespace.id())).orElse(Reach.NONE);
    return switch (action) {
      case CREATE ->
          change(scope, reach, namespace.standing().includes(Role.CONTRIBUTOR), Need.NAMESPACE);
      case GOVERN ->
          change(
              scope,
              isFineGrained(scope) ? Reach.NONE : reach,
              namespace.standing() == Role.ADMIN,
              Need.ADMIN);
      case READ, DOWNLOAD, ASK, DISCUSS, PROPOSE, WRITE, MANAGE ->
          throw new IllegalArgumentException(action + " is about a repository");
    };
  }

  private static Optional<Problem> change(
      Optional<TokenScope> scope, Reach reach, boolean may, Need otherwise) {
    if (scope.isEmpty()) {
      return Optional.of(new Refused(Need.SIGN_IN));
    }
    if (!may) {
      return Optional.of(new Refused(otherwise));
    }
    if (reach == Reach.WRITE) {
      return Optional.empty();
    }
    return Optional.of(new Refused(isFineGrained(scope) ? Need.FINE_GRAINED : Need.WRITE_SCOPE));
  }

  private static Reach reach(Optional<TokenScope> scope, OfRepo repo) {
    return scope.map(of -> of.inRepo(repo.namespaceId(), repo.id())).orElse(Reach.NONE);
  }

  private static boolean isFineGrained(Optional<TokenScope> scope) {
    return scope.flatMap(TokenScope::fine).isPresent();
  }
}
