package dev.ashlar.hub.repo;

import com.fasterxml.jackson.annotation.JsonProperty;
import dev.ashlar.hub.account.Authenticator;
import dev.ashlar.hub.account.NameRule;
import dev.ashlar.hub.account.Namespaces;
import dev.ashlar.hub.account.Namespaces.Namespace;
import dev.ashlar.metadata.Database;
import dev.ashlar.web.Exchange;
import dev.ashlar.web.Json;
import dev.ashlar.web.Reply;
import dev.ashlar.web.Routes;
import java.io.IOException;
import java.util.Locale;
import java.util.Optional;
import org.jspecify.annotations.Nullable;

/**
 * Tells whether a name is free. About a repository's name it tells as much as making one would, to
 * the same callers: a name may be in use by a repository that others must not know of. The names of
 * users and organisations are no secret.
 */
public final class NameCheckEndpoints {
  private static final int BODY_BYTES_MAX = 16 << 10;

  private record Asked(@Nullable String name, @Nullable String namespace, @Nullable String type) {
    boolean isOfRepo() {
      boolean hasNamespace = namespace != null && !namespace.isEmpty();
      return hasNamespace || type != null || (name != null && name.indexOf('/') >= 0);
    }

    CreateRequest creation() {
      return new CreateRequest(name, namespace, type, null, null, null, null, null);
    }
  }

  private record Checked(
      boolean available,
      @JsonProperty("normalized_name") String normalizedName,
      @JsonProperty("conflict_with") @Nullable String conflictWith,
      String message) {}

  private final Database database;
  private final RepoMaker maker;
  private final Authenticator authenticator;

  /** Looks into this database. */
  public NameCheckEndpoints(Database database, RepoMaker maker, Authenticator authenticator) {
    this.database = database;
    this.maker = maker;
    this.authenticator = authenticator;
  }

  /** Adds the route. */
  public void routes(Routes routes) {
    routes.post("/api/validate/check-name", this::check);
  }

  private void check(Exchange exchange) throws IOException {
    var asked = Json.read(exchange.body("name to check", BODY_BYTES_MAX), Asked.class);
    exchange.send(
        Reply.json(200, asked.isOfRepo() ? repo(exchange, asked.creation()) : account(asked)));
  }

  private Checked repo(Exchange exchange, CreateRequest wanted) {
    var holder = maker.holder(authenticator.signedIn(exchange), wanted);
    return checked(
        wanted.lastName(),
        holder.map(Repo::fullName).orElse(null),
        holder
            .map(repo -> conflict("Repository name", "repository", repo.name()))
            .orElse("Repository name is available"));
  }

  private Checked account(Asked asked) {
    var name = NameRule.checkNew(asked.name() == null ? "" : asked.name());
    var holder = database.<Optional<Namespace>>read(db -> Namespaces.find(db, name));
    return checked(
        name,
        holder.map(Namespace::name).orElse(null),
        holder
            .map(there -> conflict("Name", there.org() ? "organization" : "user", there.name()))
            .orElse("Name is available"));
  }

  private static String conflict(String what, String kind, String name) {
    return "%s conflicts with existing %s: %s (case-insensitive)".formatted(what, kind, name);
  }

  private static Checked checked(String name, @Nullable String conflictWith, String message) {
    var normalized = name.toLowerCase(Locale.ROOT).replace('-', '_');
    return new Checked(conflictWith == null, normalized, conflictWith, message);
  }
}
