package dev.ashlar.hub.xettoken;

import dev.ashlar.core.token.CasScope;
import dev.ashlar.core.token.KeyRing;
import dev.ashlar.core.token.XetToken;
import dev.ashlar.core.token.XetToken.Scope;
import dev.ashlar.core.token.XetTokens;
import dev.ashlar.hub.repo.Visit;
import java.time.Duration;
import java.time.Instant;
import java.time.InstantSource;
import java.time.temporal.ChronoUnit;

/** Makes Xet tokens, and the CAS base URL that belongs to their caller. */
public final class XetTokenIssuer {
  /** A token, the moment it ends, and where to use it. */
  public record Issued(String accessToken, Instant expires, String casUrl) {}

  private final XetTokens tokens;
  private final KeyRing scopeKeys;
  private final String installationId;
  private final Duration lifetime;
  private final InstantSource clock;

  /** Tokens of this lifetime; the keys and the installation shape the CAS scopes. */
  public XetTokenIssuer(
      XetTokens tokens,
      KeyRing scopeKeys,
      String installationId,
      Duration lifetime,
      InstantSource clock) {
    this.tokens = tokens;
    this.scopeKeys = scopeKeys;
    this.installationId = installationId;
    this.lifetime = lifetime;
    this.clock = clock;
  }

  /** The CAS base URL of a visit's caller, without a trailing slash. */
  public String casUrl(Visit visit, String baseUrl) {
    return baseUrl + "/cas/" + casScope(visit);
  }

  /** A token for the visited repository. */
  public Issued issue(Visit visit, Scope scope, String baseUrl) {
    var expires = clock.instant().plus(lifetime).truncatedTo(ChronoUnit.SECONDS);
    var caller = visit.caller();
    var token =
        new XetToken(caller.casId(), caller.accessTokenId(), visit.repo().id(), scope, expires);
    return new Issued(tokens.sign(token), expires, casUrl(visit, baseUrl));
  }

  private String casScope(Visit visit) {
    return CasScope.of(
        scopeKeys, installationId, visit.caller().casId(), visit.caller().casEpoch());
  }
}
