package dev.ashlar.hub.account;

/** Who sends a request. */
public sealed interface Caller {
  /** The id of the user; 0 when nobody signed in. */
  long id();

  /** Nobody in particular: no credentials came. */
  record Anonymous() implements Caller {
    @Override
    public long id() {
      return 0;
    }
  }

  /** A user behind a valid access token. */
  record SignedIn(User user, long tokenId, TokenScope scope) implements Caller {
    @Override
    public long id() {
      return user.id();
    }

    /** The account name. */
    public String name() {
      return user.name();
    }
  }

  /**
   * The id of the caller at the chunk store: the user's, or one of its own for a fine-grained
   * token, which may not use what other tokens of its user have sent or were shown.
   */
  default long casId() {
    return switch (this) {
      case SignedIn(var user, var _, var scope) ->
          scope.fine().map(FineGrained::casId).orElse(user.id());
      case Anonymous() -> 0;
    };
  }

  /** The id of the access token that came; 0 when none did. */
  default long accessTokenId() {
    return switch (this) {
      case SignedIn(var _, var tokenId, var _) -> tokenId;
      case Anonymous() -> 0;
    };
  }

  /** Raised when the caller's clients must forget what they believe the CAS to have. */
  default long casEpoch() {
    return switch (this) {
      case SignedIn(var user, var _, var scope) ->
          scope.fine().map(FineGrained::casEpoch).orElse(user.casEpoch());
      case Anonymous() -> 0;
    };
  }
}
