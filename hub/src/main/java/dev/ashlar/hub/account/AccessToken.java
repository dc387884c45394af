package dev.ashlar.hub.account;

import java.time.Instant;

/** An access token as it may be shown: its id, never its text. */
public record AccessToken(
    String id, String user, String name, TokenScope scope, Instant createdAt) {}
