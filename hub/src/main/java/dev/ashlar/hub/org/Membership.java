package dev.ashlar.hub.org;

/** An organisation of a user, and the user's role there. */
public record Membership(Org org, Role role) {}
