package dev.ashlar.hub.repo;

import com.fasterxml.jackson.databind.JsonNode;
import dev.ashlar.core.problem.Problem.Invalid;
import dev.ashlar.core.problem.Problem.Taken;
import dev.ashlar.core.problem.ProblemException;
import dev.ashlar.hub.access.Action;
import dev.ashlar.hub.access.Gate;
import dev.ashlar.hub.access.Visibility;
import dev.ashlar.hub.account.Authenticator;
import dev.ashlar.metadata.Database;
import dev.ashlar.web.Exchange;
import dev.ashlar.web.Json;
import dev.ashlar.web.Reply;
import dev.ashlar.web.Routes;
import java.io.IOException;
import java.util.Locale;
import java.util.Map;
import java.util.Optional;

/** Makes, removes and sets up repositories, and tells whether a caller may enter. */
public final class LifecycleEndpoints {
  private static final int BODY_BYTES_MAX = 16 << 20;

  private final Database database;
  private final Authenticator authenticator;
  private final RepoDoor door;
  private final RepoMaker maker;

  /** Acts on the repositories of this database. */
  public LifecycleEndpoints(
      Database database, RepoMaker maker, Authenticator authenticator, RepoDoor door) {
    this.database = database;
    this.authenticator = authenticator;
    this.door = door;
    this.maker = maker;
  }

  /** Adds the routes. */
  public void routes(Routes routes) {
    routes.post("/api/repos/create", this::create);
    routes.delete("/api/repos/delete", this::delete);
    for (var type : RepoType.values()) {
      var base = "/api/" + type.plural() + "/{ns}/{name}";
      routes.put(base + "/settings", exchange -> settings(exchange, type));
      routes.get(base + "/auth-check", exchange -> check(exchange, type, Action.DOWNLOAD));
      routes.get(base + "/auth-check/write", exchange -> check(exchange, type, Action.WRITE));
    }
  }

  private void create(Exchange exchange) throws IOException {
    var caller = authenticator.signedIn(exchange);
    var request =
        Json.read(exchange.body("repository request", BODY_BYTES_MAX), CreateRequest.class);
    try {
      var repo = maker.make(caller, request);
      exchange.send(
          Reply.json(
              200,
              Map.of(
                  "url", repo.url(exchange.baseUrl()),
                  "name", repo.fullName(),
                  "id", repo.hexId())));
    } catch (ProblemException e) {
      if (!(e.problem() instanceof Taken(var _, var name))) {
        throw e;
      }
      exchange.send(TakenReply.of(exchange, request.repoType(), name));
    }
  }

  private void delete(Exchange exchange) throws IOException {
    var caller = authenticator.signedIn(exchange);
    var request =
        Json.read(exchange.body("repository request", BODY_BYTES_MAX), CreateRequest.class);
    var visit =
        door.enter(
            caller,
            request.repoType(),
            request.namespace().orElse(caller.name()),
            request.lastName(),
            Action.MANAGE);
    maker.remove(visit.repo());
    exchange.send(Reply.json(200, Map.of("success", true)));
  }

  private void settings(Exchange exchange, RepoType type) throws IOException {
    var repo = door.enter(exchange, type, Action.MANAGE).repo();
    var asked = Json.tree(exchange.body("settings", BODY_BYTES_MAX));
    var visibility = CreateRequest.visibility(asked).map(type::check);
    var gate = asked.has("gated") ? Optional.of(gate(asked.path("gated"))) : Optional.<Gate>empty();
    Repos.Readers readers = database.transact(tx -> Repos.settings(tx, repo, visibility, gate));
    exchange.send(
        Reply.json(
            200,
            Map.of(
                "visibility", readers.visibility().word(),
                "private", readers.visibility() != Visibility.PUBLIC,
                "gated", readers.gate().json())));
  }

  private static Gate gate(JsonNode asked) {
    if (asked.isBoolean() && !asked.asBoolean()) {
      return Gate.NO;
    }
    if (asked.isTextual() && !asked.asText().equals("no")) {
      try {
        return Gate.valueOf(asked.asText().toUpperCase(Locale.ROOT));
      } catch (IllegalArgumentException _) {
        // refused below, like every other value
      }
    }
    throw new ProblemException(new Invalid("gated", "it must be \"auto\", \"manual\" or false"));
  }

  private void check(Exchange exchange, RepoType type, Action action) {
    door.enter(exchange, type, action);
    exchange.send(Reply.empty(200));
  }
}
