package dev.ashlar.metadata;

import dev.ashlar.core.problem.Problem.Busy;
import dev.ashlar.core.problem.Problem.Invalid;
import dev.ashlar.core.problem.Problem.NoRoom;
import dev.ashlar.core.problem.Problem.Upstream;
import dev.ashlar.core.problem.ProblemException;
import io.helidon.dbclient.DbClient;
import io.helidon.dbclient.DbExecute;
import io.helidon.dbclient.DbTransaction;
import io.helidon.dbclient.jdbc.JdbcClientBuilder;
import java.time.Duration;
import java.util.concurrent.ThreadLocalRandom;
import java.util.function.Consumer;
import java.util.function.Function;
import org.jspecify.annotations.Nullable;

/**
 * The one way to PostgreSQL: a pool and transactions at READ COMMITTED.
 *
 * <p>The isolation level is part of the correctness of the content tables: a statement that starts
 * after a row lock was granted must see what was committed before it. Under REPEATABLE READ it
 * would not.
 *
 * <p>Traps of the DB Client: write {@code cast(:x as jsonb)}, never {@code :x::jsonb} (its parser
 * takes the type for a parameter), and no {@code ?} operators. A stream of rows is closed by its
 * terminal operation. Times go in as {@link java.time.OffsetDateTime}; see {@link Columns}.
 */
public final class Database implements AutoCloseable {
  private static final int TRIES_MAX = 5;
  private static final int PAUSE_MILLIS = 20;
  private static final Duration SHORTAGE = Duration.ofSeconds(5);

  private final Pool pool;
  private final DbClient client;

  private Database(Pool pool) {
    this.pool = pool;
    this.client = JdbcClientBuilder.create().connectionPool(pool).build();
  }

  /** Opens the pool; the schema is left as it is, see {@link Migrations}. */
  public static Database open(DatabaseConfig config) {
    return new Database(Pool.forAll(config));
  }

  /** Opens a pool that refuses every change, for a process that only serves bytes. */
  public static Database openReadOnly(DatabaseConfig config) {
    return new Database(Pool.forReading(config));
  }

  /**
   * Runs a use case as one transaction. It is repeated on deadlock, serialization failure and on a
   * connection lost before commit, so it must have no effect outside of the database. No I/O
   * inside.
   */
  public <T extends @Nullable Object> T transact(Function<DbTransaction, T> work) {
    return transact(work, true);
  }

  private <T extends @Nullable Object> T transact(
      Function<DbTransaction, T> work, boolean isChange) {
    for (int tries = 1; ; tries++) {
      var tx = client.transaction();
      boolean committing = false;
      try {
        T result = work.apply(tx);
        committing = true;
        tx.commit();
        return result;
      } catch (RuntimeException | Error failure) {
        if (!committing) {
          rollback(tx, failure);
        }
        repeatOrThrow(Failure.of(failure), failure, committing && isChange, tries);
      }
    }
  }

  /** A transaction without a result. */
  public void change(Consumer<DbTransaction> work) {
    this.<@Nullable Void>transact(
        tx -> {
          work.accept(tx);
          return null;
        });
  }

  /**
   * Reads on one connection; each statement sees what was committed before it. As nothing changes,
   * it is repeated on a connection lost at any moment.
   */
  public <T extends @Nullable Object> T read(Function<DbExecute, T> work) {
    return transact(work::apply, false);
  }

  /**
   * Reads without a transaction, which saves the commit: each statement on a connection of its own.
   * A stream of rows must have ended before the next statement begins.
   */
  public <T extends @Nullable Object> T look(Function<DbExecute, T> work) {
    for (int tries = 1; ; tries++) {
      try {
        return work.apply(client.execute());
      } catch (RuntimeException | Error failure) {
        repeatOrThrow(Failure.of(failure), failure, false, tries);
      }
    }
  }

  @Override
  public void close() {
    pool.close();
  }

  private static void rollback(DbTransaction tx, Throwable failure) {
    try {
      tx.rollback();
    } catch (RuntimeException broken) {
      failure.addSuppressed(broken);
    }
  }

  /** After a failed commit of a lost connection nobody knows the outcome: the caller asks again. */
  private static void repeatOrThrow(
      Failure kind, Throwable failure, boolean committing, int tries) {
    switch (kind) {
      case OTHER -> rethrow(failure);
      case TEXT ->
          throw wrapped(
              new ProblemException(new Invalid("request", "it has a NUL character")), failure);
      case DISK_FULL ->
          throw wrapped(
              new ProblemException(new NoRoom("the disk of the database is full")), failure);
      case SHORTAGE ->
          throw wrapped(
              new ProblemException(
                  new Busy("the database lacks memory or connections at this moment", SHORTAGE)),
              failure);
      case CONTENTION -> {
        if (tries == TRIES_MAX) {
          throw wrapped(new ProblemException(new Busy("database", Duration.ofSeconds(1))), failure);
        }
        pause(tries);
      }
      case CONNECTION -> {
        if (committing || tries == TRIES_MAX) {
          throw wrapped(new ProblemException(new Upstream("database", true)), failure);
        }
        pause(tries);
      }
    }
  }

  private static ProblemException wrapped(ProblemException problem, Throwable cause) {
    problem.initCause(cause);
    return problem;
  }

  private static void rethrow(Throwable failure) {
    if (failure instanceof Error error) {
      throw error;
    }
    throw (RuntimeException) failure;
  }

  private static void pause(int tries) {
    try {
      Thread.sleep(ThreadLocalRandom.current().nextLong((long) PAUSE_MILLIS << tries));
    } catch (InterruptedException stop) {
      Thread.currentThread().interrupt();
      throw new ProblemException(new Busy("database", Duration.ofSeconds(1)));
    }
  }
}
