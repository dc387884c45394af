package dev.ashlar.hub.repo;

import static dev.ashlar.metadata.Columns.booleanOf;
import static dev.ashlar.metadata.Columns.instantOf;
import static dev.ashlar.metadata.Columns.longOf;
import static dev.ashlar.metadata.Columns.optional;
import static dev.ashlar.metadata.Columns.textOf;

import dev.ashlar.hub.access.Gate;
import dev.ashlar.hub.access.Visibility;
import dev.ashlar.metadata.Columns;
import dev.ashlar.web.Json;
import io.helidon.dbclient.DbRow;
import java.io.ByteArrayInputStream;
import java.io.IOException;
import java.io.UncheckedIOException;
import java.nio.charset.StandardCharsets;
import java.util.List;
import java.util.Locale;

/** Reads repositories from rows. */
final class RepoRows {
  /** The columns that {@link #repo} needs, and the tables they come from. */
  static final String SELECT =
      """
      SELECT r.id, r.type, r.namespace_id, n.name AS namespace, r.name, r.visibility, r.gated,
             r.disabled, r.default_branch, r.created_by, r.created_at, r.last_modified_at,
             r.head_sha, r.downloads, r.likes, r.downloads_all_time, r.trending, r.likes_month,
             r.parameters, r.main_bytes, r.card, CAST(to_json(r.tags) AS text) AS tags,
             r.pipeline_tag, r.library, r.sdk, coalesce(s.role, 'none') AS standing,
             coalesce(a.status, 'none') AS admission
        FROM hub_repo r
        JOIN hub_namespace n ON n.id = r.namespace_id
        LEFT JOIN hub_standing s ON s.namespace_id = r.namespace_id AND s.caller_id = :caller
        LEFT JOIN hub_admission a ON a.repo_id = r.id AND a.caller_id = :caller
      """;

  /** Of what the user belongs to, the part that the caller's token includes. */
  static final String WITHIN_TOKEN =
      """
       AND s.role IS NOT NULL
       AND (:everywhere OR r.namespace_id = ANY (CAST(:tokenNamespaces AS bigint[]))
            OR r.id = ANY (CAST(:tokenRepos AS bigint[])))
      """;

  /** Cards can be long, so lists have them only when somebody asks. */
  private static final String LIST =
      SELECT.replace("r.card,", "CASE WHEN :withCard THEN r.card END AS card,")
          + """
             WHERE r.type = :type
               AND (r.visibility = 'public' OR (true WITHIN_TOKEN))
               AND NOT r.disabled
               AND (:author = '' OR lower(n.name) = lower(:author))
               AND lower(n.name || '/' || r.name) LIKE ALL (CAST(:search AS text[]))
               AND r.tags @> CAST(:tags AS text[])
               AND (:pipeline = '' OR r.pipeline_tag = :pipeline)
               AND (:gated = '' OR (r.gated <> 'no') = (:gated = 'true'))
               AND r.parameters BETWEEN :parametersMin AND :parametersMax
               AND (COLUMN, r.id) < (CAST(:afterKey AS TYPE), :afterId)
             ORDER BY COLUMN DESC, r.id DESC
             LIMIT :limit
            """;

  private RepoRows() {}

  /** The statement of a list in this order; both words are constants of {@link RepoOrder}. */
  static String listSql(String column, String type) {
    return LIST.replace("WITHIN_TOKEN", WITHIN_TOKEN)
        .replace("COLUMN", column)
        .replace("TYPE", type);
  }

  /** The same from the smallest up. */
  static String risingListSql(String column, String type) {
    return listSql(column, type).replace(", r.id) < (", ", r.id) > (").replace(" DESC", "");
  }

  static Repo repo(DbRow row) {
    return new Repo(
        longOf(row, "id"),
        RepoType.of(textOf(row, "type")),
        longOf(row, "namespace_id"),
        textOf(row, "namespace"),
        textOf(row, "name"),
        Visibility.valueOf(upper(row, "visibility")),
        Gate.valueOf(upper(row, "gated")),
        booleanOf(row, "disabled"),
        textOf(row, "default_branch"),
        longOf(row, "created_by"),
        instantOf(row, "created_at"),
        instantOf(row, "last_modified_at"),
        optional(row, "head_sha", String.class),
        longOf(row, "downloads"),
        longOf(row, "likes"),
        longOf(row, "downloads_all_time"),
        longOf(row, "trending"),
        longOf(row, "likes_month"),
        longOf(row, "parameters"),
        longOf(row, "main_bytes"),
        new CardFacts(
            optional(row, "card", String.class),
            tags(textOf(row, "tags")),
            optional(row, "pipeline_tag", String.class),
            optional(row, "library", String.class),
            optional(row, "sdk", String.class)));
  }

  private static List<String> tags(String json) {
    try (var in = new ByteArrayInputStream(json.getBytes(StandardCharsets.UTF_8))) {
      return List.of(Json.read(in, String[].class));
    } catch (IOException e) {
      throw new UncheckedIOException(e);
    }
  }

  private static String upper(DbRow row, String column) {
    return Columns.textOf(row, column).toUpperCase(Locale.ROOT);
  }
}
