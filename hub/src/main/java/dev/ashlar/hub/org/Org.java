package dev.ashlar.hub.org;

/** An organisation; {@code defaultPrivate} makes its new repositories private. */
public record Org(long id, String name, String fullName, boolean defaultPrivate) {}
