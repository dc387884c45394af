package dev.ashlar.hub.account;

import java.util.Optional;

/**
 * What an access token is good for. A scope only takes away: nobody may do more with a token than
 * its user may.
 *
 * @param everywhere how far it reaches at every place
 * @param fine the places of a fine-grained token, which reaches nowhere else
 */
public record TokenScope(Reach everywhere, Optional<FineGrained> fine) {
  /** Reading whatever the user may read. */
  public static final TokenScope READ = new TokenScope(Reach.READ, Optional.empty());

  /** Everything that the user may do. */
  public static final TokenScope WRITE = new TokenScope(Reach.WRITE, Optional.empty());

  /** The word for scopes of some namespaces and repositories. */
  public static final String FINE_GRAINED = "fine-grained";

  public TokenScope {
    if ((everywhere == Reach.NONE) != fine.isPresent()) {
      throw new IllegalArgumentException("a scope is for every place or for some");
    }
  }

  /** Some places alone. */
  static TokenScope of(FineGrained places) {
    return new TokenScope(Reach.NONE, Optional.of(places));
  }

  /** How far the scope reaches in a repository of a namespace. */
  public Reach inRepo(long namespaceId, long repoId) {
    return fine.map(places -> places.inRepo(namespaceId, repoId)).orElse(everywhere);
  }

  /** How far the scope reaches in a whole namespace. */
  public Reach inNamespace(long namespaceId) {
    return fine.map(places -> places.inNamespace(namespaceId)).orElse(everywhere);
  }

  /** The word for it in tables, flags and lists. */
  public String word() {
    return switch (everywhere) {
      case NONE -> FINE_GRAINED;
      case READ -> "read";
      case WRITE -> "write";
    };
  }
}
