package dev.ashlar.hub.repo;

import dev.ashlar.hub.repo.ListQuery.Position;
import java.util.regex.Pattern;

/** By what lists of repositories are ordered; the greatest comes first. */
public enum RepoOrder {
  CREATED("r.created_at", "timestamptz", "infinity"),
  MODIFIED("r.last_modified_at", "timestamptz", "infinity"),
  DOWNLOADS("r.downloads", "bigint", Long.toString(Long.MAX_VALUE)),
  LIKES("r.likes", "bigint", Long.toString(Long.MAX_VALUE)),
  TRENDING("r.trending", "bigint", Long.toString(Long.MAX_VALUE));

  private static final Pattern NUMBER = Pattern.compile("[0-9]{1,18}|9223372036854775807");
  private static final Pattern TIME =
      Pattern.compile("infinity|[0-9]{4}-[0-9]{2}-[0-9]{2}T[0-9:.]{8,18}Z");

  private final String greatest;
  private final String type;
  private final String sql;

  RepoOrder(String column, String type, String greatest) {
    this.type = type;
    this.greatest = greatest;
    this.sql = RepoRows.listSql(column, type);
  }

  /** The order of that name; the Hub knows more than we have figures for. */
  public static RepoOrder of(String name) {
    return switch (name) {
      case "createdAt", "created_at", "id" -> CREATED;
      case "lastModified", "last_modified", "updated" -> MODIFIED;
      case "downloads" -> DOWNLOADS;
      case "trendingScore", "trending" -> TRENDING;
      default -> LIKES;
    };
  }

  /** The place before the first element. */
  public Position start() {
    return new Position(greatest, Long.MAX_VALUE);
  }

  /** Whether a text that came from outside can be a key of this order. */
  public boolean isKey(String text) {
    return (type.equals("bigint") ? NUMBER : TIME).matcher(text).matches();
  }

  /** The place of a repository. */
  public Position position(Repo repo) {
    var key =
        switch (this) {
          case CREATED -> repo.createdAt().toString();
          case MODIFIED -> repo.lastModifiedAt().toString();
          case DOWNLOADS -> Long.toString(repo.downloads());
          case LIKES -> Long.toString(repo.likes());
          case TRENDING -> Long.toString(repo.trending());
        };
    return new Position(key, repo.id());
  }

  String sql() {
    return sql;
  }
}
