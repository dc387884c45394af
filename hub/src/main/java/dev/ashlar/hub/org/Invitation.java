package dev.ashlar.hub.org;

import dev.ashlar.hub.account.User;
import java.time.Instant;

/**
 * An invitation to join an organisation.
 *
 * @param publicId names it; nobody can accept it by that
 * @param inviter who made it
 */
public record Invitation(
    long id,
    Org org,
    Role role,
    String publicId,
    User inviter,
    Instant createdAt,
    Instant expiresAt,
    long usesMax,
    long uses) {
  /** Whether its time is over. */
  public boolean isExpired(Instant now) {
    return !now.isBefore(expiresAt);
  }

  /** Whether as many have accepted it as may. */
  public boolean isUsedUp() {
    return uses >= usesMax;
  }
}
