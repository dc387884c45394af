package dev.ashlar.hub.xettoken;

import dev.ashlar.core.token.XetToken.Scope;
import dev.ashlar.hub.access.Action;
import dev.ashlar.hub.repo.PullRef;
import dev.ashlar.hub.repo.RepoType;
import dev.ashlar.hub.repo.Visit;
import dev.ashlar.hub.social.DownloadWatcher;
import dev.ashlar.hub.tree.Door;
import dev.ashlar.hub.tree.Queries;
import dev.ashlar.hub.tree.RevisionPath;
import dev.ashlar.hub.tree.Revisions;
import dev.ashlar.web.Exchange;
import dev.ashlar.web.Reply;
import dev.ashlar.web.Routes;
import java.io.IOException;
import java.util.LinkedHashMap;

/**
 * Hands out Xet tokens. Every answer comes twice, in headers for Python and in the body for hf-xet
 * and JavaScript. A token is for a repository, whatever the revision, which must be one all the
 * same; {@code None} is how Python spells that it has none in mind when it writes. Who may only
 * propose changes gets a token for what the pull request shall take.
 */
public final class XetTokenEndpoints {
  private static final String NO_REVISION = "None";

  private final Door door;
  private final XetTokenIssuer issuer;
  private final DownloadWatcher watcher;

  /** Tokens of this issuer for whom the door lets in. */
  public XetTokenEndpoints(Door door, XetTokenIssuer issuer, DownloadWatcher watcher) {
    this.watcher = watcher;
    this.door = door;
    this.issuer = issuer;
  }

  /** Adds the routes. */
  public void routes(Routes routes) {
    for (var type : RepoType.values()) {
      var base = "/api/" + type.plural() + "/{ns}/{name}/";
      routes.get(base + "xet-read-token/{rev...}", exchange -> read(exchange, type));
      routes.get(base + "xet-write-token/{rev...}", exchange -> write(exchange, type));
    }
  }

  private void read(Exchange exchange, RepoType type) throws IOException {
    var visit = door.enter(exchange, type, Action.DOWNLOAD);
    requireRevision(visit, exchange);
    watcher.downloaded(exchange, visit);
    send(exchange, visit, Scope.READ);
  }

  private void write(Exchange exchange, RepoType type) throws IOException {
    var revision = exchange.param("rev");
    boolean isForNewPull = Queries.flag(exchange, "create_pr");
    var visit =
        isForNewPull
            ? door.enter(exchange, type, Action.PROPOSE)
            : door.enterToChange(exchange, type, revision);
    if (!revision.isEmpty() && !revision.equals(NO_REVISION)) {
      requireRevision(visit, exchange);
    }
    boolean isForPull = isForNewPull || PullRef.of(revision).isPresent();
    send(exchange, visit, isForPull ? Scope.PROPOSE : Scope.WRITE);
  }

  /** Some clients of other hubs append the path of a file, which changes nothing. */
  private void requireRevision(Visit visit, Exchange exchange) throws IOException {
    try (var repo = door.open(visit)) {
      var asked = RevisionPath.split(repo, exchange.rawParam("rev"));
      new Revisions(repo, visit.repo().defaultBranch()).require(asked.revision());
    }
  }

  private void send(Exchange exchange, Visit visit, Scope scope) {
    var issued = issuer.issue(visit, scope, exchange.baseUrl());
    var exp = issued.expires().getEpochSecond();
    var body = new LinkedHashMap<String, Object>();
    body.put("accessToken", issued.accessToken());
    body.put("exp", exp);
    body.put("casUrl", issued.casUrl());
    exchange.send(
        Reply.json(200, body)
            .with("X-Xet-Access-Token", issued.accessToken())
            .with("X-Xet-Token-Expiration", Long.toString(exp))
            .with("X-Xet-Cas-Url", issued.casUrl())
            .with("Cache-Control", "no-store"));
  }
}
