package dev.ashlar.hub.repo;

import dev.ashlar.hub.repo.ListQuery.Position;
import java.util.regex.Pattern;

/** By what lists of repositories are ordered; the greatest comes first, or the smallest. */
public enum RepoOrder {
  CREATED("r.created_at", "timestamptz", "infinity", "-infinity"),
  MODIFIED("r.last_modified_at", "timestamptz", "infinity", "-infinity"),
  DOWNLOADS("r.downloads"),
  LIKES("r.likes"),
  LIKES_OF_MONTH("r.likes_month"),
  TRENDING("r.trending"),
  PARAMETERS("r.parameters"),
  MAIN_BYTES("r.main_bytes");

  private static final Pattern NUMBER = Pattern.compile("[0-9]{1,18}|9223372036854775807");
  private static final Pattern TIME =
      Pattern.compile("infinity|[0-9]{4}-[0-9]{2}-[0-9]{2}T[0-9:.]{8,18}Z");

  private final String greatest;
  private final String smallest;
  private final String type;
  private final String fallingSql;
  private final String risingSql;

  RepoOrder(String column) {
    this(column, "bigint", Long.toString(Long.MAX_VALUE), "-1");
  }

  RepoOrder(String column, String type, String greatest, String smallest) {
    this.type = type;
    this.greatest = greatest;
    this.smallest = smallest;
    this.fallingSql = RepoRows.listSql(column, type);
    this.risingSql = RepoRows.risingListSql(column, type);
  }

  /** The order of that name; ids are given in the order of creation. */
  public static RepoOrder of(String name) {
    return switch (name) {
      case "createdAt", "created_at", "id" -> CREATED;
      case "lastModified", "last_modified", "updated" -> MODIFIED;
      case "downloads" -> DOWNLOADS;
      case "trendingScore", "trending" -> TRENDING;
      case "likes30d" -> LIKES_OF_MONTH;
      case "num_parameters", "numParameters" -> PARAMETERS;
      case "mainSize" -> MAIN_BYTES;
      default -> LIKES;
    };
  }

  /** The place before the first element. */
  public Position start() {
    return start(false);
  }

  /** The same for a list that may rise. */
  public Position start(boolean rises) {
    return rises ? new Position(smallest, 0) : new Position(greatest, Long.MAX_VALUE);
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
          case LIKES_OF_MONTH -> Long.toString(repo.likesOfMonth());
          case TRENDING -> Long.toString(repo.trending());
          case PARAMETERS -> Long.toString(repo.parameters());
          case MAIN_BYTES -> Long.toString(repo.mainBytes());
        };
    return new Position(key, repo.id());
  }

  String sql(boolean rises) {
    return rises ? risingSql : fallingSql;
  }
}
