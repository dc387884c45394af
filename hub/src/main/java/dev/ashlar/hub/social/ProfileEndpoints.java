package dev.ashlar.hub.social;

import dev.ashlar.hub.account.Authenticator;
import dev.ashlar.hub.org.IdPages;
import dev.ashlar.hub.org.Members;
import dev.ashlar.metadata.Database;
import dev.ashlar.web.Exchange;
import dev.ashlar.web.Reply;
import dev.ashlar.web.Routes;
import java.nio.charset.StandardCharsets;
import java.util.List;
import java.util.Map;

/**
 * Shows users and organisations. Nobody can follow anybody here, so lists of followers are empty.
 */
public final class ProfileEndpoints {
  private final Database database;
  private final Authenticator authenticator;

  /** Shows what is in this database. */
  public ProfileEndpoints(Database database, Authenticator authenticator) {
    this.database = database;
    this.authenticator = authenticator;
  }

  /** Adds the routes. */
  public void routes(Routes routes) {
    routes.get("/api/users/{name}/overview", this::user);
    routes.get("/api/organizations/{name}/overview", this::org);
    routes.get("/api/organizations/{name}/members", this::members);
    routes.get("/api/organizations/{name}/followers", this::nobodyFollowsAnOrg);
    routes.get("/api/users/{name}/followers", this::nobodyFollowsAUser);
    routes.get("/api/users/{name}/following", this::nobodyFollowsAUser);
    routes.get("/api/users/{name}/avatar", this::userAvatar);
    routes.get("/api/organizations/{name}/avatar", this::orgAvatar);
  }

  private void user(Exchange exchange) {
    var caller = authenticator.caller(exchange);
    exchange.send(
        Reply.json(200, database.read(db -> Profiles.ofUser(db, caller, exchange.param("name")))));
  }

  private void org(Exchange exchange) {
    var caller = authenticator.caller(exchange);
    exchange.send(
        Reply.json(200, database.read(db -> Profiles.ofOrg(db, caller, exchange.param("name")))));
  }

  private void members(Exchange exchange) {
    authenticator.caller(exchange);
    var page = IdPages.of(exchange);
    var found =
        database.read(
            db -> {
              var org = Profiles.org(db, exchange.param("name"));
              return Members.page(db, org.id(), page.before(), page.rows());
            });
    exchange.send(page.reply(found, member -> member.user().id(), Profiles::ofMember));
  }

  private void nobodyFollowsAnOrg(Exchange exchange) {
    database.read(db -> Profiles.org(db, exchange.param("name")));
    exchange.send(Reply.json(200, List.of()));
  }

  private void nobodyFollowsAUser(Exchange exchange) {
    database.read(db -> Profiles.user(db, exchange.param("name")));
    exchange.send(Reply.json(200, List.of()));
  }

  private void userAvatar(Exchange exchange) {
    var user = database.read(db -> Profiles.user(db, exchange.param("name")));
    avatar(exchange, user.name(), user.fullName());
  }

  private void orgAvatar(Exchange exchange) {
    var org = database.read(db -> Profiles.org(db, exchange.param("name")));
    avatar(exchange, org.name(), org.fullName());
  }

  /** The picture, or for who asks for JSON its address. */
  private static void avatar(Exchange exchange, String name, String fullName) {
    if (exchange.header("Accept").orElse("").contains("application/json")) {
      exchange.send(Reply.json(200, Map.of("avatarUrl", exchange.baseUrl() + exchange.rawPath())));
      return;
    }
    exchange.send(
        new Reply(
            200,
            Map.of(
                "Content-Type", "image/svg+xml",
                "Cache-Control", "public, max-age=3600",
                "X-Content-Type-Options", "nosniff",
                "Content-Security-Policy", "default-src 'none'; sandbox"),
            Avatar.svg(name, fullName).getBytes(StandardCharsets.UTF_8)));
  }
}
