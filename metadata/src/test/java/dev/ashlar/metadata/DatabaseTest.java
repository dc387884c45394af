package dev.ashlar.metadata;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import dev.ashlar.core.problem.Kind;
import dev.ashlar.core.problem.Problem.Missing;
import dev.ashlar.core.problem.ProblemException;
import io.helidon.dbclient.DbClientException;
import java.sql.SQLException;
import java.time.Instant;
import org.junit.jupiter.api.AfterAll;
import org.junit.jupiter.api.Test;

class DatabaseTest {
  private static final Database DATABASE = TestDatabase.open();

  @AfterAll
  static void close() {
    DATABASE.close();
  }

  @Test
  void givenTheSchema_whenAStatementNamesParameters_thenTypesComeBackAsTheyWentIn() {
    var now = Instant.parse("2026-01-02T03:04:05.123456Z");

    var row =
        DATABASE.read(
            db ->
                db.createGet(
                        """
                        select cast(:n as bigint) as n, cast(:b as bytea) as b, :t as t,
                               cast(:at as timestamptz) as at, :n = any(:ids) as among,
                               cast(null as bytea) as nothing
                        """)
                    .addParam("n", 7L)
                    .addParam("b", new byte[] {1, 2})
                    .addParam("t", "a:b ? 'c'")
                    .addParam("at", Columns.time(now))
                    .addParam("ids", new long[] {6, 7})
                    .execute()
                    .orElseThrow());

    assertThat(Columns.longOf(row, "n")).isEqualTo(7);
    assertThat(Columns.bytesOf(row, "b")).containsExactly(1, 2);
    assertThat(Columns.textOf(row, "t")).isEqualTo("a:b ? 'c'");
    assertThat(Columns.instantOf(row, "at")).isEqualTo(now);
    assertThat(Columns.booleanOf(row, "among")).isTrue();
    assertThat(Columns.optional(row, "nothing", byte[].class)).isEmpty();
  }

  @Test
  void givenATransaction_whenAProblemIsThrown_thenNothingIsKeptAndTheProblemComesThrough() {
    DATABASE.change(tx -> tx.dml("create table kept(n int)"));

    assertThatThrownBy(
            () ->
                DATABASE.change(
                    tx -> {
                      tx.insert("insert into kept values (1)");
                      throw new ProblemException(new Missing(Kind.XORB, "x"));
                    }))
        .isInstanceOf(ProblemException.class);

    long rows =
        DATABASE.read(
            db -> Columns.longOf(db.get("select count(*) as n from kept").orElseThrow(), "n"));
    assertThat(rows).isZero();
  }

  @Test
  void givenThePool_whenAskedForTheIsolation_thenItIsReadCommitted() {
    var level =
        DATABASE.transact(
            tx ->
                Columns.textOf(
                    tx.get("select current_setting('transaction_isolation') as level")
                        .orElseThrow(),
                    "level"));

    assertThat(level).isEqualTo("read committed");
  }

  @Test
  void givenAReadOnlyPool_whenAChangeIsTried_thenItIsRefused() {
    var config = TestDatabase.config();
    try (var database = Database.openReadOnly(config)) {
      assertThat(database.<Object>read(Installation::id)).isNotNull();
      assertThatThrownBy(() -> database.change(tx -> tx.dml("delete from deletion")))
          .isInstanceOf(DbClientException.class)
          .hasRootCauseInstanceOf(SQLException.class);
    }
  }

  @Test
  void givenAConfiguration_whenPrintedOrGivenAPassword_thenNoPasswordShows() {
    var config = new DatabaseConfig("jdbc:postgresql://db/x", "me", "secret");

    assertThat(config.toString()).doesNotContain("secret");
    assertThat(DatabaseConfig.jdbcUrl("postgresql://db:1/x")).isEqualTo("jdbc:postgresql://db:1/x");
    assertThatThrownBy(() -> new DatabaseConfig("jdbc:postgresql://db/x?password=p", "me", "p"))
        .isInstanceOf(IllegalArgumentException.class);
    assertThatThrownBy(() -> new DatabaseConfig("jdbc:postgresql://me:p@db/x", "me", "p"))
        .isInstanceOf(IllegalArgumentException.class);
  }
}
