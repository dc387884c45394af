package dev.ashlar.metadata;

import java.sql.Connection;
import java.sql.DriverManager;
import java.sql.SQLException;
import java.util.Locale;

/**
 * How to reach the database. The URL carries no password, so that it may be printed; the password
 * comes by environment or file.
 */
public record DatabaseConfig(String url, String user, String password, int connectionsMax) {
  /** Enough for two cores: PostgreSQL does not get faster by more connections than it can run. */
  public static final int CONNECTIONS_MAX = 16;

  public DatabaseConfig {
    if (!url.startsWith("jdbc:postgresql:")) {
      throw new IllegalArgumentException("a database URL begins with jdbc:postgresql:");
    }
    if (url.toLowerCase(Locale.ROOT).contains("password=") || url.contains("@")) {
      throw new IllegalArgumentException("a database URL carries no user and no password");
    }
    if (connectionsMax < 1) {
      throw new IllegalArgumentException("the pool needs at least one connection");
    }
  }

  /** The default pool. */
  public DatabaseConfig(String url, String user, String password) {
    this(url, user, password, CONNECTIONS_MAX);
  }

  /**
   * The JDBC form of {@code postgresql://host:port/name}, as other tools write it; a JDBC URL stays
   * as it is.
   */
  public static String jdbcUrl(String url) {
    if (url.startsWith("postgres://")) {
      return "jdbc:postgresql://" + url.substring("postgres://".length());
    }
    return url.startsWith("postgresql://") ? "jdbc:" + url : url;
  }

  /** One connection outside of any pool; {@link DatabaseUnreachable} when there is none. */
  Connection connect() {
    try {
      return DriverManager.getConnection(url, user, password);
    } catch (SQLException refused) {
      throw new DatabaseUnreachable(this, refused);
    }
  }

  /** Never shows the password. */
  @Override
  public String toString() {
    return url + " as " + user + ", at most " + connectionsMax + " connections";
  }
}
