package dev.ashlar.hub.misc;

import dev.ashlar.core.problem.Problem.Unsupported;
import dev.ashlar.core.problem.ProblemException;
import dev.ashlar.web.Exchange;
import dev.ashlar.web.Reply;
import dev.ashlar.web.Routes;
import java.util.List;
import java.util.Map;

/** Says plainly what this hub does not do: run code, serve models, keep papers, send bills. */
public final class OutOfScopeEndpoints {
  private static final List<String> METHODS = List.of("GET", "POST", "PUT", "PATCH", "DELETE");

  /** What people manage of the application behind a space. */
  private static final List<String> OF_SPACES =
      List.of(
          "hardware",
          "secrets",
          "variables",
          "pause",
          "restart",
          "sleeptime",
          "storage",
          "volumes",
          "dev-mode",
          "logs");

  private static final Map<String, String> ELSEWHERE =
      Map.of(
          "jobs", "running jobs",
          "scheduled-jobs", "running jobs",
          "sandboxes", "running code",
          "papers", "the paper index",
          "daily_papers", "the paper index",
          "billing", "billing",
          "resource-groups", "resource groups",
          "scim", "user provisioning");

  /** Adds the routes. */
  public void routes(Routes routes) {
    for (var method : METHODS) {
      for (var name : OF_SPACES) {
        var path = "/api/spaces/{ns}/{name}/" + name;
        routes.add(method, path, _ -> refuse("running spaces"));
        routes.add(method, path + "/{rest...}", _ -> refuse("running spaces"));
      }
      ELSEWHERE.forEach(
          (name, what) -> {
            routes.add(method, "/api/" + name, _ -> refuse(what));
            routes.add(method, "/api/" + name + "/{rest...}", _ -> refuse(what));
          });
    }
    routes.get("/api/spaces/semantic-search", _ -> refuse("search by meaning"));
    routes.get("/api/spaces/hardware", _ -> refuse("running spaces"));
    routes.get("/api/spaces/zero-gpu/quota", _ -> refuse("running spaces"));
    routes.get("/api/spaces/templates", OutOfScopeEndpoints::noTemplates);
  }

  private static void refuse(String what) {
    throw new ProblemException(new Unsupported(what));
  }

  private static void noTemplates(Exchange exchange) {
    exchange.send(Reply.json(200, Map.of("templates", List.of())));
  }
}
