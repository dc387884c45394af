package dev.ashlar.hub.account;

import java.util.Map;

/**
 * The places of a fine-grained token, by their ids, as names change. Elsewhere its bearer is a
 * stranger.
 *
 * @param casId the caller that the chunk store sees instead of the user
 * @param casEpoch raised when the token's clients must forget what they believe the CAS to have
 * @param namespaces users and organisations with all their repositories, those to come included
 * @param repos single repositories
 */
public record FineGrained(
    long casId, long casEpoch, Map<Long, Reach> namespaces, Map<Long, Reach> repos) {
  public FineGrained {
    namespaces = Map.copyOf(namespaces);
    repos = Map.copyOf(repos);
  }

  Reach inNamespace(long namespaceId) {
    return namespaces.getOrDefault(namespaceId, Reach.NONE);
  }

  Reach inRepo(long namespaceId, long repoId) {
    return repos.getOrDefault(repoId, Reach.NONE).or(inNamespace(namespaceId));
  }
}
