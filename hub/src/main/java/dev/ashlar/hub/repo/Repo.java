package dev.ashlar.hub.repo;

import dev.ashlar.hub.access.Admission;
import dev.ashlar.hub.access.Gate;
import dev.ashlar.hub.access.Resource;
import dev.ashlar.hub.access.Visibility;
import dev.ashlar.hub.org.Role;
import java.time.Instant;
import java.util.Optional;

/**
 * A repository as it is stored. The id never changes and is never used again; namespace and name
 * have the case they were made with.
 */
public record Repo(
    long id,
    RepoType type,
    long namespaceId,
    String namespace,
    String name,
    Visibility visibility,
    Gate gate,
    boolean disabled,
    String defaultBranch,
    long createdBy,
    Instant createdAt,
    Instant lastModifiedAt,
    Optional<String> headSha,
    long downloads,
    long likes,
    long downloadsAllTime,
    long trending,
    long likesOfMonth,
    long parameters,
    long mainBytes,
    CardFacts card) {
  /** Namespace and name: {@code ns/name}. */
  public String fullName() {
    return namespace + "/" + name;
  }

  /** The 24 hex digits that clients read as {@code _id}. */
  public String hexId() {
    return "%024x".formatted(id);
  }

  /** The absolute URL for people and for the {@code url} of answers. */
  public String url(String baseUrl) {
    return baseUrl + "/" + type.webPrefix() + fullName();
  }

  /** The absolute URL of an API route of this repository; the rest begins with a slash. */
  public String apiUrl(String baseUrl, String rest) {
    return baseUrl + "/api/" + type.plural() + "/" + fullName() + rest;
  }

  /** The repository for a decision about a user of this role. */
  public Resource.OfRepo resource(long userId, Role standing, Admission admission) {
    return new Resource.OfRepo(
        id,
        namespaceId,
        type.word(),
        fullName(),
        visibility,
        gate,
        disabled,
        standing,
        userId != 0 && userId == createdBy,
        admission);
  }
}
