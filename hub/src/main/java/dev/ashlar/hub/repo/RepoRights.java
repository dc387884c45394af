package dev.ashlar.hub.repo;

import static dev.ashlar.metadata.Columns.booleanOf;
import static dev.ashlar.metadata.Columns.longOf;
import static dev.ashlar.metadata.Columns.optional;
import static dev.ashlar.metadata.Columns.textOf;

import dev.ashlar.core.hash.MerkleHash;
import dev.ashlar.hub.access.Action;
import dev.ashlar.hub.access.Admission;
import dev.ashlar.hub.access.Gate;
import dev.ashlar.hub.access.Policy;
import dev.ashlar.hub.access.Resource.OfRepo;
import dev.ashlar.hub.access.Visibility;
import dev.ashlar.hub.account.Caller;
import dev.ashlar.hub.account.TokenScope;
import dev.ashlar.hub.account.Tokens;
import dev.ashlar.hub.org.Role;
import dev.ashlar.metadata.Authority.Sight;
import dev.ashlar.metadata.Holds;
import io.helidon.dbclient.DbExecute;
import io.helidon.dbclient.DbRow;
import java.util.Collection;
import java.util.List;
import java.util.Locale;
import java.util.Optional;
import java.util.Set;
import java.util.stream.Collectors;

/**
 * Asks the one rule about many repositories at once, as the chunk store needs it: what holds at the
 * hub at this moment holds there.
 */
public final class RepoRights {
  private static final String UNNAMED = "repository";

  private static final String BY_IDS =
      """
      SELECT r.id, r.namespace_id, r.visibility, r.gated, r.disabled, r.created_by,
             coalesce(s.role, 'none') AS standing, coalesce(a.status, 'none') AS admission
        FROM hub_repo r
        LEFT JOIN hub_standing s ON s.namespace_id = r.namespace_id AND s.caller_id = :caller
        LEFT JOIN hub_admission a ON a.repo_id = r.id AND a.caller_id = :caller
       WHERE r.id = ANY (CAST(:ids AS bigint[]))
      """;

  /** Each plan of reconstruction asks this: what is joined here costs as much as the file. */
  private static final String COLUMNS =
      """
      SELECT r.id, r.namespace_id, r.visibility, r.gated, r.disabled, r.created_by,
             coalesce((SELECT s.role FROM hub_standing s
                        WHERE s.namespace_id = r.namespace_id AND s.caller_id = u.id),
                      'none') AS standing,
             coalesce((SELECT a.status FROM hub_admission a
                        WHERE a.repo_id = r.id AND a.caller_id = u.id),
                      'none') AS admission,
             u.id AS user_id
      """;

  private static final String TABLES =
      """
        FROM hub_repo r
        LEFT JOIN hub_user u ON u.id = ?
      """;

  private static final String CONDITION =
      """
       WHERE r.id = ?
         AND (CAST(? AS bigint) = 0
              OR EXISTS (SELECT 1 FROM hub_token t
                          WHERE t.id = ? AND (t.expires_at IS NULL OR t.expires_at > now())))
      """;

  /** One repository, the caller if he is a user, and no row when the access token has ended. */
  private static final String BESIDE_CALLER = COLUMNS + TABLES + CONDITION;

  /** The same beside a file, if the repository holds it. */
  private static final String BESIDE_FILE =
      COLUMNS
          + ", h.file_id, h.file_bytes, h.file_terms, h.file_epoch"
          + TABLES
          + " LEFT JOIN held_file h ON h.repo_id = r.id AND h.hash = ?"
          + CONDITION;

  private RepoRights() {}

  /**
   * Whether the caller of this CAS id may do something in a repository, with an access token that
   * is still good (0 asks for none): one statement, unless the caller is a fine-grained token.
   */
  static boolean stands(DbExecute db, long casId, long accessTokenId, Action action, long repoId) {
    return db.get(BESIDE_CALLER, casId, repoId, accessTokenId, accessTokenId)
        .filter(row -> allows(db, row, casId, action, repoId))
        .isPresent();
  }

  /** The same, and the file if the repository holds it, still in one statement. */
  static Sight look(
      DbExecute db, long casId, long accessTokenId, Action action, long repoId, MerkleHash file) {
    var found =
        db.get(BESIDE_FILE, casId, file.bytes(), repoId, accessTokenId, accessTokenId)
            .filter(row -> allows(db, row, casId, action, repoId));
    return new Sight(found.isPresent(), found.flatMap(Holds::beside));
  }

  private static boolean allows(DbExecute db, DbRow row, long casId, Action action, long repoId) {
    if (casId == 0) {
      return Policy.allows(Optional.empty(), action, resource(row, 0));
    }
    return optional(row, "user_id", Long.class)
        .map(user -> Policy.allows(Optional.of(TokenScope.WRITE), action, resource(row, user)))
        .orElseGet(() -> !allowed(db, casId, action, List.of(repoId)).isEmpty());
  }

  /** Those of the repositories whose files the caller of this CAS id may read. */
  public static Set<Long> readable(DbExecute db, long casId, Collection<Long> repoIds) {
    return allowed(db, casId, Action.DOWNLOAD, repoIds);
  }

  /** Those of the repositories in which the caller of this CAS id may do something. */
  public static Set<Long> allowed(
      DbExecute db, long casId, Action action, Collection<Long> repoIds) {
    return Tokens.ofCas(db, casId)
        .map(caller -> allowed(db, caller, action, repoIds))
        .orElse(Set.of());
  }

  /** The same for a caller of the hub. */
  public static Set<Long> allowed(
      DbExecute db, Caller caller, Action action, Collection<Long> repoIds) {
    List<OfRepo> repos =
        db.createQuery(BY_IDS)
            .addParam("caller", caller.id())
            .addParam("ids", repoIds.toArray(Long[]::new))
            .execute()
            .map(row -> resource(row, caller.id()))
            .toList();
    return repos.stream()
        .filter(repo -> Policy.allows(caller, action, repo))
        .map(OfRepo::id)
        .collect(Collectors.toUnmodifiableSet());
  }

  /** The repository without its name, which only a refusal's sentence would tell. */
  private static OfRepo resource(DbRow row, long userId) {
    return new OfRepo(
        longOf(row, "id"),
        longOf(row, "namespace_id"),
        UNNAMED,
        UNNAMED,
        Visibility.valueOf(textOf(row, "visibility").toUpperCase(Locale.ROOT)),
        Gate.valueOf(textOf(row, "gated").toUpperCase(Locale.ROOT)),
        booleanOf(row, "disabled"),
        Role.of(textOf(row, "standing")),
        userId != 0 && userId == longOf(row, "created_by"),
        Admission.of(textOf(row, "admission")));
  }
}
