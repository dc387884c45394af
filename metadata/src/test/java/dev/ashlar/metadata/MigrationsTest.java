package dev.ashlar.metadata;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import io.helidon.dbclient.DbExecute;
import java.util.Map;
import java.util.TreeMap;
import org.flywaydb.core.api.FlywayException;
import org.junit.jupiter.api.Test;

class MigrationsTest {
  @Test
  void givenAMigratedDatabase_whenItsHistoryIsRead_thenItEqualsOurFiles() {
    try (var database = Database.open(TestDatabase.config())) {
      var applied = new TreeMap<String, Integer>();
      database.<Object>read(
          db -> {
            rows(db, applied);
            return applied;
          });

      assertThat(applied).isNotEmpty().isEqualTo(SchemaFiles.checksums());
    }
  }

  @Test
  void givenAnEmptyDatabase_whenMigratedTwice_thenTheSecondTimeChangesNothing() {
    var config = TestDatabase.empty();

    Migrations.apply(config);
    Migrations.apply(config);

    try (var database = Database.open(config)) {
      assertThat(Samples.count(database, "flyway_schema_history"))
          .isEqualTo(SchemaFiles.checksums().size());
    }
  }

  @Test
  void givenAHistoryOfANewerProgram_whenMigrated_thenItIsRefused() {
    var config = TestDatabase.config();
    try (var database = Database.open(config)) {
      database.change(
          tx ->
              tx.dml(
                  """
                  insert into flyway_schema_history (installed_rank, version, description, type,
                      script, checksum, installed_by, execution_time, success)
                  values (9999, '9999', 'future', 'SQL', 'V9999__future.sql', 1, 'x', 1, true)
                  """));
    }

    assertThatThrownBy(() -> Migrations.apply(config)).isInstanceOf(FlywayException.class);
  }

  @Test
  void givenAChangedMigration_whenMigrated_thenItIsRefused() {
    var config = TestDatabase.config();
    try (var database = Database.open(config)) {
      database.change(tx -> tx.dml("update flyway_schema_history set checksum = checksum + 1"));
    }

    assertThatThrownBy(() -> Migrations.apply(config)).isInstanceOf(FlywayException.class);
  }

  private static void rows(DbExecute db, Map<String, Integer> applied) {
    db.query("select version, checksum from flyway_schema_history")
        .forEach(
            row -> applied.put(Columns.textOf(row, "version"), Columns.intOf(row, "checksum")));
  }
}
