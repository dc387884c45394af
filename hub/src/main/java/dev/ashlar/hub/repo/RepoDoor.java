package dev.ashlar.hub.repo;

import dev.ashlar.core.problem.Problem;
import dev.ashlar.core.problem.Problem.Moved;
import dev.ashlar.core.problem.ProblemException;
import dev.ashlar.hub.access.Action;
import dev.ashlar.hub.access.Policy;
import dev.ashlar.hub.access.Resource;
import dev.ashlar.hub.account.Authenticator;
import dev.ashlar.hub.account.Caller;
import dev.ashlar.hub.repo.Repos.Found;
import dev.ashlar.metadata.Database;
import dev.ashlar.web.Exchange;
import java.util.Optional;
import java.util.function.Function;

/** The only way from a request to a repository: who calls, which one, and whether it is allowed. */
public final class RepoDoor {
  private final Database database;
  private final Authenticator authenticator;
  private final PullAuthors pulls;

  /** Repositories of this database for callers known to the authenticator. */
  public RepoDoor(Database database, Authenticator authenticator, PullAuthors pulls) {
    this.database = database;
    this.authenticator = authenticator;
    this.pulls = pulls;
  }

  /** Admits the caller to the repository of the path parameters {@code ns} and {@code name}. */
  public Visit enter(Exchange exchange, RepoType type, Action action) {
    return enter(
        authenticator.caller(exchange), type, exchange.param("ns"), exchange.param("name"), action);
  }

  /** Admits a caller to a repository, or throws what the caller may know of the reason. */
  public Visit enter(Caller caller, RepoType type, String namespace, String name, Action action) {
    var found = find(caller, type, namespace, name);
    Policy.require(
        caller,
        action,
        found
            .<Resource>map(there -> there.resource(caller))
            .orElseGet(() -> new Resource.NoRepo(namespace + "/" + name)));
    return new Visit(caller, found.map(Found::repo).orElseThrow());
  }

  /** Admits the caller like {@link #enterToChange(Caller, RepoType, String, String, String)}. */
  public Visit enterToChange(Exchange exchange, RepoType type, String revision) {
    return enterToChange(
        authenticator.caller(exchange),
        type,
        exchange.param("ns"),
        exchange.param("name"),
        revision);
  }

  /**
   * Admits a caller to change a revision: whoever may write, and for a ref {@code refs/pr/N} the
   * author of that pull request too.
   */
  public Visit enterToChange(
      Caller caller, RepoType type, String namespace, String name, String revision) {
    var found = find(caller, type, namespace, name);
    if (found.isEmpty()) {
      throw new ProblemException(Policy.hidden(caller, namespace + "/" + name));
    }
    refuse(refusal(caller, found.get(), revision));
    return new Visit(caller, found.get().repo());
  }

  /**
   * Why a visitor may not move the ref of this full name; empty if it may. Whether the ref exists,
   * and whether its pull request still takes commits, is told by the update itself.
   */
  public Optional<Problem> refusal(Visit visit, String ref) {
    return refusal(visit, found -> refusal(visit.caller(), found, ref));
  }

  /** Refuses a visitor whom {@link #refusal} names a reason. */
  public void requireToChange(Visit visit, String revision) {
    refuse(refusal(visit, revision));
  }

  /** Whether a visitor may do something else at the repository as well. */
  public boolean allows(Visit visit, Action action) {
    return refusal(visit, action).isEmpty();
  }

  /** Refuses a visitor who may not do something else at the repository as well. */
  public void require(Visit visit, Action action) {
    refuse(refusal(visit, action));
  }

  private Optional<Problem> refusal(Visit visit, Action action) {
    var caller = visit.caller();
    return refusal(visit, found -> Policy.decide(caller, action, found.resource(caller)));
  }

  /**
   * Refuses a visitor who may not act on a discussion of the repository, or on a comment: it
   * belongs to whoever wrote it, and otherwise to those who may write.
   */
  public void requireForDiscussion(Visit visit, Action action, boolean isOwn) {
    var caller = visit.caller();
    refuse(
        refusal(
            visit,
            found ->
                Policy.decide(
                    caller, action, new Resource.OfDiscussion(found.resource(caller), isOwn))));
  }

  private static void refuse(Optional<Problem> problem) {
    problem.ifPresent(
        reason -> {
          throw new ProblemException(reason);
        });
  }

  private Optional<Problem> refusal(Visit visit, Function<Found, Optional<Problem>> decision) {
    var repo = visit.repo();
    var caller = visit.caller();
    return database
        .read(db -> Repos.find(db, caller.id(), repo.type(), repo.namespace(), repo.name()))
        .filter(found -> found.repo().id() == repo.id())
        .map(decision)
        .orElseGet(() -> Optional.of(Policy.hidden(caller, repo.fullName())));
  }

  private Optional<Problem> refusal(Caller caller, Found found, String ref) {
    var repo = found.resource(caller);
    var pull = PullRef.of(ref);
    if (pull.isEmpty()) {
      return Policy.decide(caller, Action.WRITE, repo);
    }
    boolean isAuthor =
        database.<Boolean>read(
            db -> pulls.isAuthor(db, found.repo().id(), pull.get(), caller.id()));
    return Policy.decide(caller, Action.PROPOSE, new Resource.OfDiscussion(repo, isAuthor));
  }

  /** Looks a repository up; who may see one that had the name before is told its new name. */
  private Optional<Found> find(Caller caller, RepoType type, String namespace, String name) {
    var found = database.read(db -> Repos.find(db, caller.id(), type, namespace, name));
    if (found.isEmpty()) {
      database
          .read(db -> Repos.findFormer(db, caller.id(), type, namespace, name))
          .filter(former -> maySee(caller, former))
          .ifPresent(
              former -> {
                throw new ProblemException(
                    new Moved(namespace + "/" + name, former.repo().fullName()));
              });
    }
    return found;
  }

  private static boolean maySee(Caller caller, Found found) {
    var resource = found.resource(caller);
    return Policy.decide(caller, Action.READ, resource).isEmpty();
  }
}
