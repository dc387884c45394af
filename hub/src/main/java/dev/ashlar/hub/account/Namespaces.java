package dev.ashlar.hub.account;

import static dev.ashlar.metadata.Columns.longOf;
import static dev.ashlar.metadata.Columns.textOf;

import dev.ashlar.core.problem.Kind;
import dev.ashlar.core.problem.Problem.Taken;
import dev.ashlar.core.problem.ProblemException;
import io.helidon.dbclient.DbExecute;
import io.helidon.dbclient.DbRow;
import java.util.Optional;

/** The names of users and organisations, one set for both. */
public final class Namespaces {
  private static final String INSERT =
      """
      INSERT INTO hub_namespace (kind, name) VALUES (?, ?)
      ON CONFLICT (lower(name)) DO NOTHING
      RETURNING id
      """;
  private static final String FIND =
      "SELECT id, kind, name FROM hub_namespace WHERE lower(name) = lower(?)";

  private static final String LOCK = "SELECT id FROM hub_namespace WHERE id = ? FOR UPDATE";
  private static final String BY_ID = "SELECT id, kind, name FROM hub_namespace WHERE id = ?";

  /** A user's or an organisation's name. */
  public record Namespace(long id, boolean org, String name) {}

  private Namespaces() {}

  /** Takes a name for a user or an organisation; a name in use, in any case, is {@link Taken}. */
  public static long claim(DbExecute tx, Kind kind, String name) {
    return tx.query(INSERT, kind == Kind.ORG ? "org" : "user", name).toList().stream()
        .findFirst()
        .map(row -> longOf(row, "id"))
        .orElseThrow(() -> new ProblemException(new Taken(kind, name)));
  }

  /** The namespace of this name in any case. */
  public static Optional<Namespace> find(DbExecute db, String name) {
    return db.get(FIND, name).map(Namespaces::namespace);
  }

  /**
   * Keeps repositories from being made in a namespace until the transaction ends: their rows refer
   * to the locked one. False when the namespace is gone.
   */
  public static boolean lock(DbExecute tx, long id) {
    return tx.query(LOCK, id).count() == 1;
  }

  /** The namespace of this id. */
  public static Optional<Namespace> byId(DbExecute db, long id) {
    return db.get(BY_ID, id).map(Namespaces::namespace);
  }

  private static Namespace namespace(DbRow row) {
    return new Namespace(longOf(row, "id"), textOf(row, "kind").equals("org"), textOf(row, "name"));
  }
}
