package dev.ashlar.hub.misc;

import dev.ashlar.web.Exchange;
import dev.ashlar.web.LoggedPath;
import dev.ashlar.web.Problems;
import dev.ashlar.web.Reply;
import dev.ashlar.web.Routes;
import java.lang.System.Logger.Level;
import java.util.List;
import java.util.Map;
import java.util.Set;
import java.util.concurrent.ConcurrentHashMap;

/** Answers what clients ask in passing, and says no to what the hub does not know. */
public final class MiscEndpoints {
  private static final System.Logger LOG = System.getLogger(MiscEndpoints.class.getName());
  private static final int LOGGED_MAX = 1000;

  private final Set<String> logged = ConcurrentHashMap.newKeySet();

  /** Adds the routes. */
  public void routes(Routes routes) {
    routes.get(
        "/api/agent-harnesses",
        exchange ->
            exchange.send(
                Reply.json(200, Map.of("standardEnvVars", List.of(), "harnesses", Map.of()))));
    routes.head("/api/telemetry/{topic...}", exchange -> exchange.send(Reply.empty(200)));
    routes.get("/api/telemetry/{topic...}", exchange -> exchange.send(Reply.empty(200)));
    routes.post("/api/event", exchange -> exchange.send(Reply.empty(200)));
    routes.get("/api/tasks", exchange -> exchange.send(Reply.json(200, Map.of())));
    for (var method : List.of("GET", "POST", "PUT", "PATCH", "DELETE")) {
      routes.add(method, "/api/{rest...}", this::unknown);
    }
  }

  /**
   * Each unknown route is logged once, without its query: that may hold what is nobody's business.
   */
  private void unknown(Exchange exchange) {
    var route = exchange.method() + " " + exchange.rawPath();
    if (logged.size() < LOGGED_MAX && logged.add(route)) {
      LOG.log(
          Level.INFO,
          "unknown route {0} agent={1}",
          LoggedPath.of(route),
          printable(exchange.header("User-Agent").orElse("")));
    }
    exchange.send(Problems.of(404, "", "Sorry, we can't find the page you are looking for."));
  }

  private static String printable(String text) {
    var cut = text.length() > 300 ? text.substring(0, 300) : text;
    return cut.replaceAll("[^\\x20-\\x7e]", "?");
  }
}
