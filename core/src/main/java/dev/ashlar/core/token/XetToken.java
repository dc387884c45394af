package dev.ashlar.core.token;

import java.time.Instant;
import java.util.regex.Pattern;

/**
 * What a caller may do at the CAS until a moment: for one repository, below one CAS base. Ids are
 * the hub's; 0 is the anonymous caller.
 */
public record XetToken(long callerId, long repoId, Scope scope, String casScope, Instant expires) {
  private static final Pattern CAS_SCOPE = Pattern.compile("[0-9a-f]{16}");

  /** What the token is good for; writing includes reading. */
  public enum Scope {
    READ,
    WRITE
  }

  public XetToken {
    if (callerId < 0 || repoId < 0) {
      throw new IllegalArgumentException("ids are not negative");
    }
    if (!CAS_SCOPE.matcher(casScope).matches()) {
      throw new IllegalArgumentException("a CAS scope has 16 hex digits");
    }
  }

  /** Whether the token covers the scope. */
  public boolean allows(Scope needed) {
    return scope == Scope.WRITE || needed == Scope.READ;
  }
}
