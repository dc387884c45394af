package dev.ashlar.hub.org;

import static dev.ashlar.metadata.Columns.longOf;
import static dev.ashlar.metadata.Columns.textOf;

import dev.ashlar.core.problem.Problem.Conflict;
import dev.ashlar.core.problem.ProblemException;
import dev.ashlar.hub.account.User;
import dev.ashlar.hub.account.Users;
import io.helidon.dbclient.DbExecute;
import io.helidon.dbclient.DbTransaction;
import java.util.List;
import java.util.Optional;

/** The table of who belongs to which organisation. */
public final class Members {
  private static final String OF_USER =
      """
      SELECT o.id, n.name, o.full_name, o.default_private, m.role
        FROM hub_org_member m
        JOIN hub_org o ON o.id = m.org_id
        JOIN hub_namespace n ON n.id = o.id
       WHERE m.user_id = ?
       ORDER BY lower(n.name)
      """;
  private static final String OF_ORG =
      """
      SELECT user_id, role FROM hub_org_member
       WHERE org_id = ? AND user_id < ?
       ORDER BY user_id DESC
       LIMIT ?
      """;
  private static final String COUNT =
      "SELECT count(*) AS members FROM hub_org_member WHERE org_id = ?";
  private static final String PUT =
      """
      INSERT INTO hub_org_member (org_id, user_id, role) VALUES (?, ?, ?)
      ON CONFLICT (org_id, user_id) DO UPDATE SET role = excluded.role
      """;
  private static final String REMOVE =
      "DELETE FROM hub_org_member WHERE org_id = ? AND user_id = ?";
  private static final String ADMINS =
      """
      SELECT user_id FROM hub_org_member
       WHERE org_id = ? AND role = 'admin' AND user_id <> ?
      """;
  private static final String LOCK = "SELECT id FROM hub_org WHERE id = ? FOR UPDATE";

  /** A member and what he is there. */
  public record Member(User user, Role role) {}

  private Members() {}

  static List<Membership> orgsOf(DbExecute db, long userId) {
    return db.query(OF_USER, userId)
        .map(row -> new Membership(Orgs.org(row), Role.of(textOf(row, "role"))))
        .toList();
  }

  /** The members of an organisation with ids below the given one, the latest users first. */
  public static List<Member> page(DbExecute db, long orgId, long before, int limit) {
    record Row(long userId, Role role) {}
    List<Row> rows =
        db.query(OF_ORG, orgId, before, limit)
            .map(row -> new Row(longOf(row, "user_id"), Role.of(textOf(row, "role"))))
            .toList();
    return rows.stream()
        .flatMap(
            row -> Users.byId(db, row.userId()).map(user -> new Member(user, row.role())).stream())
        .toList();
  }

  /** How many members an organisation has. */
  public static long count(DbExecute db, long orgId) {
    return db.get(COUNT, orgId).map(row -> longOf(row, "members")).orElse(0L);
  }

  static void put(DbTransaction tx, long orgId, long userId, Role role) {
    tx.insert(PUT, orgId, userId, role.word());
  }

  /** Lets nobody else change the members before this transaction ends. */
  static void lock(DbTransaction tx, long orgId) {
    var _ = tx.query(LOCK, orgId).toList();
  }

  /**
   * Gives a member or a new one a role, or takes all away; an organisation keeps somebody who rules
   * it. Whoever may see less than before must not believe that the chunk store still has things.
   */
  public static void change(DbTransaction tx, long orgId, long userId, Optional<Role> role) {
    lock(tx, orgId);
    boolean rules = role.filter(given -> given == Role.ADMIN).isPresent();
    if (!rules
        && Orgs.standing(tx, userId, orgId) == Role.ADMIN
        && tx.query(ADMINS, orgId, userId).toList().isEmpty()) {
      throw new ProblemException(
          new Conflict("An organization keeps at least one member with the role admin."));
    }
    if (role.isPresent()) {
      put(tx, orgId, userId, role.get());
    } else {
      tx.delete(REMOVE, orgId, userId);
      Users.forgetCas(tx, userId);
    }
  }
}
