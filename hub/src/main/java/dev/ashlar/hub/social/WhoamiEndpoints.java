package dev.ashlar.hub.social;

import dev.ashlar.core.problem.Need;
import dev.ashlar.core.problem.Problem.Refused;
import dev.ashlar.core.problem.ProblemException;
import dev.ashlar.hub.account.Accounts;
import dev.ashlar.hub.account.Authenticator;
import dev.ashlar.hub.account.Caller.SignedIn;
import dev.ashlar.hub.account.TokenScope;
import dev.ashlar.hub.org.Membership;
import dev.ashlar.hub.org.Orgs;
import dev.ashlar.hub.tree.Times;
import dev.ashlar.metadata.Database;
import dev.ashlar.web.Exchange;
import dev.ashlar.web.Reply;
import dev.ashlar.web.Routes;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;

/** Tells callers who they are: the only question of {@code hf auth login}. */
public final class WhoamiEndpoints {
  private final Database database;
  private final Accounts accounts;
  private final Authenticator authenticator;

  /** Answers from these accounts. */
  public WhoamiEndpoints(Database database, Accounts accounts, Authenticator authenticator) {
    this.database = database;
    this.accounts = accounts;
    this.authenticator = authenticator;
  }

  /** Adds the routes. */
  public void routes(Routes routes) {
    routes.get("/api/whoami-v2", this::whoami);
  }

  private void whoami(Exchange exchange) {
    var caller = signedIn(exchange);
    var places = database.read(db -> TokenPlaces.of(db, caller));
    var memberships =
        database.read(db -> Orgs.of(db, caller.id())).stream()
            .filter(membership -> places.includes(caller, membership.org().id()))
            .toList();
    exchange.send(Reply.json(200, whoami(caller, memberships, token(caller, places))));
  }

  /** An unknown token gets the same sentence here as none at all: clients match on it. */
  private SignedIn signedIn(Exchange exchange) {
    try {
      return authenticator.signedIn(exchange);
    } catch (ProblemException e) {
      if (e.problem() instanceof Refused(var need) && need == Need.VALID_TOKEN) {
        throw new ProblemException(new Refused(Need.SIGN_IN));
      }
      throw e;
    }
  }

  private static Map<String, Object> whoami(
      SignedIn caller, List<Membership> memberships, Map<String, Object> token) {
    var user = caller.user();
    var answer = new LinkedHashMap<String, Object>();
    answer.put("type", "user");
    answer.put("id", Shapes.hexId(user.id()));
    answer.put("name", user.name());
    answer.put("fullname", Shapes.fullName(user));
    answer.put("email", user.email());
    answer.put("emailVerified", !user.email().isEmpty());
    answer.put("isPro", false);
    answer.put("canPay", false);
    answer.put("periodEnd", null);
    answer.put("billingMode", "prepaid");
    answer.put("avatarUrl", Shapes.avatarOfUser(user.name()));
    answer.put("orgs", memberships.stream().map(WhoamiEndpoints::org).toList());
    answer.put("auth", Map.of("type", "access_token", "accessToken", token));
    return answer;
  }

  private static Map<String, Object> org(Membership membership) {
    var org = membership.org();
    var answer = new LinkedHashMap<String, Object>();
    answer.put("type", "org");
    answer.put("id", Shapes.hexId(org.id()));
    answer.put("name", org.name());
    answer.put("fullname", Shapes.fullName(org));
    answer.put("avatarUrl", Shapes.avatarOfOrg(org.name()));
    answer.put("roleInOrg", membership.role().word());
    answer.put("isEnterprise", false);
    answer.put("canPay", false);
    return answer;
  }

  private Map<String, Object> token(SignedIn caller, TokenPlaces places) {
    var known = accounts.token(caller);
    var answer = new LinkedHashMap<String, Object>();
    answer.put("displayName", known.name());
    answer.put("role", role(caller.scope()));
    answer.put("createdAt", Times.text(known.createdAt()));
    known.expiresAt().ifPresent(end -> answer.put("expiresAt", Times.text(end)));
    if (caller.scope().fine().isPresent()) {
      answer.put("fineGrained", places.json());
    }
    return answer;
  }

  private static String role(TokenScope scope) {
    return scope.fine().isPresent() ? "fineGrained" : scope.word();
  }
}
