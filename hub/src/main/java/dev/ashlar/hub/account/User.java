package dev.ashlar.hub.account;

import java.time.Instant;

/** An account; full name and e-mail may be empty. */
public record User(
    long id,
    String name,
    String fullName,
    String email,
    boolean admin,
    long casEpoch,
    Instant createdAt) {
  /** The address for commits: the e-mail, or one that reaches nobody. */
  public String commitEmail() {
    return email.isEmpty() ? name + "@users.noreply.invalid" : email;
  }
}
