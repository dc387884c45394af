package dev.ashlar.core.token;

import java.time.Instant;

/**
 * What a caller may do at the CAS until a moment, for one repository. Ids are the hub's; 0 is the
 * anonymous caller.
 */
public record XetToken(long callerId, long repoId, Scope scope, Instant expires) {
  /** What the token is good for; writing includes reading. */
  public enum Scope {
    READ,
    WRITE
  }

  public XetToken {
    if (callerId < 0 || repoId < 0) {
      throw new IllegalArgumentException("ids are not negative");
    }
  }

  /** Whether the token covers the scope. */
  public boolean allows(Scope needed) {
    return scope == Scope.WRITE || needed == Scope.READ;
  }
}
