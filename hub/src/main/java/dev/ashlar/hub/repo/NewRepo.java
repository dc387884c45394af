package dev.ashlar.hub.repo;

import dev.ashlar.hub.access.Visibility;
import dev.ashlar.hub.account.Namespaces.Namespace;

/** A repository to be made. */
public record NewRepo(
    RepoType type, Namespace namespace, String name, Visibility visibility, long createdBy) {
  public NewRepo {
    name = RepoName.check(namespace.name(), name);
    visibility = type.check(visibility);
  }
}
