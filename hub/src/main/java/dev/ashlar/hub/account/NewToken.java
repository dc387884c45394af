package dev.ashlar.hub.account;

import java.time.Instant;
import java.util.List;
import java.util.Optional;

/**
 * A token to be made.
 *
 * @param scope read or write everywhere; empty for a fine-grained token
 * @param grants the places of a fine-grained token
 * @param expires when it ends, if ever
 * @param imported the text of a token of another hub, to be accepted here
 */
public record NewToken(
    String name,
    Optional<TokenScope> scope,
    List<Grant> grants,
    Optional<Instant> expires,
    Optional<String> imported) {
  /** As many as a request can be checked against without thinking about it. */
  public static final int GRANTS_MAX = 100;

  public NewToken {
    grants = List.copyOf(grants);
  }

  /** A token that is the same everywhere and does not end. */
  public static NewToken everywhere(String name, TokenScope scope, Optional<String> imported) {
    return new NewToken(name, Optional.of(scope), List.of(), Optional.empty(), imported);
  }
}
