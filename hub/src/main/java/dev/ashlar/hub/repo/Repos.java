package dev.ashlar.hub.repo;

import static dev.ashlar.metadata.Columns.longOf;
import static dev.ashlar.metadata.Columns.textOf;
import static dev.ashlar.metadata.Columns.time;

import dev.ashlar.core.problem.Kind;
import dev.ashlar.core.problem.Problem.Conflict;
import dev.ashlar.core.problem.Problem.Missing;
import dev.ashlar.core.problem.Problem.Taken;
import dev.ashlar.core.problem.ProblemException;
import dev.ashlar.hub.access.Admission;
import dev.ashlar.hub.access.Gate;
import dev.ashlar.hub.access.Resource;
import dev.ashlar.hub.access.Visibility;
import dev.ashlar.hub.account.Caller;
import dev.ashlar.hub.account.Caller.Anonymous;
import dev.ashlar.hub.account.Caller.SignedIn;
import dev.ashlar.hub.account.FineGrained;
import dev.ashlar.hub.account.Namespaces;
import dev.ashlar.hub.account.Namespaces.Namespace;
import dev.ashlar.hub.account.Reach;
import dev.ashlar.hub.account.Users;
import dev.ashlar.hub.org.Role;
import io.helidon.dbclient.DbExecute;
import io.helidon.dbclient.DbRow;
import io.helidon.dbclient.DbStatementQuery;
import io.helidon.dbclient.DbTransaction;
import java.time.Instant;
import java.util.EnumMap;
import java.util.List;
import java.util.Locale;
import java.util.Map;
import java.util.Optional;

/** The table of repositories. Names are found in any case and reported as they were made. */
public final class Repos {
  private static final String BY_NAME =
      RepoRows.SELECT
          + """
             WHERE r.type = :type AND lower(n.name) = lower(:namespace)
               AND lower(r.name) = lower(:name)
            """;
  private static final String BY_ID = RepoRows.SELECT + " WHERE r.id = :id";
  private static final String IN_NAMESPACE =
      RepoRows.SELECT
          + """
             WHERE r.namespace_id = :namespace AND r.id < :before
             """
          + RepoRows.WITHIN_TOKEN
          + """
             ORDER BY r.id DESC
             LIMIT :limit
            """;
  private static final String INSERT =
      """
      INSERT INTO hub_repo
             (id, type, namespace_id, name, visibility, created_by, created_at, last_modified_at)
      OVERRIDING SYSTEM VALUE
      VALUES (?, ?, ?, ?, ?, ?, ?, ?)
      ON CONFLICT (namespace_id, type, lower(name)) DO NOTHING
      RETURNING id
      """;
  private static final String NEXT_ID =
      "SELECT nextval(pg_get_serial_sequence('hub_repo', 'id')) AS id";

  /** One plan for all combinations of filters would be a bad one for most of them. */
  private static final String OWN_PLAN = "SET LOCAL plan_cache_mode = force_custom_plan";

  private static final String COUNT_TAGGED =
      """
      SELECT count(*) AS repos FROM hub_repo
       WHERE type = ? AND tags @> CAST(? AS text[]) AND visibility = 'public'
      """;
  private static final String AT_NAME =
      "SELECT id FROM hub_repo WHERE namespace_id = ? AND type = ? AND lower(name) = lower(?)";
  private static final String MOVE =
      """
      UPDATE hub_repo SET namespace_id = ?, name = ?
       WHERE id = ? AND namespace_id = ? AND name = ?
      """;
  private static final String DELETE = "DELETE FROM hub_repo WHERE id = ?";
  private static final String LOCK_SETTINGS =
      "SELECT visibility, gated FROM hub_repo WHERE id = ? FOR UPDATE";
  private static final String SETTINGS =
      "UPDATE hub_repo SET visibility = ?, gated = ? WHERE id = ?";
  private static final String HEAD =
      """
      UPDATE hub_repo
         SET head_sha = ?, last_modified_at = ?, card = ?, tags = ?, pipeline_tag = ?, library = ?,
             sdk = ?
       WHERE id = ?
      """;
  private static final String COPY_HEAD =
      """
      UPDATE hub_repo c
         SET head_sha = o.head_sha, default_branch = o.default_branch, card = o.card,
             tags = o.tags, pipeline_tag = o.pipeline_tag, library = o.library, sdk = o.sdk,
             file_facts = o.file_facts, parameters = o.parameters, gated = o.gated
        FROM hub_repo o
       WHERE c.id = ? AND o.id = ?
      """;

  private static final String LIKED =
      """
      UPDATE hub_repo
         SET likes = likes + :more, likes_month = greatest(0, likes_month + :more),
             trending = greatest(0, trending + 10 * :more)
       WHERE id = :repo
      RETURNING likes
      """;
  private static final String DOWNLOADED =
      """
      UPDATE hub_repo
         SET downloads = downloads + :more, downloads_all_time = downloads_all_time + :more,
             trending = trending + :more
       WHERE id = :repo
      """;
  private static final String COUNT =
      """
      SELECT r.type, count(*) AS repos
        FROM hub_repo r
        LEFT JOIN hub_standing s ON s.namespace_id = r.namespace_id AND s.caller_id = :caller
       WHERE r.namespace_id = :namespace AND NOT r.disabled
         AND (r.visibility = 'public' OR (true WITHIN_TOKEN))
       GROUP BY r.type
      """
          .replace("WITHIN_TOKEN", RepoRows.WITHIN_TOKEN);

  private Repos() {}

  /** A repository, what the user that asked is in its namespace, and whether the gate is open. */
  public record Found(Repo repo, Role standing, Admission admission) {
    /** The repository for a decision about that user's request. */
    public Resource.OfRepo resource(Caller caller) {
      return repo.resource(caller.id(), standing, admission);
    }
  }

  /** The repository of this name, for a user (0 is nobody). */
  public static Optional<Found> find(
      DbExecute db, long userId, RepoType type, String namespace, String name) {
    return db.createGet(BY_NAME)
        .addParam("caller", userId)
        .addParam("type", type.word())
        .addParam("namespace", namespace)
        .addParam("name", name)
        .execute()
        .map(Repos::found);
  }

  private static Found found(DbRow row) {
    return new Found(
        RepoRows.repo(row),
        Role.of(textOf(row, "standing")),
        Admission.of(textOf(row, "admission")));
  }

  /** The repository that had this name before it was moved, for a caller (0 is nobody). */
  public static Optional<Found> findFormer(
      DbExecute db, long callerId, RepoType type, String namespace, String name) {
    return FormerNames.find(db, type, namespace, name)
        .flatMap(
            id -> db.createGet(BY_ID).addParam("caller", callerId).addParam("id", id).execute())
        .map(Repos::found);
  }

  /** The repository of this id. */
  public static Optional<Repo> byId(DbExecute db, long id) {
    return db.createGet(BY_ID)
        .addParam("caller", 0L)
        .addParam("id", id)
        .execute()
        .map(RepoRows::repo);
  }

  /** The repositories that the caller may see, in order. */
  public static List<Repo> list(DbExecute db, ListQuery query) {
    db.dml(OWN_PLAN);
    return listing(db, "", query).execute().map(RepoRows::repo).toList();
  }

  /** The statement of a list, behind a constant such as EXPLAIN. */
  static DbStatementQuery listing(DbExecute db, String before, ListQuery query) {
    return forCaller(db.createQuery(before + query.order().sql(query.rises())), query.caller())
        .addParam("type", query.type().word())
        .addParam("author", query.author())
        .addParam("search", query.search().stream().map(Repos::like).toArray(String[]::new))
        .addParam("tags", query.tags().toArray(String[]::new))
        .addParam("pipeline", query.pipelineTag())
        .addParam("gated", query.gated())
        .addParam("parametersMin", query.parameters().min())
        .addParam("parametersMax", query.parameters().max())
        .addParam("afterKey", query.after().key())
        .addParam("afterId", query.after().id())
        .addParam("limit", query.limit())
        .addParam("withCard", query.withCard());
  }

  /** The repositories of a namespace for somebody who belongs there, the newest first. */
  public static List<Repo> inNamespace(
      DbExecute db, Caller caller, long namespaceId, long beforeId, int limit) {
    return forCaller(db.createQuery(IN_NAMESPACE), caller)
        .addParam("namespace", namespaceId)
        .addParam("before", beforeId)
        .addParam("limit", limit)
        .execute()
        .map(RepoRows::repo)
        .toList();
  }

  /** How many repositories of each type a caller may see in a namespace. */
  public static Map<RepoType, Long> count(DbExecute db, Caller caller, long namespaceId) {
    var counts = new EnumMap<RepoType, Long>(RepoType.class);
    forCaller(db.createQuery(COUNT), caller)
        .addParam("namespace", namespaceId)
        .execute()
        .forEach(row -> counts.put(RepoType.of(textOf(row, "type")), longOf(row, "repos")));
    return counts;
  }

  /** Counts likes that came or went; answers how many there are now. */
  public static long liked(DbTransaction tx, long repoId, long more) {
    return tx.createQuery(LIKED)
        .addParam("more", more)
        .addParam("repo", repoId)
        .execute()
        .map(row -> longOf(row, "likes"))
        .toList()
        .getFirst();
  }

  /** Counts downloads; false when the repository is gone. */
  public static boolean downloaded(DbTransaction tx, long repoId, long more) {
    return tx.createUpdate(DOWNLOADED).addParam("more", more).addParam("repo", repoId).execute()
        > 0;
  }

  /** Adds what {@link RepoRows} needs to know of a caller and his token. */
  static DbStatementQuery forCaller(DbStatementQuery query, Caller caller) {
    var fine =
        switch (caller) {
          case SignedIn known -> known.scope().fine();
          case Anonymous() -> Optional.<FineGrained>empty();
        };
    return query
        .addParam("caller", caller.id())
        .addParam("everywhere", fine.isEmpty())
        .addParam("tokenNamespaces", ids(fine.map(FineGrained::namespaces).orElse(Map.of())))
        .addParam("tokenRepos", ids(fine.map(FineGrained::repos).orElse(Map.of())));
  }

  private static Long[] ids(Map<Long, Reach> grants) {
    return grants.keySet().toArray(Long[]::new);
  }

  /** How many public repositories of a type have a tag. */
  public static long countTagged(DbExecute db, RepoType type, String tag) {
    return db.get(COUNT_TAGGED, type.word(), new String[] {tag})
        .map(row -> longOf(row, "repos"))
        .orElseThrow();
  }

  private static String like(String text) {
    return "%" + text.toLowerCase(Locale.ROOT).replaceAll("([\\\\%_])", "\\\\$1") + "%";
  }

  /** An id that no repository has or had. */
  public static long nextId(DbExecute db) {
    return db.get(NEXT_ID).map(row -> longOf(row, "id")).orElseThrow();
  }

  /** Adds a repository under an id of {@link #nextId}; a name in use is {@link Taken}. */
  public static Repo insert(DbTransaction tx, long id, NewRepo repo, Instant now) {
    var row =
        tx.query(
                INSERT,
                id,
                repo.type().word(),
                repo.namespace().id(),
                repo.name(),
                repo.visibility().word(),
                repo.createdBy(),
                time(now),
                time(now))
            .toList();
    if (row.isEmpty()) {
      throw new ProblemException(new Taken(Kind.REPO, repo.namespace().name() + "/" + repo.name()));
    }
    FormerNames.free(tx, repo.type(), repo.namespace().id(), repo.name());
    return byId(tx, id).orElseThrow();
  }

  /** Gives a repository another name, under which nobody else may be; the old one leads to it. */
  public static void move(DbTransaction tx, Repo repo, Namespace namespace, String name) {
    if (!Namespaces.lock(tx, namespace.id())) {
      throw new ProblemException(new Missing(Kind.ORG, namespace.name()));
    }
    long other =
        tx.get(AT_NAME, namespace.id(), repo.type().word(), name)
            .map(row -> longOf(row, "id"))
            .orElse(0L);
    boolean isSame = namespace.id() == repo.namespaceId() && name.equals(repo.name());
    if (isSame || (other != 0 && other != repo.id())) {
      throw new ProblemException(
          new Conflict(
              "A %s repository called %s/%s already exists"
                  .formatted(repo.type().word(), namespace.name(), name)));
    }
    FormerNames.free(tx, repo.type(), namespace.id(), name);
    if (tx.update(MOVE, namespace.id(), name, repo.id(), repo.namespaceId(), repo.name()) == 0) {
      throw new ProblemException(new Conflict("the repository was moved or deleted meanwhile"));
    }
    if (other == 0) {
      FormerNames.add(tx, repo);
    }
    boolean isOpen = repo.visibility() == Visibility.PUBLIC && repo.gate() == Gate.NO;
    if (namespace.id() != repo.namespaceId() && !isOpen) {
      Users.forgetCasOutside(tx, namespace.id());
    }
  }

  /** Removes a repository; its name is free at once. What belongs to it goes by its owners. */
  public static void delete(DbTransaction tx, Repo repo) {
    tx.delete(DELETE, repo.id());
    if (repo.visibility() == Visibility.PUBLIC) {
      Users.forgetCasOutside(tx, repo.namespaceId());
    }
  }

  /** Who may read a repository. */
  public record Readers(Visibility visibility, Gate gate) {
    private boolean areAll() {
      return visibility == Visibility.PUBLIC && gate == Gate.NO;
    }
  }

  /**
   * Changes who may read, as far as that is asked for; the rest stays as it is by now, whoever
   * changed it meanwhile.
   */
  public static Readers settings(
      DbTransaction tx, Repo repo, Optional<Visibility> visibility, Optional<Gate> gate) {
    var before =
        tx.get(LOCK_SETTINGS, repo.id())
            .map(
                row ->
                    new Readers(
                        Visibility.valueOf(textOf(row, "visibility").toUpperCase(Locale.ROOT)),
                        Gate.valueOf(textOf(row, "gated").toUpperCase(Locale.ROOT))))
            .orElseThrow(() -> new ProblemException(new Missing(Kind.REPO, repo.fullName())));
    var after = new Readers(visibility.orElse(before.visibility), gate.orElse(before.gate));
    tx.update(SETTINGS, after.visibility.word(), after.gate.word(), repo.id());
    if (before.areAll() && !after.areAll()) {
      Users.forgetCasOutside(tx, repo.namespaceId());
    }
    return after;
  }

  /** Notes that the default branch moved, with what the files there say. */
  public static void headMoved(
      DbTransaction tx, long repoId, String sha, CardFacts card, Instant now) {
    tx.update(
        HEAD,
        sha,
        time(now),
        card.json().orElse(null),
        card.tags().toArray(String[]::new),
        card.pipelineTag().orElse(null),
        card.library().orElse(null),
        card.sdk().orElse(null),
        repoId);
  }

  /** Notes for a duplicate what is known of its origin's head. */
  static void copyHead(DbTransaction tx, long originId, long copyId) {
    tx.update(COPY_HEAD, copyId, originId);
  }
}
