package dev.ashlar.hub.account;

import dev.ashlar.core.problem.Need;
import dev.ashlar.core.problem.Problem.Refused;
import dev.ashlar.core.problem.ProblemException;
import dev.ashlar.core.token.KeyRing;
import dev.ashlar.hub.account.Caller.Anonymous;
import dev.ashlar.hub.account.Caller.SignedIn;
import dev.ashlar.metadata.Database;
import dev.ashlar.web.Exchange;
import java.nio.charset.StandardCharsets;
import java.util.Base64;
import java.util.Optional;

/**
 * Tells from the Authorization header who calls: {@code Bearer} with a token, or {@code Basic} with
 * the token as password, as Git sends it. A token that is not ours is refused even where none is
 * needed.
 */
public final class Authenticator {
  private final Database database;
  private final Tokens tokens;

  /** Looks tokens up in this database. */
  public Authenticator(Database database, KeyRing pepper) {
    this.database = database;
    this.tokens = new Tokens(pepper);
  }

  /** The caller; {@link Need#VALID_TOKEN} when credentials came that are not good. */
  public Caller caller(Exchange exchange) {
    var header = exchange.header("Authorization");
    if (header.isEmpty()) {
      return new Anonymous();
    }
    return header
        .flatMap(Authenticator::token)
        .flatMap(token -> database.read(db -> tokens.caller(db, token)))
        .orElseThrow(() -> new ProblemException(new Refused(Need.VALID_TOKEN)));
  }

  /** The signed-in caller, or the refusal of a request without credentials. */
  public SignedIn signedIn(Exchange exchange) {
    return switch (caller(exchange)) {
      case Anonymous() -> throw new ProblemException(new Refused(Need.SIGN_IN));
      case SignedIn known -> known;
    };
  }

  private static Optional<String> token(String header) {
    int space = header.indexOf(' ');
    if (space < 0) {
      return Optional.empty();
    }
    var rest = header.substring(space + 1).strip();
    var scheme = header.substring(0, space);
    if (scheme.equalsIgnoreCase("Bearer")) {
      return Optional.of(rest);
    }
    return scheme.equalsIgnoreCase("Basic") ? password(rest) : Optional.empty();
  }

  /** A lone user name is taken for the token: {@code https://TOKEN@host/} is common with Git. */
  private static Optional<String> password(String base64) {
    try {
      var pair = new String(Base64.getDecoder().decode(base64), StandardCharsets.UTF_8);
      int colon = pair.indexOf(':');
      var password = pair.substring(colon + 1);
      return Optional.of(colon > 0 && password.isEmpty() ? pair.substring(0, colon) : password);
    } catch (IllegalArgumentException _) {
      return Optional.empty();
    }
  }
}
