package dev.ashlar.hub.social;

import com.fasterxml.jackson.databind.JsonNode;
import dev.ashlar.core.problem.Kind;
import dev.ashlar.core.problem.Problem.Invalid;
import dev.ashlar.core.problem.Problem.Missing;
import dev.ashlar.core.problem.ProblemException;
import dev.ashlar.core.token.KeyRing;
import dev.ashlar.hub.access.Action;
import dev.ashlar.hub.access.Policy;
import dev.ashlar.hub.access.Resource.OfNamespace;
import dev.ashlar.hub.account.Authenticator;
import dev.ashlar.hub.account.Caller.SignedIn;
import dev.ashlar.hub.org.Invitation;
import dev.ashlar.hub.org.Invitations;
import dev.ashlar.hub.org.Org;
import dev.ashlar.hub.org.Orgs;
import dev.ashlar.hub.org.Role;
import dev.ashlar.hub.tree.Times;
import dev.ashlar.metadata.Database;
import dev.ashlar.web.Exchange;
import dev.ashlar.web.Json;
import dev.ashlar.web.Reply;
import dev.ashlar.web.Routes;
import io.helidon.dbclient.DbExecute;
import java.io.IOException;
import java.time.Duration;
import java.time.Instant;
import java.time.InstantSource;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.Optional;

/**
 * Invitations to organisations: who rules one makes, lists and takes them back; whoever has the
 * token sees what it is for, and joins. No mail is sent: the maker hands the token on.
 */
public final class InvitationEndpoints {
  private static final int BODY_BYTES_MAX = 64 << 10;
  private static final int USES_MAX = 1000;
  private static final int DAYS_MAX = 365;

  private final Database database;
  private final Authenticator authenticator;
  private final Invitations invitations;
  private final InstantSource clock;

  /** Invitations in this database; the pepper keys the stored hashes of their tokens. */
  public InvitationEndpoints(
      Database database, Authenticator authenticator, KeyRing pepper, InstantSource clock) {
    this.database = database;
    this.authenticator = authenticator;
    this.invitations = new Invitations(pepper);
    this.clock = clock;
  }

  /** Adds the routes. */
  public void routes(Routes routes) {
    routes.post("/api/invitations/org/{org}/create", this::create);
    routes.get("/api/invitations/org/{org}/list", this::list);
    routes.get("/api/invitations/{token}", this::show);
    routes.delete("/api/invitations/{token}", this::delete);
    routes.post("/api/invitations/{token}/accept", this::accept);
  }

  private void create(Exchange exchange) throws IOException {
    var caller = authenticator.signedIn(exchange);
    var asked = Json.tree(exchange.body("invitation", BODY_BYTES_MAX));
    var role = Shapes.role(asked.path("role").asText("read"));
    int uses = number(asked, "max_usage", USES_MAX, 1);
    var lifetime = Duration.ofDays(number(asked, "expires_days", DAYS_MAX, 7));
    var now = clock.instant();
    var token =
        database.<String>transact(
            tx -> {
              var org = governed(tx, caller, exchange.param("org"));
              return invitations.add(tx, org, caller.user(), role, lifetime, uses, now);
            });
    var answer = new LinkedHashMap<String, Object>();
    answer.put("success", true);
    answer.put("token", token);
    answer.put("invitation_link", exchange.baseUrl() + "/api/invitations/" + token);
    answer.put("role", role.word());
    answer.put("expires_at", Times.text(now.plus(lifetime)));
    answer.put("max_usage", uses);
    answer.put("is_reusable", uses > 1);
    exchange.send(Reply.json(200, answer));
  }

  private static int number(JsonNode asked, String name, int max, int otherwise) {
    var value = asked.path(name);
    if (value.isMissingNode() || value.isNull()) {
      return otherwise;
    }
    if (!value.isIntegralNumber() || !value.canConvertToInt()) {
      throw outside(name, max);
    }
    int number = value.intValue();
    if (number < 1 || number > max) {
      throw outside(name, max);
    }
    return number;
  }

  private static ProblemException outside(String name, int max) {
    return new ProblemException(
        new Invalid(name, "a whole number from 1 to " + max + " is needed"));
  }

  private void list(Exchange exchange) {
    var caller = authenticator.signedIn(exchange);
    var now = clock.instant();
    List<Invitation> found =
        database.read(db -> Invitations.of(db, governed(db, caller, exchange.param("org"))));
    exchange.send(
        Reply.json(
            200, Map.of("invitations", found.stream().map(one -> listed(one, now)).toList())));
  }

  /** The same as whoever has the token sees, and what names it to those who have not. */
  private static Map<String, Object> listed(Invitation invitation, Instant now) {
    var answer = new LinkedHashMap<String, Object>();
    answer.put("id", invitation.publicId());
    answer.put("created_at", Times.text(invitation.createdAt()));
    answer.putAll(shown(invitation, now));
    return answer;
  }

  private void show(Exchange exchange) {
    authenticator.caller(exchange);
    var found = database.read(db -> invitations.find(db, exchange.param("token")));
    exchange.send(Reply.json(200, shown(required(found), clock.instant())));
  }

  private static Map<String, Object> shown(Invitation invitation, Instant now) {
    boolean isExpired = invitation.isExpired(now);
    var answer = new LinkedHashMap<String, Object>();
    answer.put("action", "join_org");
    answer.put("org_name", invitation.org().name());
    answer.put("role", invitation.role().word());
    answer.put("inviter_username", invitation.inviter().name());
    answer.put("expires_at", Times.text(invitation.expiresAt()));
    answer.put("max_usage", invitation.usesMax());
    answer.put("usage_count", invitation.uses());
    answer.put("is_reusable", invitation.usesMax() > 1);
    answer.put("is_expired", isExpired);
    answer.put("is_available", !isExpired && !invitation.isUsedUp());
    return answer;
  }

  private void delete(Exchange exchange) {
    var caller = authenticator.signedIn(exchange);
    database.change(
        tx -> {
          var invitation = required(invitations.named(tx, exchange.param("token")));
          requireGovern(tx, caller, invitation.org());
          Invitations.delete(tx, invitation);
        });
    exchange.send(Reply.json(200, Map.of("success", true)));
  }

  /** As for making an organisation, a token for writing everywhere is needed. */
  private void accept(Exchange exchange) {
    var caller = authenticator.signedIn(exchange);
    Policy.require(caller, Action.GOVERN, new OfNamespace(caller.id(), Role.ADMIN));
    var now = clock.instant();
    var answer = new LinkedHashMap<String, Object>();
    database.change(
        tx -> {
          var invitation = required(invitations.find(tx, exchange.param("token")));
          var role = invitations.accept(tx, invitation, caller.user(), now);
          answer.put("success", true);
          answer.put("org_name", invitation.org().name());
          answer.put("role", role.word());
        });
    exchange.send(Reply.json(200, answer));
  }

  /** The sentence does not repeat what was asked for: it may be a secret with a typing error. */
  private static Invitation required(Optional<Invitation> found) {
    return found.orElseThrow(
        () -> new ProblemException(new Missing(Kind.INVITATION, "it may have been taken back")));
  }

  private static Org governed(DbExecute db, SignedIn caller, String name) {
    var org = Profiles.org(db, name);
    requireGovern(db, caller, org);
    return org;
  }

  private static void requireGovern(DbExecute db, SignedIn caller, Org org) {
    var standing = Orgs.standing(db, caller.id(), org.id());
    Policy.require(caller, Action.GOVERN, new OfNamespace(org.id(), standing));
  }
}
