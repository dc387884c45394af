package dev.ashlar.hub.account;

/** Who sends a request. */
public sealed interface Caller {
  /** The id of the caller in tokens and grants; 0 when nobody signed in. */
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

  /** Raised when the caller's clients must forget what they believe the CAS to have. */
  default long casEpoch() {
    return switch (this) {
      case Anonymous() -> 0;
      case SignedIn(var user, var _, var _) -> user.casEpoch();
    };
  }
}
