package dev.ashlar.hub.social;

import dev.ashlar.hub.access.Action;
import dev.ashlar.hub.account.Caller.SignedIn;
import dev.ashlar.hub.account.FineGrained;
import dev.ashlar.hub.account.Namespaces;
import dev.ashlar.hub.account.Namespaces.Namespace;
import dev.ashlar.hub.account.Reach;
import dev.ashlar.hub.repo.Repo;
import dev.ashlar.hub.repo.RepoRights;
import dev.ashlar.hub.repo.Repos;
import io.helidon.dbclient.DbExecute;
import java.util.ArrayList;
import java.util.HashSet;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.Set;

/**
 * The places of a fine-grained token by the names that they have today. A repository that its user
 * may not read any more is left out: a token tells no names.
 *
 * @param json what whoami shows
 * @param namespaces where at least something is included
 */
record TokenPlaces(Map<String, Object> json, Set<Long> namespaces) {
  private static final List<String> READ = List.of("repo.content.read");
  private static final List<String> WRITE = List.of("repo.content.read", "repo.write");

  static TokenPlaces of(DbExecute db, SignedIn caller) {
    return caller
        .scope()
        .fine()
        .map(places -> of(db, caller, places))
        .orElseGet(() -> new TokenPlaces(Map.of(), Set.of()));
  }

  private static TokenPlaces of(DbExecute db, SignedIn caller, FineGrained fine) {
    var scoped = new ArrayList<Map<String, Object>>();
    var namespaces = new HashSet<>(fine.namespaces().keySet());
    fine.namespaces().keySet().stream()
        .sorted()
        .flatMap(id -> Namespaces.byId(db, id).stream())
        .forEach(
            there ->
                scoped.add(place(there, fine.namespaces().getOrDefault(there.id(), Reach.READ))));
    RepoRights.allowed(db, caller, Action.READ, fine.repos().keySet()).stream()
        .sorted()
        .flatMap(id -> Repos.byId(db, id).stream())
        .forEach(
            repo -> {
              namespaces.add(repo.namespaceId());
              scoped.add(place(repo, fine.repos().getOrDefault(repo.id(), Reach.READ)));
            });
    var json = new LinkedHashMap<String, Object>();
    json.put("canReadGatedRepos", false);
    json.put("global", List.of());
    json.put("scoped", scoped);
    return new TokenPlaces(json, namespaces);
  }

  /** Whether a caller's token shows its user's membership in an organisation. */
  boolean includes(SignedIn caller, long orgId) {
    return caller.scope().fine().isEmpty() || namespaces.contains(orgId);
  }

  private static Map<String, Object> place(Namespace there, Reach reach) {
    return place(Shapes.hexId(there.id()), there.org() ? "org" : "user", there.name(), reach);
  }

  private static Map<String, Object> place(Repo repo, Reach reach) {
    return place(repo.hexId(), repo.type().word(), repo.fullName(), reach);
  }

  private static Map<String, Object> place(String id, String type, String name, Reach reach) {
    var entity = new LinkedHashMap<String, Object>();
    entity.put("_id", id);
    entity.put("type", type);
    entity.put("name", name);
    return Map.of("entity", entity, "permissions", reach == Reach.WRITE ? WRITE : READ);
  }
}
