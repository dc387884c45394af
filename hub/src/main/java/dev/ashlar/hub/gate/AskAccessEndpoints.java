package dev.ashlar.hub.gate;

import com.fasterxml.jackson.databind.JsonNode;
import dev.ashlar.core.problem.Entry;
import dev.ashlar.core.problem.Problem.Gated;
import dev.ashlar.core.problem.Problem.Invalid;
import dev.ashlar.core.problem.ProblemException;
import dev.ashlar.hub.access.Action;
import dev.ashlar.hub.access.Admission;
import dev.ashlar.hub.access.Gate;
import dev.ashlar.hub.repo.Repo;
import dev.ashlar.hub.repo.RepoDoor;
import dev.ashlar.hub.repo.RepoType;
import dev.ashlar.hub.repo.Visit;
import dev.ashlar.metadata.Database;
import dev.ashlar.web.Exchange;
import dev.ashlar.web.Json;
import dev.ashlar.web.Reply;
import dev.ashlar.web.Routes;
import dev.ashlar.web.UrlText;
import java.io.ByteArrayInputStream;
import java.io.IOException;
import java.nio.charset.StandardCharsets;
import java.time.InstantSource;
import java.util.LinkedHashMap;
import java.util.Map;

/** Where people ask for the files of a gated repository: with a form, as from a web page. */
public final class AskAccessEndpoints {
  private static final int BODY_BYTES_MAX = 64 << 10;
  private static final int FIELDS_MAX = 50;

  private final Database database;
  private final RepoDoor door;
  private final InstantSource clock;

  /** Asks for the files of repositories behind the door. */
  public AskAccessEndpoints(Database database, RepoDoor door, InstantSource clock) {
    this.database = database;
    this.door = door;
    this.clock = clock;
  }

  /** Adds the routes. */
  public void routes(Routes routes) {
    for (var type : RepoType.values()) {
      routes.post(
          "/" + type.webPrefix() + "{ns}/{name}/ask-access", exchange -> ask(exchange, type));
    }
    routes.post("/models/{ns}/{name}/ask-access", exchange -> ask(exchange, RepoType.MODEL));
  }

  /** The answer leads to the repository's page, whether the request is new or not. */
  private void ask(Exchange exchange, RepoType type) throws IOException {
    var visit = door.enter(exchange, type, Action.ASK);
    var repo = visit.repo();
    if (repo.gate() == Gate.NO) {
      throw new ProblemException(new Invalid("repository", repo.fullName() + " is not gated"));
    }
    ask(visit, fields(exchange));
    exchange.send(Reply.empty(303).with("Location", repo.url(exchange.baseUrl())));
  }

  private void ask(Visit visit, Map<String, String> fields) {
    var repo = visit.repo();
    var userId = visit.caller().id();
    var status = repo.gate() == Gate.AUTO ? Admission.ACCEPTED : Admission.PENDING;
    var json = new String(Json.write(fields), StandardCharsets.UTF_8);
    var now = clock.instant();
    database.change(
        tx -> {
          AccessRequests.ask(tx, repo.id(), userId, status, json, now);
          AccessRequests.ofUser(tx, repo.id(), userId)
              .ifPresent(
                  request -> {
                    refuseRejected(repo, request);
                    if (status == Admission.ACCEPTED && request.status() == Admission.PENDING) {
                      AccessRequests.decide(tx, request, status, "");
                    }
                  });
        });
  }

  private static void refuseRejected(Repo repo, AccessRequest request) {
    if (request.status() == Admission.REJECTED) {
      throw new ProblemException(
          new Gated(repo.type().word() + " " + repo.fullName(), Entry.REJECTED));
    }
  }

  private static Map<String, String> fields(Exchange exchange) throws IOException {
    var type = exchange.header("Content-Type").orElse("");
    var body = exchange.bodyBytes("access request", BODY_BYTES_MAX);
    var fields = new LinkedHashMap<String, String>();
    if (type.startsWith("application/json")) {
      Json.tree(new ByteArrayInputStream(body))
          .properties()
          .forEach(field -> fields.put(field.getKey(), text(field.getValue())));
    } else {
      UrlText.parseQuery(new String(body, StandardCharsets.UTF_8))
          .forEach(field -> fields.put(field.getKey(), field.getValue()));
    }
    if (fields.size() > FIELDS_MAX) {
      throw new ProblemException(new Invalid("form", "it has more than 50 fields"));
    }
    return fields;
  }

  private static String text(JsonNode value) {
    return value.isValueNode() ? value.asText() : value.toString();
  }
}
