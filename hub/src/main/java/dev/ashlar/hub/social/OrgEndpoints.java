package dev.ashlar.hub.social;

import com.fasterxml.jackson.databind.JsonNode;
import dev.ashlar.core.problem.Kind;
import dev.ashlar.core.problem.Problem.Missing;
import dev.ashlar.core.problem.Problem.Taken;
import dev.ashlar.core.problem.ProblemException;
import dev.ashlar.hub.access.Action;
import dev.ashlar.hub.access.Policy;
import dev.ashlar.hub.access.Resource.OfNamespace;
import dev.ashlar.hub.account.Authenticator;
import dev.ashlar.hub.account.Caller.SignedIn;
import dev.ashlar.hub.account.User;
import dev.ashlar.hub.org.IdPages;
import dev.ashlar.hub.org.Members;
import dev.ashlar.hub.org.Members.Member;
import dev.ashlar.hub.org.Membership;
import dev.ashlar.hub.org.Org;
import dev.ashlar.hub.org.Orgs;
import dev.ashlar.hub.org.Role;
import dev.ashlar.metadata.Database;
import dev.ashlar.web.Exchange;
import dev.ashlar.web.Json;
import dev.ashlar.web.Reply;
import dev.ashlar.web.Routes;
import io.helidon.dbclient.DbExecute;
import java.io.IOException;
import java.util.LinkedHashMap;
import java.util.Map;
import java.util.Optional;

/** Organisations for those who make and rule them; the forms are those of other hubs. */
public final class OrgEndpoints {
  private static final int BODY_BYTES_MAX = 64 << 10;

  private final Database database;
  private final Authenticator authenticator;
  private final Orgs orgs;

  /** Acts on the organisations of this database. */
  public OrgEndpoints(Database database, Authenticator authenticator, Orgs orgs) {
    this.database = database;
    this.authenticator = authenticator;
    this.orgs = orgs;
  }

  /** Adds the routes, each with and without {@code /api}. */
  public void routes(Routes routes) {
    for (var base : new String[] {"", "/api"}) {
      routes.post(base + "/org/create", this::create);
      routes.get(base + "/org/{org}", this::show);
      routes.get(base + "/org/{org}/members", this::members);
      routes.post(base + "/org/{org}/members", this::addMember);
      routes.put(base + "/org/{org}/members/{user}", this::changeMember);
      routes.delete(base + "/org/{org}/members/{user}", this::removeMember);
      routes.get(base + "/org/users/{user}/orgs", this::ofUser);
    }
  }

  /** A token for writing everywhere is needed: a fine-grained one makes no organisations. */
  private void create(Exchange exchange) throws IOException {
    var caller = authenticator.signedIn(exchange);
    Policy.require(caller, Action.GOVERN, new OfNamespace(caller.id(), Role.ADMIN));
    var asked = body(exchange);
    var org =
        orgs.add(asked.path("name").asText(), asked.path("description").asText(), caller.user());
    exchange.send(Reply.json(200, Map.of("success", true, "name", org.name())));
  }

  private void show(Exchange exchange) {
    authenticator.caller(exchange);
    exchange.send(
        Reply.json(
            200,
            database.read(
                db -> {
                  var org = Profiles.org(db, exchange.param("org"));
                  var answer = new LinkedHashMap<String, Object>();
                  answer.put("name", org.name());
                  answer.put("fullname", Shapes.fullName(org));
                  answer.put("description", Orgs.details(db, org.id()));
                  answer.put("numUsers", Members.count(db, org.id()));
                  return answer;
                })));
  }

  private void members(Exchange exchange) {
    authenticator.caller(exchange);
    var page = IdPages.of(exchange);
    var found =
        database.read(
            db -> {
              var org = Profiles.org(db, exchange.param("org"));
              return Members.page(db, org.id(), page.before(), page.rows());
            });
    exchange.send(
        Reply.json(
            200,
            Map.of(
                "members", found.stream().limit(page.limit()).map(OrgEndpoints::member).toList())));
  }

  private static Map<String, Object> member(Member member) {
    return Map.of("user", member.user().name(), "role", member.role().word());
  }

  private void addMember(Exchange exchange) throws IOException {
    var asked = body(exchange);
    var name = asked.path("username").asText(asked.path("user").asText());
    var role = Shapes.role(asked.path("role").asText("read"));
    change(
        exchange,
        name,
        Optional.of(role),
        (before, user) -> {
          if (before != Role.NONE) {
            throw new ProblemException(new Taken(Kind.USER, user.name()));
          }
        });
  }

  private void changeMember(Exchange exchange) throws IOException {
    var role = Shapes.role(body(exchange).path("role").asText());
    change(exchange, exchange.param("user"), Optional.of(role), OrgEndpoints::requireMember);
  }

  private void removeMember(Exchange exchange) {
    change(exchange, exchange.param("user"), Optional.empty(), OrgEndpoints::requireMember);
  }

  private static void requireMember(Role before, User user) {
    if (before == Role.NONE) {
      throw new ProblemException(new Missing(Kind.USER, user.name()));
    }
  }

  /** What a member must or must not be before. */
  private interface Before {
    void check(Role before, User user);
  }

  /** Who rules the organisation changes its members; a member may leave. */
  private void change(Exchange exchange, String userName, Optional<Role> role, Before before) {
    var caller = authenticator.signedIn(exchange);
    database.change(
        tx -> {
          var org = Profiles.org(tx, exchange.param("org"));
          boolean leaves = role.isEmpty() && userName.equalsIgnoreCase(caller.name());
          requireGovern(tx, caller, org, leaves);
          var user = Profiles.user(tx, userName);
          before.check(Orgs.standing(tx, user.id(), org.id()), user);
          Members.change(tx, org.id(), user.id(), role);
        });
    exchange.send(Reply.json(200, Map.of("success", true)));
  }

  private static void requireGovern(DbExecute db, SignedIn caller, Org org, boolean leaves) {
    var standing = Orgs.standing(db, caller.id(), org.id());
    Policy.require(
        caller,
        Action.GOVERN,
        leaves ? new OfNamespace(caller.id(), Role.ADMIN) : new OfNamespace(org.id(), standing));
  }

  private void ofUser(Exchange exchange) {
    authenticator.caller(exchange);
    var memberships =
        database.read(db -> Orgs.of(db, Profiles.user(db, exchange.param("user")).id()));
    exchange.send(
        Reply.json(
            200,
            Map.of("organizations", memberships.stream().map(OrgEndpoints::membership).toList())));
  }

  private static Map<String, Object> membership(Membership membership) {
    return Map.of(
        "name", membership.org().name(),
        "fullname", Shapes.fullName(membership.org()),
        "role", membership.role().word());
  }

  private static JsonNode body(Exchange exchange) throws IOException {
    return Json.tree(exchange.body("organization", BODY_BYTES_MAX));
  }
}
