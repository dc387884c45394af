package dev.ashlar.hub.repo;

import dev.ashlar.core.problem.Kind;
import dev.ashlar.core.problem.Problem.Invalid;
import dev.ashlar.core.problem.Problem.Missing;
import dev.ashlar.core.problem.ProblemException;
import dev.ashlar.hub.access.Action;
import dev.ashlar.hub.access.Policy;
import dev.ashlar.hub.account.Caller.SignedIn;
import dev.ashlar.hub.account.Grant;
import dev.ashlar.hub.account.Grant.Place;
import dev.ashlar.hub.account.Namespaces;
import dev.ashlar.hub.account.Reach;
import dev.ashlar.hub.account.TokenScope;
import dev.ashlar.hub.account.User;
import dev.ashlar.hub.account.Users;
import dev.ashlar.hub.org.Orgs;
import dev.ashlar.hub.org.Role;
import dev.ashlar.metadata.Database;
import io.helidon.dbclient.DbExecute;
import java.util.regex.Pattern;

/**
 * Reads what people type as the places of a fine-grained token. A token never opens more than its
 * user may see, so a place that is not the user's is a mistake and refused; it looks like a missing
 * one.
 */
public final class TokenGrants {
  private static final Pattern REPO =
      Pattern.compile("(model|dataset|space|kernel)s?/([^/:]+)/([^/:]+):(read|write)");
  private static final Pattern NAMESPACE = Pattern.compile("([^/:]+):(read|write)");

  private final Database database;

  /** Looks names up in this database. */
  public TokenGrants(Database database) {
    this.database = database;
  }

  /** One repository: {@code dataset/ns/name:read}. */
  public Grant repo(String userName, String text) {
    var parts = REPO.matcher(text);
    if (!parts.matches()) {
      throw invalid("repo", "TYPE/NAMESPACE/NAME:read or :write is needed, as model/ann/bert:read");
    }
    var type = RepoType.of(parts.group(1));
    var name = parts.group(2) + "/" + parts.group(3);
    var reach = reach(parts.group(4));
    return database.read(
        db -> {
          var caller = new SignedIn(user(db, userName), 0, TokenScope.WRITE);
          var found =
              Repos.find(db, caller.id(), type, parts.group(2), parts.group(3))
                  .filter(there -> Policy.allows(caller, Action.READ, there.resource(caller)))
                  .orElseThrow(() -> new ProblemException(new Missing(Kind.REPO, name)));
          if (reach == Reach.WRITE
              && !Policy.allows(caller, Action.WRITE, found.resource(caller))) {
            throw invalid("repo", caller.name() + " may not write to " + name);
          }
          return new Grant(Place.REPO, found.repo().id(), reach);
        });
  }

  /** A user or an organisation: {@code acme:write}. */
  public Grant namespace(String userName, String text) {
    var parts = NAMESPACE.matcher(text);
    if (!parts.matches()) {
      throw invalid("namespace", "NAMESPACE:read or :write is needed, as acme:read");
    }
    return database.read(
        db -> {
          long userId = user(db, userName).id();
          var found =
              Namespaces.find(db, parts.group(1))
                  .filter(there -> Orgs.standing(db, userId, there.id()) != Role.NONE)
                  .orElseThrow(
                      () ->
                          invalid("namespace", userName + " does not belong to " + parts.group(1)));
          return new Grant(Place.NAMESPACE, found.id(), reach(parts.group(2)));
        });
  }

  private static User user(DbExecute db, String name) {
    return Users.byName(db, name)
        .orElseThrow(() -> new ProblemException(new Missing(Kind.USER, name)));
  }

  private static Reach reach(String word) {
    return word.equals("write") ? Reach.WRITE : Reach.READ;
  }

  private static ProblemException invalid(String what, String reason) {
    return new ProblemException(new Invalid(what, reason));
  }
}
