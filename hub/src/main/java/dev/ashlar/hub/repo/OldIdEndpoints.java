package dev.ashlar.hub.repo;

import dev.ashlar.core.problem.ProblemException;
import dev.ashlar.hub.access.Policy;
import dev.ashlar.hub.account.Authenticator;
import dev.ashlar.web.Exchange;
import dev.ashlar.web.Routes;
import java.util.List;

/**
 * Answers for repository ids of one part, such as {@code gpt2}: old callers still ask for them, and
 * new ones probe whether they exist. There are none here.
 */
public final class OldIdEndpoints {
  private final Authenticator authenticator;

  /** Callers are told as much as this authenticator lets them know. */
  public OldIdEndpoints(Authenticator authenticator) {
    this.authenticator = authenticator;
  }

  /** Adds the routes. */
  public void routes(Routes routes) {
    for (var type : RepoType.values()) {
      var api = "/api/" + type.plural() + "/{id}";
      routes.get(api, this::unknown);
      for (var below : List.of("revision", "tree", "refs", "commits")) {
        routes.get(api + "/" + below + "/{rest...}", this::unknown);
      }
    }
    routes.get("/{id}/resolve/{rest...}", this::unknown);
  }

  private void unknown(Exchange exchange) {
    throw new ProblemException(Policy.hidden(authenticator.caller(exchange), exchange.param("id")));
  }
}
