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
import dev.ashlar.hub.org.Role;
import java.util.Optional;

/**
 * The one rule of who may do what; {@code policy.txt} beside its test is the same as a table.
 *
 * <p>A repository that the caller may not read looks exactly like one that does not exist: 401 to
 * somebody without credentials, 404 to everybody else. Only who may read learns by a 403 that more
 * is not allowed. Being an administrator of the server gives no right to read private repositories.
 * A token only takes away: where a fine-grained one does not reach, its bearer is a stranger.
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
      case OfNamespace namespace -> namespace(caller, action, namespace);
    };
  }

  /** Whether the action is allowed. */
  public static boolean allows(Caller caller, Action action, Resource resource) {
    return decide(caller, action, resource).isEmpty();
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
    boolean belongs = repo.standing() != Role.NONE && reach(caller, repo) != Reach.NONE;
    if (repo.visibility() != Visibility.PUBLIC && !belongs) {
      return Optional.of(hidden(caller, repo.name()));
    }
    if (repo.disabled() && action != Action.MANAGE) {
      return Optional.of(new Forbidden("Access to this resource is disabled."));
    }
    return switch (action) {
      case READ -> Optional.empty();
      case DOWNLOAD -> gate(caller, repo);
      case ASK -> ask(caller, reach(caller, repo));
      case DISCUSS -> change(caller, reach(caller, repo), true, Need.WRITE_ACCESS);
      case PROPOSE -> gate(caller, repo).or(() -> repo(caller, Action.DISCUSS, repo));
      case WRITE, MANAGE -> change(caller, reach(caller, repo), mayWrite(repo), Need.WRITE_ACCESS);
      case CREATE, GOVERN -> throw new IllegalArgumentException(action + " is about a namespace");
    };
  }

  private static Optional<Problem> ask(Caller caller, Reach reach) {
    if (caller instanceof Anonymous) {
      return Optional.of(new Refused(Need.SIGN_IN));
    }
    return reach == Reach.NONE ? Optional.of(new Refused(Need.FINE_GRAINED)) : Optional.empty();
  }

  private static Optional<Problem> gate(Caller caller, OfRepo repo) {
    if (repo.gate() == Gate.NO) {
      return Optional.empty();
    }
    return entry(caller, repo).map(entry -> new Gated(repo.type() + " " + repo.name(), entry));
  }

  private static Optional<Entry> entry(Caller caller, OfRepo repo) {
    if (caller instanceof Anonymous) {
      return Optional.of(Entry.SIGN_IN);
    }
    if (repo.standing() != Role.NONE || repo.admission() == Admission.ACCEPTED) {
      return reach(caller, repo) == Reach.NONE ? Optional.of(Entry.TOKEN) : Optional.empty();
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

  private static Optional<Problem> namespace(Caller caller, Action action, OfNamespace namespace) {
    var reach =
        switch (caller) {
          case Anonymous() -> Reach.NONE;
          case SignedIn known -> known.scope().inNamespace(namespace.id());
        };
    return switch (action) {
      case CREATE ->
          change(caller, reach, namespace.standing().includes(Role.CONTRIBUTOR), Need.NAMESPACE);
      case GOVERN ->
          change(
              caller,
              isFineGrained(caller) ? Reach.NONE : reach,
              namespace.standing() == Role.ADMIN,
              Need.ADMIN);
      case READ, DOWNLOAD, ASK, DISCUSS, PROPOSE, WRITE, MANAGE ->
          throw new IllegalArgumentException(action + " is about a repository");
    };
  }

  private static Optional<Problem> change(Caller caller, Reach reach, boolean may, Need otherwise) {
    if (caller instanceof Anonymous) {
      return Optional.of(new Refused(Need.SIGN_IN));
    }
    if (!may) {
      return Optional.of(new Refused(otherwise));
    }
    if (reach == Reach.WRITE) {
      return Optional.empty();
    }
    return Optional.of(new Refused(isFineGrained(caller) ? Need.FINE_GRAINED : Need.WRITE_SCOPE));
  }

  private static Reach reach(Caller caller, OfRepo repo) {
    return switch (caller) {
      case Anonymous() -> Reach.NONE;
      case SignedIn known -> known.scope().inRepo(repo.namespaceId(), repo.id());
    };
  }

  private static boolean isFineGrained(Caller caller) {
    return caller instanceof SignedIn known && known.scope().fine().isPresent();
  }
}
