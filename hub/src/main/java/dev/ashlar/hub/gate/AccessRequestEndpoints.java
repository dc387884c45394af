package dev.ashlar.hub.gate;

import com.fasterxml.jackson.databind.JsonNode;
import dev.ashlar.core.problem.Kind;
import dev.ashlar.core.problem.Problem.Invalid;
import dev.ashlar.core.problem.Problem.Missing;
import dev.ashlar.core.problem.ProblemException;
import dev.ashlar.hub.access.Action;
import dev.ashlar.hub.access.Admission;
import dev.ashlar.hub.account.User;
import dev.ashlar.hub.account.Users;
import dev.ashlar.hub.org.IdPages;
import dev.ashlar.hub.repo.Repo;
import dev.ashlar.hub.repo.RepoDoor;
import dev.ashlar.hub.repo.RepoType;
import dev.ashlar.metadata.Database;
import dev.ashlar.web.Exchange;
import dev.ashlar.web.Json;
import dev.ashlar.web.Reply;
import dev.ashlar.web.Routes;
import io.helidon.dbclient.DbExecute;
import io.helidon.dbclient.DbTransaction;
import java.io.IOException;
import java.time.InstantSource;
import java.util.List;
import java.util.Locale;
import java.util.Map;

/** Where those who manage a gated repository see and decide who may have its files. */
public final class AccessRequestEndpoints {
  private static final int BODY_BYTES_MAX = 64 << 10;
  private static final int REASON_MAX = 2000;

  private final Database database;
  private final RepoDoor door;
  private final InstantSource clock;

  /** Acts on the repositories behind the door. */
  public AccessRequestEndpoints(Database database, RepoDoor door, InstantSource clock) {
    this.database = database;
    this.door = door;
    this.clock = clock;
  }

  /** Adds the routes. */
  public void routes(Routes routes) {
    for (var type : RepoType.values()) {
      var base = "/api/" + type.plural() + "/{ns}/{name}/user-access-request/";
      for (var status : List.of(Admission.PENDING, Admission.ACCEPTED, Admission.REJECTED)) {
        routes.get(base + status.word(), exchange -> list(exchange, type, status));
      }
      routes.post(base + "handle", exchange -> handle(exchange, type));
      routes.post(base + "grant", exchange -> grant(exchange, type));
      routes.post(base + "cancel", exchange -> cancel(exchange, type));
    }
  }

  private void list(Exchange exchange, RepoType type, Admission status) {
    var repo = door.enter(exchange, type, Action.MANAGE).repo();
    var page = IdPages.of(exchange);
    var found =
        database.read(db -> AccessRequests.page(db, repo.id(), status, page.before(), page.rows()));
    exchange.send(page.reply(found, AccessRequest::id, RequestShape::json));
  }

  private void handle(Exchange exchange, RepoType type) throws IOException {
    var repo = door.enter(exchange, type, Action.MANAGE).repo();
    var asked = Json.tree(exchange.body("access request", BODY_BYTES_MAX));
    var status = status(asked.path("status").asText());
    var reason = asked.path("rejectionReason").asText("");
    if (reason.length() > REASON_MAX) {
      throw new ProblemException(new Invalid("rejectionReason", "it is too long"));
    }
    database.change(
        tx -> {
          var request = request(tx, repo, asked);
          if (request.status() == status) {
            throw new ProblemException(
                new Invalid("status", "this access request is already " + status.word()));
          }
          AccessRequests.decide(tx, request, status, status == Admission.REJECTED ? reason : "");
        });
    exchange.send(Reply.json(200, Map.of("status", status.word())));
  }

  private static Admission status(String word) {
    return switch (word.toLowerCase(Locale.ROOT)) {
      case "accepted" -> Admission.ACCEPTED;
      case "rejected" -> Admission.REJECTED;
      case "pending" -> Admission.PENDING;
      default ->
          throw new ProblemException(
              new Invalid("status", "it must be accepted, rejected or pending"));
    };
  }

  private static AccessRequest request(DbTransaction tx, Repo repo, JsonNode asked) {
    if (asked.path("requestId").isTextual()) {
      var text = asked.path("requestId").asText();
      var id = RequestShape.id(text).orElseThrow(() -> missing(text));
      return AccessRequests.ofId(tx, repo.id(), id).orElseThrow(() -> missing(text));
    }
    var name = userName(asked);
    return AccessRequests.ofUser(tx, repo.id(), user(tx, name).id())
        .orElseThrow(() -> missing(name));
  }

  private void grant(Exchange exchange, RepoType type) throws IOException {
    var repo = door.enter(exchange, type, Action.MANAGE).repo();
    var name = userName(Json.tree(exchange.body("access request", BODY_BYTES_MAX)));
    var now = clock.instant();
    database.change(
        tx -> {
          if (!AccessRequests.grant(tx, repo.id(), user(tx, name).id(), now)) {
            throw new ProblemException(new Invalid("user", name + " has access already"));
          }
        });
    exchange.send(Reply.json(200, Map.of("status", Admission.ACCEPTED.word())));
  }

  /** A user takes back the own request; what was decided stays. */
  private void cancel(Exchange exchange, RepoType type) {
    var visit = door.enter(exchange, type, Action.ASK);
    database.change(
        tx -> {
          var request =
              AccessRequests.ofUser(tx, visit.repo().id(), visit.caller().id())
                  .orElseThrow(() -> missing(visit.repo().fullName()));
          if (request.status() != Admission.PENDING) {
            throw new ProblemException(
                new Invalid("status", "this access request is " + request.status().word()));
          }
          AccessRequests.withdraw(tx, request);
        });
    exchange.send(Reply.json(200, Map.of("success", true)));
  }

  private static String userName(JsonNode asked) {
    if (!asked.path("user").isTextual()) {
      throw new ProblemException(new Invalid("user", "the name of a user is needed"));
    }
    return asked.path("user").asText();
  }

  private static User user(DbExecute db, String name) {
    return Users.byName(db, name)
        .orElseThrow(() -> new ProblemException(new Missing(Kind.USER, name)));
  }

  private static ProblemException missing(String what) {
    return new ProblemException(new Missing(Kind.ACCESS_REQUEST, what));
  }
}
