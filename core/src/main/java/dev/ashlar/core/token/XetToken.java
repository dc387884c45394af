package dev.ashlar.core.token;

import java.time.Instant;

/**
 * What a caller may do at the CAS until a moment, for one repository. Ids are the hub's; 0 is the
 * anonymous caller.
 *
 * @param accessTokenId the access token it was made with, and ends with; 0 when there was none
 */
public record XetToken(
    long callerId, long accessTokenId, long repoId, Scope scope, Instant expires) {
  /** What the token is good for; all that is not reading includes it. */
  public enum Scope {
    READ,
    /** Sending what a pull request shall take, which readers may. */
    PROPOSE,
    WRITE
  }

  public XetToken {
    if (callerId < 0 || accessTokenId < 0 || repoId < 0) {
      throw new IllegalArgumentException("ids are not negative");
    }
  }

  /** Whether the token lets its bearer read, or send bytes. */
  public boolean allows(Scope needed) {
    return needed == Scope.READ || scope != Scope.READ;
  }
}
