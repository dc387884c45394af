package dev.ashlar.hub.org;

import static dev.ashlar.metadata.Columns.booleanOf;
import static dev.ashlar.metadata.Columns.longOf;
import static dev.ashlar.metadata.Columns.textOf;

import dev.ashlar.core.problem.Kind;
import dev.ashlar.core.problem.Problem.Invalid;
import dev.ashlar.core.problem.Problem.Missing;
import dev.ashlar.core.problem.ProblemException;
import dev.ashlar.hub.account.NameRule;
import dev.ashlar.hub.account.Namespaces;
import dev.ashlar.hub.account.User;
import dev.ashlar.hub.account.Users;
import dev.ashlar.metadata.Database;
import io.helidon.dbclient.DbExecute;
import io.helidon.dbclient.DbRow;
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
  private static final String OF_USER =
      """
      SELECT o.id, n.name, o.full_name, o.default_private, m.role
        FROM hub_org_member m
        JOIN hub_org o ON o.id = m.org_id
        JOIN hub_namespace n ON n.id = o.id
       WHERE m.user_id = ?
       ORDER BY lower(n.name)
      """;
  private static final String PUT_MEMBER =
      """
      INSERT INTO hub_org_member (org_id, user_id, role) VALUES (?, ?, ?)
      ON CONFLICT (org_id, user_id) DO UPDATE SET role = excluded.role
      """;
  private static final String STANDING =
      "SELECT role FROM hub_standing WHERE caller_id = ? AND namespace_id = ?";

  private final Database database;

  /** Organisations in this database. */
  public Orgs(Database database) {
    this.database = database;
  }

  /** Adds an organisation; an imported name may break the rule for new names. */
  public Org add(String name, String fullName, boolean defaultPrivate, boolean imported) {
    var checked = imported ? NameRule.checkImported(name) : NameRule.checkNew(name);
    if (fullName.length() > 200 || fullName.chars().anyMatch(Character::isISOControl)) {
      throw new ProblemException(
          new Invalid("full name", "one line of up to 200 characters is needed"));
    }
    return database.transact(
        tx -> {
          long id = Namespaces.claim(tx, Kind.ORG, checked);
          tx.insert(INSERT, id, fullName.strip(), defaultPrivate);
          return new Org(id, checked, fullName.strip(), defaultPrivate);
        });
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
          var user = Users.byName(tx, userName).map(User::id);
          tx.insert(
              PUT_MEMBER,
              org.id(),
              user.orElseThrow(() -> new ProblemException(new Missing(Kind.USER, userName))),
              role.word());
        });
  }

  /** The organisation of this name in any case. */
  public static Optional<Org> find(DbExecute db, String name) {
    return db.get(BY_NAME, name).map(Orgs::org);
  }

  /** The organisations of a user by name. */
  public static List<Membership> of(DbExecute db, long userId) {
    return db.query(OF_USER, userId)
        .map(row -> new Membership(org(row), Role.of(textOf(row, "role"))))
        .toList();
  }

  /** What the caller is in a namespace, the own one included. */
  public static Role standing(DbExecute db, long callerId, long namespaceId) {
    return db.get(STANDING, callerId, namespaceId)
        .map(row -> Role.of(textOf(row, "role")))
        .orElse(Role.NONE);
  }

  private static Org org(DbRow row) {
    return new Org(
        longOf(row, "id"),
        textOf(row, "name"),
        textOf(row, "full_name"),
        booleanOf(row, "default_private"));
  }
}
