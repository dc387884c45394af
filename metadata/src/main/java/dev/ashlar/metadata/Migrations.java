package dev.ashlar.metadata;

import java.sql.SQLException;
import java.util.Map;
import java.util.TreeMap;
import java.util.logging.Level;
import java.util.logging.Logger;
import org.flywaydb.core.Flyway;

/**
 * The one history of the schema, {@code db/migration}; forward only.
 *
 * <p>Most starts have nothing to do, and loading Flyway takes longer than the rest of a start: so
 * its history table is compared with our files first, and any difference is left to Flyway.
 */
public final class Migrations {
  private static final String UNDEFINED_TABLE = "42P01";
  private static final String HISTORY =
      "select version, checksum from flyway_schema_history where success and version is not null";

  /** Kept here, or the collector would take the logger and its level. */
  private static final Logger FLYWAY = Logger.getLogger("org.flywaydb");

  static {
    FLYWAY.setLevel(Level.WARNING);
  }

  private Migrations() {}

  /** Brings the database to the newest version; refuses one that a newer program has written. */
  public static void apply(DatabaseConfig config) {
    if (!applied(config).equals(SchemaFiles.checksums())) {
      Flyway.configure()
          .dataSource(config.url(), config.user(), config.password())
          .locations("classpath:db/migration")
          .ignoreMigrationPatterns(new String[0])
          .load()
          .migrate();
    }
  }

  private static Map<String, Integer> applied(DatabaseConfig config) {
    var applied = new TreeMap<String, Integer>();
    try (var connection = config.connect();
        var statement = connection.createStatement();
        var rows = statement.executeQuery(HISTORY)) {
      while (rows.next()) {
        applied.put(rows.getString(1), rows.getInt(2));
      }
    } catch (SQLException failed) {
      if (!UNDEFINED_TABLE.equals(failed.getSQLState())) {
        throw new DatabaseUnreachable(config, failed);
      }
    }
    return applied;
  }
}
