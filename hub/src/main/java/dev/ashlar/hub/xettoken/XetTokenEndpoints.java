package dev.ashlar.hub.xettoken;

import dev.ashlar.core.token.XetToken.Scope;
import dev.ashlar.hub.access.Action;
import dev.ashlar.hub.repo.RepoDoor;
import dev.ashlar.hub.repo.RepoType;
import dev.ashlar.web.Exchange;
import dev.ashlar.web.Reply;
import dev.ashlar.web.Routes;
import java.util.LinkedHashMap;

/**
 * Hands out Xet tokens. Every answer comes twice, in headers for Python and in the body for hf-xet
 * and JavaScript. The revision, which may have slashes or be {@code None}, makes no difference: a
 * token is for a repository.
 */
public final class XetTokenEndpoints {
  private final RepoDoor door;
  private final XetTokenIssuer issuer;

  /** Tokens of this issuer for whom the door lets in. */
  public XetTokenEndpoints(RepoDoor door, XetTokenIssuer issuer) {
    this.door = door;
    this.issuer = issuer;
  }

  /** Adds the routes. */
  public void routes(Routes routes) {
    for (var type : RepoType.values()) {
      var base = "/api/" + type.plural() + "/{ns}/{name}/";
      routes.get(base + "xet-read-token/{rev...}", exchange -> send(exchange, type, Scope.READ));
      routes.get(base + "xet-write-token/{rev...}", exchange -> send(exchange, type, Scope.WRITE));
    }
  }

  private void send(Exchange exchange, RepoType type, Scope scope) {
    var action = scope == Scope.WRITE ? Action.WRITE : Action.DOWNLOAD;
    var issued = issuer.issue(door.enter(exchange, type, action), scope, exchange.baseUrl());
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
