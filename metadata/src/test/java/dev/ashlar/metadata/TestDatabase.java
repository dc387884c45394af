package dev.ashlar.metadata;

import dev.ashlar.metadata.postgres.TestCluster;
import java.sql.Connection;
import java.sql.DriverManager;
import java.sql.SQLException;
import java.util.ArrayList;
import java.util.concurrent.atomic.AtomicInteger;

/**
 * Fresh databases for tests, copied from one migrated template.
 *
 * <p>They live on an embedded cluster under {@code target}, or on the server of {@code
 * ASHLAR_TEST_DATABASE_URL} (with {@code ASHLAR_TEST_DATABASE_USER} and {@code
 * ASHLAR_TEST_DATABASE_PASSWORD}).
 */
public final class TestDatabase {
  private static final String PREFIX = "ashlar_test_" + ProcessHandle.current().pid() + "_";
  private static final AtomicInteger NUMBER = new AtomicInteger();
  private static final DatabaseConfig SERVER = server();
  private static final String TEMPLATE = template();

  private TestDatabase() {}

  /** Opens a new database with the whole schema and no rows. */
  public static Database open() {
    return Database.open(config());
  }

  /** Makes a new database with the whole schema and no rows. */
  public static synchronized DatabaseConfig config() {
    return create(PREFIX + NUMBER.incrementAndGet(), "template " + TEMPLATE);
  }

  /** Makes a new database without any schema. */
  public static synchronized DatabaseConfig empty() {
    return create(PREFIX + NUMBER.incrementAndGet(), "");
  }

  private static DatabaseConfig server() {
    String url = System.getenv("ASHLAR_TEST_DATABASE_URL");
    if (url == null) {
      return TestCluster.start();
    }
    return new DatabaseConfig(
        DatabaseConfig.jdbcUrl(url),
        System.getenv().getOrDefault("ASHLAR_TEST_DATABASE_USER", "ashlar"),
        System.getenv().getOrDefault("ASHLAR_TEST_DATABASE_PASSWORD", ""));
  }

  private static String template() {
    dropOld();
    var template = create(PREFIX + "template", "");
    Migrations.apply(template);
    return PREFIX + "template";
  }

  private static DatabaseConfig create(String name, String how) {
    execute("create database " + name + " " + how);
    return new DatabaseConfig(
        SERVER.url().replaceFirst("/[^/?]*($|\\?)", "/" + name + "$1"),
        SERVER.user(),
        SERVER.password(),
        6);
  }

  /** What earlier runs on the embedded cluster left behind; it is ours alone. */
  private static void dropOld() {
    if (System.getenv("ASHLAR_TEST_DATABASE_URL") != null) {
      return;
    }
    var old = new ArrayList<String>();
    try (var connection = connect();
        var rows =
            connection
                .createStatement()
                .executeQuery(
                    "select datname from pg_database where datname like 'ashlar_test_%'")) {
      while (rows.next()) {
        old.add(rows.getString(1));
      }
    } catch (SQLException failed) {
      throw new IllegalStateException(failed);
    }
    old.forEach(name -> execute("drop database " + name + " with (force)"));
  }

  private static void execute(String sql) {
    try (var connection = connect();
        var statement = connection.createStatement()) {
      statement.execute(sql);
    } catch (SQLException failed) {
      throw new IllegalStateException(failed);
    }
  }

  private static Connection connect() throws SQLException {
    return DriverManager.getConnection(SERVER.url(), SERVER.user(), SERVER.password());
  }
}
