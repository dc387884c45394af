package dev.ashlar.hub.smart;

import dev.ashlar.core.problem.Kind;
import dev.ashlar.core.problem.Need;
import dev.ashlar.core.problem.Problem;
import dev.ashlar.core.problem.Problem.Forbidden;
import dev.ashlar.core.problem.Problem.Missing;
import dev.ashlar.core.problem.Problem.Refused;
import dev.ashlar.core.problem.Problem.UnreadableForm;
import dev.ashlar.core.problem.ProblemException;
import dev.ashlar.hub.access.Action;
import dev.ashlar.hub.account.Authenticator;
import dev.ashlar.hub.git.GitRepositories;
import dev.ashlar.hub.repo.RepoDoor;
import dev.ashlar.hub.repo.RepoType;
import dev.ashlar.hub.repo.Visit;
import dev.ashlar.hub.tree.BlobShapes;
import dev.ashlar.hub.tree.HeldFiles;
import dev.ashlar.objectstore.Staging;
import dev.ashlar.web.Exchange;
import dev.ashlar.web.Handler;
import dev.ashlar.web.Routes;
import java.io.IOException;
import java.util.List;
import org.eclipse.jgit.lib.Constants;

/** Git's smart HTTP routes of every repository, with and without {@code .git}. */
public final class SmartEndpoints {
  private static final String SUFFIX = ".git";
  private static final String SERVICE = "service";

  private final Authenticator authenticator;
  private final RepoDoor door;
  private final FetchService fetches;
  private final PushService pushes;

  /** Admission by {@code door}, objects and refs from {@code repositories}. */
  public SmartEndpoints(
      Authenticator authenticator,
      RepoDoor door,
      GitRepositories repositories,
      Staging staging,
      HeldFiles held,
      BlobShapes shapes,
      PushLimits limits) {
    this.authenticator = authenticator;
    this.door = door;
    this.fetches = new FetchService(repositories, staging);
    this.pushes =
        new PushService(
            repositories,
            staging,
            door,
            new PushRules(door, held, shapes, limits.lfsBytesMin()),
            limits.packBytesMax());
  }

  /** Adds the routes. */
  public void routes(Routes routes) {
    for (var type : RepoType.values()) {
      routes(routes, "/" + type.webPrefix(), type);
    }
    routes(routes, "/models/", RepoType.MODEL);
  }

  private void routes(Routes routes, String prefix, RepoType type) {
    var repo = prefix + "{ns}/{name}/";
    routes.get(repo + "info/refs", telling(exchange -> advertise(exchange, type)));
    routes.get(repo + "HEAD", telling(exchange -> head(exchange, type)));
    routes.post(repo + FetchService.NAME, telling(exchange -> fetch(exchange, type)));
    routes.post(repo + PushService.NAME, telling(exchange -> push(exchange, type)));
  }

  private static Handler telling(Handler handler) {
    return GitReplies.telling(handler);
  }

  private void advertise(Exchange exchange, RepoType type) throws IOException {
    switch (exchange.query(SERVICE).orElse("")) {
      case FetchService.NAME ->
          fetches.advertise(exchange, enter(exchange, type, Action.DOWNLOAD).repo().id());
      case PushService.NAME -> pushes.advertise(exchange, enterToPush(exchange, type));
      default -> {
        enter(exchange, type, Action.READ);
        throw new ProblemException(
            new Forbidden("Only " + FetchService.NAME + " and " + PushService.NAME + " are here"));
      }
    }
  }

  private void head(Exchange exchange, RepoType type) {
    var repo = enter(exchange, type, Action.DOWNLOAD).repo();
    GitReplies.text(exchange, "ref: " + Constants.R_HEADS + repo.defaultBranch());
  }

  private void fetch(Exchange exchange, RepoType type) throws IOException {
    var visit = enter(exchange, type, Action.DOWNLOAD);
    requireType(exchange, FetchService.NAME);
    fetches.fetch(exchange, visit.repo().id());
  }

  private void push(Exchange exchange, RepoType type) throws IOException {
    var visit = enterToPush(exchange, type);
    requireType(exchange, PushService.NAME);
    pushes.push(exchange, visit);
  }

  private static void requireType(Exchange exchange, String service) {
    var wanted = "application/x-" + service + "-request";
    if (!exchange.header("Content-Type").orElse("").equals(wanted)) {
      throw new ProblemException(new UnreadableForm("The request must be " + wanted));
    }
  }

  /** Admits whoever may push to some ref: writers, and authors of pull requests. */
  private Visit enterToPush(Exchange exchange, RepoType type) throws IOException {
    try {
      return enter(exchange, type, Action.WRITE);
    } catch (ProblemException e) {
      if (e.problem() instanceof Refused(var need) && need == Need.WRITE_ACCESS) {
        var visit = enter(exchange, type, Action.DOWNLOAD);
        if (pushes.takesPullsOf(visit)) {
          return visit;
        }
      }
      throw e;
    }
  }

  /**
   * Admits the caller. Many know one form of address alone, {@code namespace/name.git}: where no
   * such model shows itself, it may mean a dataset or a space.
   */
  private Visit enter(Exchange exchange, RepoType type, Action action) {
    var name = exchange.param("name");
    boolean hasSuffix = name.endsWith(SUFFIX);
    var plain = hasSuffix ? name.substring(0, name.length() - SUFFIX.length()) : name;
    boolean isShort = hasSuffix && type == RepoType.MODEL && isWithoutPrefix(exchange);
    try {
      return enter(exchange, type, plain, action);
    } catch (ProblemException e) {
      if (!isShort || !isHidden(e.problem())) {
        throw e;
      }
      for (var other : List.of(RepoType.DATASET, RepoType.SPACE)) {
        try {
          return enter(exchange, other, plain, action);
        } catch (ProblemException next) {
          if (!isHidden(next.problem())) {
            throw next;
          }
        }
      }
      throw e;
    }
  }

  private Visit enter(Exchange exchange, RepoType type, String name, Action action) {
    return door.enter(authenticator.caller(exchange), type, exchange.param("ns"), name, action);
  }

  private static boolean isWithoutPrefix(Exchange exchange) {
    return !exchange.rawPath().startsWith("/models/");
  }

  private static boolean isHidden(Problem problem) {
    return switch (problem) {
      case Missing(var kind, var _) -> kind == Kind.REPO;
      case Refused(var need) -> need == Need.SIGN_IN_FOR_REPO;
      default -> false;
    };
  }
}
