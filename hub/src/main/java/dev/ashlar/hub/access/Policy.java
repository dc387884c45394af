package dev.ashlar.hub.access;

import dev.ashlar.core.problem.Kind;
import dev.ashlar.core.problem.Need;
import dev.ashlar.core.problem.Problem;
import dev.ashlar.core.problem.Problem.Forbidden;
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
import dev.ashlar.hub.account.TokenScope;
import dev.ashlar.hub.org.Role;
import java.util.Optional;

/**
 * The one rule of who may do what.
 *
 * <p>A repository that the caller may not read looks exactly like one that does not exist: 401 to
 * somebody without credentials, 404 to everybody else. Only who may read learns by a 403 that more
 * is not allowed. Being an administrator of the server gives no right to read private repositories.
 */
public final class Policy {
  private Policy() {}

  /** Empty when the action is allowed, else why it is not. */
  public static Optional<Problem> decide(Caller caller, Action action, Resource resource) {
    return switch (resource) {
      case NoRepo(var name) -> Optional.of(hidden(caller, name));
      case OfRepo repo -> repo(caller, action, repo);
      case OfDiscussion(var repo, var byCaller) ->
          repo(caller, byCaller ? action : Action.WRITE, repo);
      case OfNamespace(var standing) ->
          write(caller, standing.includes(Role.CONTRIBUTOR)).map(problem -> inNamespace(problem));
    };
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
    return switch (caller) {
      case Anonymous() -> new Refused(Need.SIGN_IN_FOR_REPO);
      case SignedIn _ -> new Missing(Kind.REPO, name);
    };
  }

  private static Optional<Problem> repo(Caller caller, Action action, OfRepo repo) {
    if (repo.visibility() != Visibility.PUBLIC && repo.standing() == Role.NONE) {
      return Optional.of(hidden(caller, repo.name()));
    }
    if (repo.disabled() && action != Action.MANAGE) {
      return Optional.of(new Forbidden("Access to this resource is disabled."));
    }
    return switch (action) {
      case READ -> Optional.empty();
      case DOWNLOAD -> gate(caller, repo);
      case DISCUSS -> write(caller, true);
      case PROPOSE -> gate(caller, repo).or(() -> write(caller, true));
      case WRITE, MANAGE, CREATE -> write(caller, mayWrite(repo));
    };
  }

  private static Optional<Problem> gate(Caller caller, OfRepo repo) {
    if (repo.gate() == Gate.NO || repo.standing() != Role.NONE) {
      return Optional.empty();
    }
    return Optional.of(
        new Refused(
            switch (caller) {
              case Anonymous() -> Need.SIGN_IN_FOR_GATE;
              case SignedIn _ -> Need.GATE;
            }));
  }

  private static boolean mayWrite(OfRepo repo) {
    return repo.standing().includes(Role.WRITE)
        || (repo.standing() == Role.CONTRIBUTOR && repo.madeByCaller());
  }

  private static Optional<Problem> write(Caller caller, boolean may) {
    return switch (caller) {
      case Anonymous() -> Optional.of(new Refused(Need.SIGN_IN));
      case SignedIn(var _, var _, var scope) -> {
        if (!may) {
          yield Optional.of(new Refused(Need.WRITE_ACCESS));
        }
        yield scope == TokenScope.WRITE
            ? Optional.empty()
            : Optional.of(new Refused(Need.WRITE_SCOPE));
      }
    };
  }

  private static Problem inNamespace(Problem problem) {
    return problem instanceof Refused(var need) && need == Need.WRITE_ACCESS
        ? new Refused(Need.NAMESPACE)
        : problem;
  }
}
