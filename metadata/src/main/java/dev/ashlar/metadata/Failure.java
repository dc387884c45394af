package dev.ashlar.metadata;

import dev.ashlar.core.problem.ProblemException;
import java.sql.SQLException;
import org.jspecify.annotations.Nullable;

/** What a failed transaction means for the next step. */
enum Failure {
  /** Another transaction was in the way: the same work may succeed now. */
  CONTENTION,
  /** The connection is gone: a new one may work. */
  CONNECTION,
  /** A text of the caller has a NUL character, which the database cannot store or compare. */
  TEXT,
  /** The database's disk is full: somebody must make room first. */
  DISK_FULL,
  /** The database lacks memory or connections at this moment. */
  SHORTAGE,
  /** A problem or a bug: repeating it changes nothing. */
  OTHER;

  private static final int CAUSES_MAX = 10;

  static Failure of(Throwable failure) {
    if (failure instanceof ProblemException) {
      return OTHER;
    }
    if (failure instanceof LockRace) {
      return CONTENTION;
    }
    @Nullable Throwable cause = failure;
    for (int depth = 0; cause != null && depth < CAUSES_MAX; depth++, cause = cause.getCause()) {
      if (cause instanceof SQLException sql && sql.getSQLState() != null) {
        return of(sql.getSQLState());
      }
    }
    return OTHER;
  }

  /**
   * Class 08 is the connection itself, 57P01 to 57P03 a server that stops or starts, class 53 one
   * that lacks resources.
   */
  private static Failure of(String state) {
    return switch (state) {
      case "40001", "40P01", "55P03" -> CONTENTION;
      case "22021" -> TEXT;
      case "57P01", "57P02", "57P03" -> CONNECTION;
      case "53100" -> DISK_FULL;
      case String other when other.startsWith("53") -> SHORTAGE;
      case String other when other.startsWith("08") -> CONNECTION;
      case String _ -> OTHER;
    };
  }
}
