package dev.ashlar.hub.account;

import static dev.ashlar.metadata.Columns.booleanOf;
import static dev.ashlar.metadata.Columns.instantOf;
import static dev.ashlar.metadata.Columns.longOf;
import static dev.ashlar.metadata.Columns.textOf;

import io.helidon.dbclient.DbExecute;
import io.helidon.dbclient.DbRow;
import java.util.List;
import java.util.Optional;

/** The table of users. */
public final class Users {
  private static final String INSERT =
      "INSERT INTO hub_user (id, full_name, email, admin) VALUES (?, ?, ?, ?)";
  private static final String COLUMNS =
      """
      SELECT u.id, n.name, u.full_name, u.email, u.admin, u.cas_epoch, n.created_at
        FROM hub_user u JOIN hub_namespace n ON n.id = u.id
      """;
  private static final String BY_NAME = COLUMNS + " WHERE lower(n.name) = lower(?)";
  private static final String BY_ID = COLUMNS + " WHERE u.id = ?";
  private static final String ALL = COLUMNS + " ORDER BY lower(n.name)";
  private static final String COUNT = "SELECT count(*) AS users FROM hub_user";
  private static final String RAISE_EPOCHS =
      """
      UPDATE hub_user SET cas_epoch = cas_epoch + 1
       WHERE id NOT IN (SELECT caller_id FROM hub_standing WHERE namespace_id = ?)
      """;

  private static final String RAISE_EPOCH =
      "UPDATE hub_user SET cas_epoch = cas_epoch + 1 WHERE id = ?";

  private static final String DETAILS = "SELECT details FROM hub_user WHERE id = ?";
  private static final String UPDATE =
      "UPDATE hub_user SET full_name = ?, email = ?, details = ? WHERE id = ?";

  private Users() {}

  static void insert(DbExecute tx, long id, String fullName, String email, boolean admin) {
    tx.insert(INSERT, id, fullName, email, admin);
  }

  /** The user of this name in any case. */
  public static Optional<User> byName(DbExecute db, String name) {
    return db.get(BY_NAME, name).map(Users::user);
  }

  /** The user of this id. */
  public static Optional<User> byId(DbExecute db, long id) {
    return db.get(BY_ID, id).map(Users::user);
  }

  /**
   * After something became hidden from everybody outside a namespace: makes their clients start
   * with an empty memory of what the CAS has, as parts of it are not theirs to use any more.
   */
  public static void forgetCasOutside(DbExecute tx, long namespaceId) {
    tx.update(RAISE_EPOCHS, namespaceId);
    Tokens.forgetCas(tx);
  }

  /** The same after one user alone has lost access to something. */
  public static void forgetCas(DbExecute tx, long userId) {
    tx.update(RAISE_EPOCH, userId);
    Tokens.forgetCas(tx);
  }

  /** What a user says of himself. */
  public static String details(DbExecute db, long id) {
    return db.get(DETAILS, id).map(row -> textOf(row, "details")).orElse("");
  }

  /** Changes what others read of a user. */
  public static void update(DbExecute tx, long id, String fullName, String email, String details) {
    tx.update(
        UPDATE,
        Accounts.oneLine("full name", fullName),
        Accounts.oneLine("email", email),
        Accounts.text("details", details),
        id);
  }

  static List<User> all(DbExecute db) {
    return db.query(ALL).map(Users::user).toList();
  }

  static boolean isEmpty(DbExecute db) {
    return db.get(COUNT).map(row -> longOf(row, "users")).orElseThrow() == 0;
  }

  static User user(DbRow row) {
    return new User(
        longOf(row, "id"),
        textOf(row, "name"),
        textOf(row, "full_name"),
        textOf(row, "email"),
        booleanOf(row, "admin"),
        longOf(row, "cas_epoch"),
        instantOf(row, "created_at"));
  }
}
