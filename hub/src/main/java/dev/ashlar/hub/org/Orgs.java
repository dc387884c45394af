package dev.ashlar.hub.org;

import static dev.ashlar.metadata.Columns.booleanOf;
import static dev.ashlar.metadata.Columns.longOf;
import static dev.ashlar.metadata.Columns.textOf;

import dev.ashlar.core.problem.Kind;
import dev.ashlar.core.problem.Problem.Invalid;
import dev.ashlar.core.problem.Problem.Missing;
import dev.ashlar.core.problem.ProblemException;
import dev.ashlar.hub.account.Accounts;
import dev.ashlar.hub.account.NameRule;
import dev.ashlar.hub.account.Namespaces;
import dev.ashlar.hub.account.User;
import dev.ashlar.hub.account.Users;
import dev.ashlar.metadata.Database;
import io.helidon.dbclient.DbExecute;
import io.helidon.dbclient.DbRow;
import io.helidon.dbclient.DbTransaction;
import java.util.List;
import java.util.Optional;

/** Organisations and their members. */
public final class Orgs {
  private static final String INSERT =
      "INSERT INTO hub_org (id, full_name, default_private) VALUES (?, ?, ?)";
  private static final String COLUMNS =
      """
      SELECT o.id, n.name, o.full_name, o.default_private
        FROM hub_org o JOIN hub_namespace n ON n.id = o.id
      """;
  private static final String BY_NAME = COLUMNS + " WHERE lower(n.name) = lower(?)";
  private static final String STANDING =
      "SELECT role FROM hub_standing WHERE caller_id = ? AND namespace_id = ?";

  private static final String DETAILS = "SELECT details FROM hub_org WHERE id = ?";
  private static final String UPDATE =
      "UPDATE hub_org SET full_name = ?, details = ?, default_private = ? WHERE id = ?";

  private final Database database;

  /** Organisations in this database. */
  public Orgs(Database database) {
    this.database = database;
  }

  /** Adds an organisation; an imported name may break the rule for new names. */
  public Org add(String name, String fullName, boolean defaultPrivate, boolean imported) {
    var checked = imported ? NameRule.checkImported(name) : NameRule.checkNew(name);
    return database.transact(tx -> insert(tx, checked, fullName, defaultPrivate));
  }

  /** Adds an organisation for a user, who rules it. */
  public Org add(String name, String fullName, User founder) {
    var checked = NameRule.checkNew(name);
    return database.transact(
        tx -> {
          var org = insert(tx, checked, fullName, false);
          Members.put(tx, org.id(), founder.id(), Role.ADMIN);
          return org;
        });
  }

  private static Org insert(
      DbTransaction tx, String name, String fullName, boolean defaultPrivate) {
    var checked = checkedName(fullName);
    long id = Namespaces.claim(tx, Kind.ORG, name);
    tx.insert(INSERT, id, checked, defaultPrivate);
    return new Org(id, name, checked, defaultPrivate);
  }

  private static String checkedName(String fullName) {
    if (fullName.length() > 200 || fullName.chars().anyMatch(Character::isISOControl)) {
      throw new ProblemException(
          new Invalid("full name", "one line of up to 200 characters is needed"));
    }
    return fullName.strip();
  }

  /** Makes a user a member, or gives a member another role. */
  public void putMember(String orgName, String userName, Role role) {
    if (role == Role.NONE) {
      throw new ProblemException(new Invalid("role", "a member has a role"));
    }
    database.change(
        tx -> {
          var org =
              find(tx, orgName)
                  .orElseThrow(() -> new ProblemException(new Missing(Kind.ORG, orgName)));
          var user =
              Users.byName(tx, userName)
                  .orElseThrow(() -> new ProblemException(new Missing(Kind.USER, userName)));
          Members.put(tx, org.id(), user.id(), role);
        });
  }

  /** The organisation of this name in any case. */
  public static Optional<Org> find(DbExecute db, String name) {
    return db.get(BY_NAME, name).map(Orgs::org);
  }

  /** The organisations of a user by name. */
  public static List<Membership> of(DbExecute db, long userId) {
    return Members.orgsOf(db, userId);
  }

  /** What an organisation says of itself. */
  public static String details(DbExecute db, long id) {
    return db.get(DETAILS, id).map(row -> textOf(row, "details")).orElse("");
  }

  /** Changes what others read of an organisation, and how its new repositories begin. */
  public static void update(
      DbExecute tx, long id, String fullName, String details, boolean defaultPrivate) {
    tx.update(UPDATE, checkedName(fullName), Accounts.text("details", details), defaultPrivate, id);
  }

  /** What the caller is in a namespace, the own one included. */
  public static Role standing(DbExecute db, long callerId, long namespaceId) {
    return db.get(STANDING, callerId, namespaceId)
        .map(row -> Role.of(textOf(row, "role")))
        .orElse(Role.NONE);
  }

  static Org org(DbRow row) {
    return new Org(
        longOf(row, "id"),
        textOf(row, "name"),
        textOf(row, "full_name"),
        booleanOf(row, "default_private"));
  }
}
