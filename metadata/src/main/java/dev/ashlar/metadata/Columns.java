package dev.ashlar.metadata;

import io.helidon.dbclient.DbRow;
import java.sql.Timestamp;
import java.time.Instant;
import java.time.OffsetDateTime;
import java.time.ZoneOffset;
import java.util.Optional;

/** Typed columns of a row, and Java times as parameters. */
public final class Columns {
  private Columns() {}

  /** A bigint. */
  public static long longOf(DbRow row, String name) {
    return row.column(name).get(Long.class);
  }

  /** An integer. */
  public static int intOf(DbRow row, String name) {
    return row.column(name).get(Integer.class);
  }

  /** A boolean. */
  public static boolean booleanOf(DbRow row, String name) {
    return row.column(name).get(Boolean.class);
  }

  /** A text. */
  public static String textOf(DbRow row, String name) {
    return row.column(name).get(String.class);
  }

  /** A bytea. */
  public static byte[] bytesOf(DbRow row, String name) {
    return row.column(name).get(byte[].class);
  }

  /** A timestamptz. */
  public static Instant instantOf(DbRow row, String name) {
    return row.column(name).get(Timestamp.class).toInstant();
  }

  /** A column that may be null. */
  public static <T> Optional<T> optional(DbRow row, String name, Class<T> type) {
    return Optional.ofNullable(row.column(name).get(type));
  }

  /** The form in which a time goes into a statement. */
  public static OffsetDateTime time(Instant instant) {
    return instant.atOffset(ZoneOffset.UTC);
  }
}
