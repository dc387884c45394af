package dev.ashlar.hub.repo;

import dev.ashlar.hub.account.Caller;

/** A caller at a repository, admitted for some action. */
public record Visit(Caller caller, Repo repo) {}
