package dev.ashlar.metadata;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import dev.ashlar.core.problem.Problem.Busy;
import dev.ashlar.core.problem.Problem.NoRoom;
import dev.ashlar.core.problem.Problem.Upstream;
import dev.ashlar.core.problem.ProblemException;
import io.helidon.dbclient.DbExecute;
import io.helidon.dbclient.DbTransaction;
import java.util.concurrent.CyclicBarrier;
import java.util.concurrent.Executors;
import java.util.concurrent.TimeUnit;
import java.util.concurrent.atomic.AtomicInteger;
import org.junit.jupiter.api.AfterAll;
import org.junit.jupiter.api.BeforeAll;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;

class RetryTest {
  private static final Database DATABASE = TestDatabase.open();
  private static final String DISTURBED = "do $$ begin raise sqlstate '40001'; end $$";

  @BeforeAll
  static void makeTable() {
    DATABASE.change(
        tx -> tx.dml("create table counter as select id, 0 as n from generate_series(1, 2) id"));
  }

  @AfterAll
  static void close() {
    DATABASE.close();
  }

  @Test
  void givenASerializationFailure_whenItPasses_thenTheWorkIsDoneOnce() {
    long before = value(1);
    var tries = new AtomicInteger();

    DATABASE.change(
        tx -> {
          add(tx, 1);
          if (tries.incrementAndGet() < 3) {
            tx.dml(DISTURBED);
          }
        });

    assertThat(tries).hasValue(3);
    assertThat(value(1)).isEqualTo(before + 1);
  }

  @Test
  void givenASerializationFailure_whenItStays_thenTheServerIsBusyAfterFiveTries() {
    var tries = new AtomicInteger();

    assertThatThrownBy(
            () ->
                DATABASE.change(
                    tx -> {
                      tries.incrementAndGet();
                      tx.dml(DISTURBED);
                    }))
        .isInstanceOfSatisfying(
            ProblemException.class, e -> assertThat(e.problem()).isInstanceOf(Busy.class));
    assertThat(tries).hasValue(5);
  }

  @Test
  void givenTwoTransactions_whenTheyDeadlock_thenBothAreDone() throws Exception {
    long before = value(1) + value(2);
    var bothHoldOne = new CyclicBarrier(2);
    var first = new AtomicInteger();
    var second = new AtomicInteger();

    try (var lanes = Executors.newVirtualThreadPerTaskExecutor()) {
      var one = lanes.submit(() -> crosswise(1, 2, bothHoldOne, first));
      var two = lanes.submit(() -> crosswise(2, 1, bothHoldOne, second));
      one.get(30, TimeUnit.SECONDS);
      two.get(30, TimeUnit.SECONDS);
    }

    assertThat(first.get() + second.get()).isGreaterThan(2);
    assertThat(value(1) + value(2)).isEqualTo(before + 4);
  }

  @Test
  void givenAConnectionThatIsCut_whenNothingWasCommitted_thenTheWorkIsDoneOnANewOne() {
    long before = value(2);
    var tries = new AtomicInteger();

    DATABASE.change(
        tx -> {
          add(tx, 2);
          if (tries.incrementAndGet() == 1) {
            tx.get("select pg_terminate_backend(pg_backend_pid())");
          }
        });

    assertThat(tries).hasValue(2);
    assertThat(value(2)).isEqualTo(before + 1);
  }

  @Test
  void givenConnectionsThatAreCutAgainAndAgain_whenGivenUp_thenTheDatabaseIsToBlame() {
    assertThatThrownBy(
            () -> DATABASE.change(tx -> tx.get("select pg_terminate_backend(pg_backend_pid())")))
        .isInstanceOfSatisfying(
            ProblemException.class,
            e -> assertThat(e.problem()).isEqualTo(new Upstream("database", true)));
  }

  @Test
  void givenAConnectionThatIsCutBeforeTheCommit_whenChanging_thenNobodyKnowsTheOutcome() {
    var tries = new AtomicInteger();

    assertThatThrownBy(() -> DATABASE.change(tx -> cutFirst(tx, tries)))
        .isInstanceOfSatisfying(
            ProblemException.class,
            e -> assertThat(e.problem()).isEqualTo(new Upstream("database", true)));
    assertThat(tries).hasValue(1);
  }

  @Test
  void givenAConnectionThatIsCutBeforeTheCommit_whenReading_thenItIsReadAgain() {
    var tries = new AtomicInteger();

    var answer =
        DATABASE.read(
            db -> {
              cutFirst(db, tries);
              return 42;
            });

    assertThat(answer).isEqualTo(42);
    assertThat(tries).hasValue(2);
  }

  /** On the first try, ends the transaction's connection from another one, and waits for that. */
  private static void cutFirst(DbExecute db, AtomicInteger tries) {
    var pid = Columns.intOf(db.get("select pg_backend_pid() as pid").orElseThrow(), "pid");
    if (tries.incrementAndGet() == 1) {
      var cut =
          DATABASE.<Boolean>look(
              other -> other.get("select pg_terminate_backend(?, 5000)", pid).isPresent());
      assertThat(cut).isTrue();
    }
  }

  @Test
  void givenAFullDisk_whenTheDatabaseSaysSo_thenThereIsNoRoomAndItIsNotTriedAgain() {
    var tries = new AtomicInteger();

    assertThatThrownBy(() -> DATABASE.change(tx -> fail(tx, "53100", tries)))
        .isInstanceOfSatisfying(
            ProblemException.class,
            e -> assertThat(e.problem()).isEqualTo(new NoRoom("the disk of the database is full")));
    assertThat(tries).hasValue(1);
  }

  @ParameterizedTest
  @ValueSource(strings = {"53000", "53200", "53300", "53400"})
  void givenADatabaseWithoutMemoryOrConnections_whenItSaysSo_thenTheCallerIsToldToWait(
      String state) {
    var tries = new AtomicInteger();

    assertThatThrownBy(() -> DATABASE.change(tx -> fail(tx, state, tries)))
        .isInstanceOfSatisfying(
            ProblemException.class,
            e ->
                assertThat(e.problem())
                    .isInstanceOfSatisfying(
                        Busy.class, busy -> assertThat(busy.what()).contains("the database")));
    assertThat(tries).hasValue(1);
  }

  private static void fail(DbTransaction tx, String state, AtomicInteger tries) {
    tries.incrementAndGet();
    tx.dml("do $$ begin raise sqlstate '" + state + "'; end $$");
  }

  private static boolean crosswise(long a, long b, CyclicBarrier barrier, AtomicInteger tries) {
    DATABASE.change(
        tx -> {
          add(tx, a);
          if (tries.incrementAndGet() == 1) {
            await(barrier);
          }
          add(tx, b);
        });
    return true;
  }

  private static void await(CyclicBarrier barrier) {
    try {
      barrier.await(10, TimeUnit.SECONDS);
    } catch (Exception broken) {
      throw new IllegalStateException(broken);
    }
  }

  private static void add(DbTransaction tx, long id) {
    tx.createUpdate("update counter set n = n + 1 where id = :id").addParam("id", id).execute();
  }

  private static long value(long id) {
    return DATABASE.read(
        db ->
            Columns.intOf(
                db.createGet("select n from counter where id = :id")
                    .addParam("id", id)
                    .execute()
                    .orElseThrow(),
                "n"));
  }
}
