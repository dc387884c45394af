package dev.ashlar.hub.social;

import com.fasterxml.jackson.databind.JsonNode;
import dev.ashlar.core.problem.Kind;
import dev.ashlar.core.problem.Problem.Missing;
import dev.ashlar.core.problem.ProblemException;
import dev.ashlar.hub.access.Action;
import dev.ashlar.hub.access.Policy;
import dev.ashlar.hub.access.Resource.OfNamespace;
import dev.ashlar.hub.access.Visibility;
import dev.ashlar.hub.account.Authenticator;
import dev.ashlar.hub.account.Caller;
import dev.ashlar.hub.account.Namespaces;
import dev.ashlar.hub.account.Namespaces.Namespace;
import dev.ashlar.hub.account.Users;
import dev.ashlar.hub.org.Orgs;
import dev.ashlar.hub.repo.ListQuery;
import dev.ashlar.hub.repo.ParameterRange;
import dev.ashlar.hub.repo.Repo;
import dev.ashlar.hub.repo.RepoOrder;
import dev.ashlar.hub.repo.RepoType;
import dev.ashlar.hub.repo.Repos;
import dev.ashlar.hub.tree.Queries;
import dev.ashlar.hub.tree.Times;
import dev.ashlar.metadata.Database;
import dev.ashlar.web.Exchange;
import dev.ashlar.web.Json;
import dev.ashlar.web.Reply;
import dev.ashlar.web.Routes;
import java.io.IOException;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.Optional;

/** What people and organisations change of themselves, and their repositories in one answer. */
public final class SettingsEndpoints {
  private static final int BODY_BYTES_MAX = 64 << 10;
  private static final int REPOS_MAX = 100;

  private final Database database;
  private final Authenticator authenticator;

  /** Changes what is in this database. */
  public SettingsEndpoints(Database database, Authenticator authenticator) {
    this.database = database;
    this.authenticator = authenticator;
  }

  /** Adds the routes. */
  public void routes(Routes routes) {
    routes.put("/api/users/{name}/settings", this::user);
    routes.put("/api/organizations/{name}/settings", this::org);
    routes.get("/api/users/{name}/repos", this::repos);
  }

  private void user(Exchange exchange) throws IOException {
    var caller = authenticator.signedIn(exchange);
    var asked = Json.tree(exchange.body("settings", BODY_BYTES_MAX));
    database.change(
        tx -> {
          var user = Profiles.user(tx, exchange.param("name"));
          var standing = Orgs.standing(tx, caller.id(), user.id());
          Policy.require(caller, Action.GOVERN, new OfNamespace(user.id(), standing));
          Users.update(
              tx,
              user.id(),
              text(asked, user.fullName(), "fullname", "full_name"),
              text(asked, user.email(), "email"),
              text(asked, Users.details(tx, user.id()), "details", "bio"));
        });
    exchange.send(Reply.json(200, Map.of("success", true)));
  }

  private void org(Exchange exchange) throws IOException {
    var caller = authenticator.signedIn(exchange);
    var asked = Json.tree(exchange.body("settings", BODY_BYTES_MAX));
    database.change(
        tx -> {
          var org = Profiles.org(tx, exchange.param("name"));
          var standing = Orgs.standing(tx, caller.id(), org.id());
          Policy.require(caller, Action.GOVERN, new OfNamespace(org.id(), standing));
          Orgs.update(
              tx,
              org.id(),
              text(asked, org.fullName(), "fullname", "full_name"),
              text(asked, Orgs.details(tx, org.id()), "details", "description"),
              asked.path("defaultPrivate").asBoolean(org.defaultPrivate()));
        });
    exchange.send(Reply.json(200, Map.of("success", true)));
  }

  private static String text(JsonNode asked, String otherwise, String... names) {
    for (var name : names) {
      if (asked.path(name).isTextual()) {
        return asked.path(name).asText();
      }
    }
    return otherwise;
  }

  /** The newest repositories of a user or an organisation that the caller may see, by type. */
  private void repos(Exchange exchange) {
    var caller = authenticator.caller(exchange);
    var name = exchange.param("name");
    var owner =
        database
            .<Optional<Namespace>>read(db -> Namespaces.find(db, name))
            .orElseThrow(() -> new ProblemException(new Missing(Kind.USER, name)));
    int limit = Queries.number(exchange, "limit", 1, REPOS_MAX, REPOS_MAX);
    var answer = new LinkedHashMap<String, Object>();
    for (var type : RepoType.values()) {
      var query = newest(type, caller, owner.name(), limit);
      var found = database.read(db -> Repos.list(db, query));
      answer.put(type.plural(), found.stream().map(SettingsEndpoints::repo).toList());
    }
    exchange.send(Reply.json(200, answer));
  }

  private static ListQuery newest(RepoType type, Caller caller, String author, int limit) {
    return new ListQuery(
        type,
        caller,
        author,
        List.of(),
        List.of(),
        "",
        "",
        ParameterRange.ANY,
        RepoOrder.CREATED,
        false,
        RepoOrder.CREATED.start(),
        limit,
        false);
  }

  private static Map<String, Object> repo(Repo repo) {
    var answer = new LinkedHashMap<String, Object>();
    answer.put("_id", repo.hexId());
    answer.put("id", repo.fullName());
    answer.put("author", repo.namespace());
    answer.put("private", repo.visibility() != Visibility.PUBLIC);
    answer.put("createdAt", Times.text(repo.createdAt()));
    answer.put("lastModified", Times.text(repo.lastModifiedAt()));
    answer.put("downloads", repo.downloads());
    answer.put("likes", repo.likes());
    return answer;
  }
}
