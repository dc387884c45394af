package dev.ashlar.hub.lfs;

import dev.ashlar.core.problem.Kind;
import dev.ashlar.core.problem.Need;
import dev.ashlar.core.problem.Problem;
import dev.ashlar.core.problem.Problem.Missing;
import dev.ashlar.core.problem.Problem.Refused;
import dev.ashlar.core.problem.Problem.Unprocessable;
import dev.ashlar.core.problem.ProblemException;
import dev.ashlar.core.token.SignedUrls;
import dev.ashlar.hub.access.Action;
import dev.ashlar.hub.account.Authenticator;
import dev.ashlar.hub.lfs.BatchRequest.Wanted;
import dev.ashlar.hub.repo.RepoDoor;
import dev.ashlar.hub.repo.RepoType;
import dev.ashlar.hub.repo.Visit;
import dev.ashlar.hub.xettoken.XetTokenIssuer;
import dev.ashlar.metadata.Database;
import dev.ashlar.metadata.Holds;
import dev.ashlar.web.Exchange;
import dev.ashlar.web.Json;
import dev.ashlar.web.Routes;
import java.io.IOException;
import java.util.List;
import java.util.Map;
import java.util.Optional;

/**
 * The LFS API of repositories: where to send large files, where to get them, and whether they came.
 */
public final class LfsEndpoints {
  /** No object is longer. */
  public static final long OBJECT_BYTES_MAX = 1L << 50;

  private static final int BODY_BYTES_MAX = 16 << 20;
  private static final String GIT_SUFFIX = ".git";

  /** Older clients address repositories of every type like models. */
  private static final List<RepoType> ANY_TYPE =
      List.of(RepoType.MODEL, RepoType.DATASET, RepoType.SPACE);

  private final Database database;
  private final Authenticator authenticator;
  private final RepoDoor door;
  private final ReturnedObjects returned;
  private final Batch batch;

  /** Signs URLs of this server, or of the gateway for downloads. */
  public LfsEndpoints(
      Database database,
      Authenticator authenticator,
      RepoDoor door,
      SignedUrls urls,
      XetTokenIssuer xet,
      Optional<String> gatewayUrl,
      PartRule parts) {
    this.database = database;
    this.authenticator = authenticator;
    this.door = door;
    this.returned = new ReturnedObjects(database, door);
    this.batch = new Batch(database, returned, urls, xet, gatewayUrl, parts);
  }

  /** Adds the routes. */
  public void routes(Routes routes) {
    for (var type : RepoType.values()) {
      routes(routes, "/" + type.webPrefix(), type == RepoType.MODEL ? ANY_TYPE : List.of(type));
    }
    routes(routes, "/models/", List.of(RepoType.MODEL));
  }

  private void routes(Routes routes, String prefix, List<RepoType> types) {
    var lfs = prefix + "{ns}/{name}/info/lfs/";
    routes.post(lfs + "objects/batch", LfsReplies.telling(exchange -> batch(exchange, types)));
    routes.post(lfs + "objects/verify", LfsReplies.telling(exchange -> verify(exchange, types)));
    for (var path : List.of("locks", "locks/verify")) {
      routes.get(lfs + path, LfsEndpoints::noLocks);
      routes.post(lfs + path, LfsEndpoints::noLocks);
    }
  }

  private void batch(Exchange exchange, List<RepoType> types) throws IOException {
    // Strangers send no megabytes to hidden repositories.
    var visit = enter(exchange, types, Action.READ);
    var request =
        Json.read(exchange.body("batch request", BODY_BYTES_MAX), BatchRequest.class).checked();
    admit(visit, request);
    exchange.send(
        LfsReplies.json(
            200,
            request.isUpload()
                ? batch.upload(visit, request, exchange.baseUrl())
                : batch.download(visit, request, exchange.baseUrl())));
  }

  /** Who names no branch may send the bytes of a pull request that does not exist yet. */
  private void admit(Visit visit, BatchRequest request) {
    if (!request.isUpload()) {
      door.require(visit, Action.DOWNLOAD);
    } else if (request.isForNewPull()) {
      door.require(visit, Action.PROPOSE);
    } else {
      door.requireToChange(visit, request.branch(""));
    }
  }

  private void verify(Exchange exchange, List<RepoType> types) throws IOException {
    var visit = enter(exchange, types, Action.PROPOSE);
    var sent = Json.read(exchange.body("verify request", BODY_BYTES_MAX), Wanted.class);
    var oid =
        sent.sha256()
            .orElseThrow(
                () ->
                    new ProblemException(
                        new Unprocessable("oid", "64 lower-case hex digits are needed")));
    var held = database.read(db -> Holds.bySha256(db, visit.repo().id(), List.of(oid))).get(oid);
    if (held == null) {
      throw new ProblemException(new Missing(Kind.OBJECT, oid.toString()));
    }
    if (held.bytes() != sent.bytes()) {
      throw new ProblemException(new Unprocessable("size", "the object has another size"));
    }
    returned.keep(visit, List.of(held));
    exchange.send(LfsReplies.json(200, Map.of("oid", oid.toString(), "size", held.bytes())));
  }

  /** The first repository of the name that the caller may see, else what is said of the first. */
  private Visit enter(Exchange exchange, List<RepoType> types, Action action) {
    var name = exchange.param("name");
    var plain =
        name.endsWith(GIT_SUFFIX) ? name.substring(0, name.length() - GIT_SUFFIX.length()) : name;
    var caller = authenticator.caller(exchange);
    for (var type : types.subList(0, types.size() - 1)) {
      try {
        return door.enter(caller, type, exchange.param("ns"), plain, action);
      } catch (ProblemException e) {
        if (!isHidden(e.problem())) {
          throw e;
        }
      }
    }
    return door.enter(caller, types.getLast(), exchange.param("ns"), plain, action);
  }

  private static boolean isHidden(Problem problem) {
    return switch (problem) {
      case Missing(var kind, var _) -> kind == Kind.REPO;
      case Refused(var need) -> need == Need.SIGN_IN_FOR_REPO;
      default -> false;
    };
  }

  /** Without locks git-lfs stops asking for them. */
  private static void noLocks(Exchange exchange) {
    exchange.send(LfsReplies.json(404, Map.of("message", "Locks are not offered here.")));
  }
}
