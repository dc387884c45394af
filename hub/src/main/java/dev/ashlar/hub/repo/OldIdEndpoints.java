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
 *
 * <p>Routes of ids of two parts come first, or a repository that is named like one of these would
 * be out of reach: {@code /ann/resolve/resolve/main/a} is a file of {@code ann/resolve}.
 */
public final class OldIdEndpoints {
  private static final List<String> READ =
      List.of("revision", "tree", "refs", "commits", "xet-read-token", "xet-write-token");
  private static final List<String> CHANGED =
      List.of(
          "preupload",
          "commit",
          "paths-info",
          "branch",
          "tag",
          "super-squash",
          "discussions",
          "like",
          "duplicate");

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
      for (var below : READ) {
        routes.get(api + "/" + below + "/{rest...}", this::unknown);
      }
      for (var below : CHANGED) {
        routes.post(api + "/" + below + "/{rest...}", this::unknown);
        routes.delete(api + "/" + below + "/{rest...}", this::unknown);
      }
      routes.put(api + "/settings", this::unknown);
    }
    routes.get("/{id}/resolve/{rest...}", this::unknown);
  }

  private void unknown(Exchange exchange) {
    throw new ProblemException(Policy.hidden(authenticator.caller(exchange), exchange.param("id")));
  }
}
