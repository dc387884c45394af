package dev.ashlar.metadata;

import java.util.logging.Level;
import java.util.logging.Logger;
import org.flywaydb.core.Flyway;

/** The one history of the schema, {@code db/migration}; forward only. */
public final class Migrations {
  /** Kept here, or the collector would take the logger and its level. */
  private static final Logger FLYWAY = Logger.getLogger("org.flywaydb");

  static {
    FLYWAY.setLevel(Level.WARNING);
  }

  private Migrations() {}

  /** Brings the database to the newest version; refuses one that a newer program has written. */
  public static void apply(DatabaseConfig config) {
    Flyway.configure()
        .dataSource(config.url(), config.user(), config.password())
        .locations("classpath:db/migration")
        .load()
        .migrate();
  }
}
