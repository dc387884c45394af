package dev.ashlar.hub.repo;

import dev.ashlar.hub.access.Action;
import dev.ashlar.hub.access.Policy;
import dev.ashlar.hub.access.Resource;
import dev.ashlar.hub.account.Authenticator;
import dev.ashlar.hub.account.Caller;
import dev.ashlar.hub.repo.Repos.Found;
import dev.ashlar.metadata.Database;
import dev.ashlar.web.Exchange;

/** The only way from a request to a repository: who calls, which one, and whether it is allowed. */
public final class RepoDoor {
  private final Database database;
  private final Authenticator authenticator;

  /** Repositories of this database for callers known to the authenticator. */
  public RepoDoor(Database database, Authenticator authenticator) {
    this.database = database;
    this.authenticator = authenticator;
  }

  /** Admits the caller to the repository of the path parameters {@code ns} and {@code name}. */
  public Visit enter(Exchange exchange, RepoType type, Action action) {
    return enter(
        authenticator.caller(exchange), type, exchange.param("ns"), exchange.param("name"), action);
  }

  /** Admits a caller to a repository, or throws what the caller may know of the reason. */
  public Visit enter(Caller caller, RepoType type, String namespace, String name, Action action) {
    var found = database.read(db -> Repos.find(db, caller.id(), type, namespace, name));
    Policy.require(
        caller,
        action,
        found
            .map(there -> there.repo().resource(caller.id(), there.standing()))
            .orElseGet(() -> new Resource.NoRepo(namespace + "/" + name)));
    return new Visit(caller, found.map(Found::repo).orElseThrow());
  }
}
