package dev.ashlar.hub.account;

import java.time.Instant;
import java.util.Optional;

/** An access token as it may be shown: its id, never its text. */
public record AccessToken(
    String id,
    String user,
    String name,
    String scope,
    Instant createdAt,
    Optional<Instant> expiresAt) {}
