package dev.ashlar.hub.repo;

import com.fasterxml.jackson.databind.JsonNode;
import dev.ashlar.core.problem.Problem.Invalid;
import dev.ashlar.core.problem.Problem.Taken;
import dev.ashlar.core.problem.ProblemException;
import dev.ashlar.hub.access.Action;
import dev.ashlar.hub.account.Authenticator;
import dev.ashlar.web.Exchange;
import dev.ashlar.web.Json;
import dev.ashlar.web.Reply;
import dev.ashlar.web.Routes;
import java.io.IOException;
import java.util.Map;

/** Gives repositories other names, and makes second ones of them. */
public final class RelocationEndpoints {
  private static final int BODY_BYTES_MAX = 1 << 20;

  /** A repository's namespace and name as a request says them. */
  private record Id(String namespace, String name) {}

  private final RepoMaker maker;
  private final Authenticator authenticator;
  private final RepoDoor door;

  /** Acts on the repositories behind this door. */
  public RelocationEndpoints(RepoMaker maker, Authenticator authenticator, RepoDoor door) {
    this.maker = maker;
    this.authenticator = authenticator;
    this.door = door;
  }

  /** Adds the routes. */
  public void routes(Routes routes) {
    routes.post("/api/repos/move", this::move);
    for (var type : RepoType.values()) {
      routes.post(
          "/api/" + type.plural() + "/{ns}/{name}/duplicate",
          exchange -> duplicate(exchange, type));
    }
  }

  private void move(Exchange exchange) throws IOException {
    var caller = authenticator.signedIn(exchange);
    var asked = Json.tree(exchange.body("the request", BODY_BYTES_MAX));
    var from = id(asked.path("fromRepo"), "fromRepo");
    var to = id(asked.path("toRepo"), "toRepo");
    var type = type(asked);
    var repo = door.enter(caller, type, from.namespace(), from.name(), Action.MANAGE).repo();
    var moved = maker.move(caller, repo, to.namespace(), to.name());
    exchange.send(
        Reply.json(
            200,
            Map.of(
                "success", true,
                "url", moved.url(exchange.baseUrl()),
                "name", moved.fullName())));
  }

  /** Current clients send {@code ns/name}, others an object with the two and the type. */
  private static Id id(JsonNode node, String what) {
    if (node.isObject()) {
      return checked(node.path("namespace").asText(), node.path("name").asText(), what);
    }
    var text = node.asText();
    int slash = text.indexOf('/');
    return checked(text.substring(0, Math.max(0, slash)), text.substring(slash + 1), what);
  }

  private static Id checked(String namespace, String name, String what) {
    if (namespace.isEmpty() || name.isEmpty() || name.contains("/")) {
      throw new ProblemException(new Invalid(what, "namespace/name is needed"));
    }
    return new Id(namespace, name);
  }

  private static RepoType type(JsonNode asked) {
    for (var node : new JsonNode[] {asked.path("type"), asked.path("fromRepo").path("type")}) {
      if (node.isTextual()) {
        return RepoType.of(node.asText());
      }
    }
    return RepoType.MODEL;
  }

  private void duplicate(Exchange exchange, RepoType type) throws IOException {
    var caller = authenticator.signedIn(exchange);
    var origin = door.enter(exchange, type, Action.DOWNLOAD).repo();
    var asked = Json.tree(exchange.body("the request", BODY_BYTES_MAX));
    var target = asked.path("repository").asText();
    if (target.isEmpty()) {
      throw new ProblemException(new Invalid("repository", "namespace/name is needed"));
    }
    try {
      var made = maker.duplicate(caller, origin, target, CreateRequest.visibility(asked));
      exchange.send(
          Reply.json(
              200,
              Map.of(
                  "url", made.url(exchange.baseUrl()),
                  "name", made.fullName(),
                  "id", made.hexId(),
                  "filesCopyPending", false)));
    } catch (ProblemException e) {
      if (!(e.problem() instanceof Taken(var _, var name))) {
        throw e;
      }
      exchange.send(TakenReply.of(exchange, type, name));
    }
  }
}
