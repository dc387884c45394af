package dev.ashlar.metadata;

import io.helidon.dbclient.DbExecute;
import java.util.UUID;

/** The identity of this database: another one after its data was wiped. */
public final class Installation {
  private Installation() {}

  /** Random, made with the schema. */
  public static UUID id(DbExecute db) {
    return db.get("select id from installation")
        .orElseThrow(() -> new IllegalStateException("the installation row is missing"))
        .column("id")
        .get(UUID.class);
  }
}
