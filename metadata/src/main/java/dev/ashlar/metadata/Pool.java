package dev.ashlar.metadata;

import com.zaxxer.hikari.HikariConfig;
import com.zaxxer.hikari.HikariDataSource;
import dev.ashlar.core.problem.Problem.Upstream;
import dev.ashlar.core.problem.ProblemException;
import io.helidon.dbclient.jdbc.JdbcConnectionPool;
import java.sql.Connection;
import java.sql.SQLException;
import java.util.logging.Level;
import java.util.logging.Logger;

/** HikariCP, set up in code: configuration files could silently weaken what correctness needs. */
final class Pool implements JdbcConnectionPool, AutoCloseable {
  private static final int CONNECT_MILLIS = 10_000;

  /**
   * Many uploads that sync at once slow every commit: waiting costs less than sending 64 MiB anew.
   */
  private static final int TURN_MILLIS = 60_000;

  private static final int IDLE_MIN = 2;

  /** A forgotten transaction must not hold row locks, nor a runaway statement a connection. */
  private static final String SESSION =
      "-c statement_timeout=60s -c lock_timeout=20s -c idle_in_transaction_session_timeout=60s";

  private static final String READ_ONLY = " -c default_transaction_read_only=on";

  /** Kept here, or the collector would take the loggers and their levels. */
  private static final Logger HIKARI = Logger.getLogger("com.zaxxer.hikari");

  private static final Logger CLIENT =
      Logger.getLogger("io.helidon.dbclient.jdbc.TransactionContext");

  static {
    HIKARI.setLevel(Level.WARNING);
    // It warns of a transaction that ends before its first statement: a refusal does just that.
    CLIENT.setLevel(Level.SEVERE);
  }

  private final HikariDataSource source;

  static Pool forAll(DatabaseConfig config) {
    return new Pool(config, SESSION);
  }

  static Pool forReading(DatabaseConfig config) {
    return new Pool(config, SESSION + READ_ONLY);
  }

  private Pool(DatabaseConfig config, String session) {
    knock(config);
    var hikari = new HikariConfig();
    hikari.setPoolName("database");
    hikari.setJdbcUrl(config.url());
    hikari.setUsername(config.user());
    hikari.setPassword(config.password());
    hikari.setMaximumPoolSize(config.connectionsMax());
    hikari.setMinimumIdle(Math.min(IDLE_MIN, config.connectionsMax()));
    hikari.setConnectionTimeout(TURN_MILLIS);
    hikari.setInitializationFailTimeout(CONNECT_MILLIS);
    hikari.setTransactionIsolation("TRANSACTION_READ_COMMITTED");
    hikari.addDataSourceProperty("ApplicationName", "ashlar");
    hikari.addDataSourceProperty("tcpKeepAlive", "true");
    hikari.addDataSourceProperty("options", session);
    source = new HikariDataSource(hikari);
  }

  /** HikariCP would ask again for a while and log a stack trace, where a sentence says more. */
  private static void knock(DatabaseConfig config) {
    try {
      config.connect().close();
    } catch (SQLException broken) {
      throw new DatabaseUnreachable(config, broken);
    }
  }

  @Override
  public Connection connection() {
    try {
      return source.getConnection();
    } catch (SQLException unreachable) {
      var problem = new ProblemException(new Upstream("database", true));
      problem.initCause(unreachable);
      throw problem;
    }
  }

  @Override
  public String dbType() {
    return "postgresql";
  }

  @Override
  public void close() {
    source.close();
  }
}
