package dev.ashlar.hub.org;

import static dev.ashlar.metadata.Columns.instantOf;
import static dev.ashlar.metadata.Columns.longOf;
import static dev.ashlar.metadata.Columns.textOf;
import static dev.ashlar.metadata.Columns.time;

import dev.ashlar.core.problem.Problem.Conflict;
import dev.ashlar.core.problem.ProblemException;
import dev.ashlar.core.token.KeyRing;
import dev.ashlar.hub.account.RandomText;
import dev.ashlar.hub.account.User;
import dev.ashlar.hub.account.Users;
import io.helidon.dbclient.DbExecute;
import io.helidon.dbclient.DbRow;
import io.helidon.dbclient.DbTransaction;
import java.security.SecureRandom;
import java.time.Duration;
import java.time.Instant;
import java.util.List;
import java.util.Optional;

/**
 * The table of invitations. A token is {@code inv_}, 10 characters that name the invitation, and 43
 * secret ones; as with access tokens, a keyed hash of the whole is stored. An invitation is worth
 * what its maker still is: it opens nothing any more when he rules the organisation no longer.
 */
public final class Invitations {
  private static final String PREFIX = "inv_";
  private static final int ID_LENGTH = 10;
  private static final int SECRET_LENGTH = 43;
  private static final int OPEN_MAX = 100;

  private static final String INSERT =
      """
      INSERT INTO hub_invitation (org_id, role, public_id, token_hash, created_by, created_at,
                                  expires_at, uses_max)
      VALUES (?, ?, ?, ?, ?, ?, ?, ?)
      """;
  private static final String SELECT =
      """
      SELECT i.id, n.name AS org_name, i.role, i.public_id, i.created_by, i.created_at,
             i.expires_at, i.uses_max, i.uses
        FROM hub_invitation i JOIN hub_namespace n ON n.id = i.org_id
      """;
  private static final String BY_HASH = SELECT + " WHERE i.token_hash = ?";
  private static final String BY_PUBLIC_ID = SELECT + " WHERE i.public_id = ?";
  private static final String OF_ORG = SELECT + " WHERE i.org_id = ? ORDER BY i.id DESC LIMIT ?";
  private static final String FORGET_CLOSED =
      "DELETE FROM hub_invitation WHERE org_id = ? AND (expires_at <= ? OR uses >= uses_max)";
  private static final String COUNT =
      "SELECT count(*) AS invitations FROM hub_invitation WHERE org_id = ?";
  private static final String USE = "UPDATE hub_invitation SET uses = uses + 1 WHERE id = ?";
  private static final String DELETE = "DELETE FROM hub_invitation WHERE id = ?";

  private final KeyRing pepper;
  private final SecureRandom random = new SecureRandom();

  /** Invitations whose tokens are hashed under this key. */
  public Invitations(KeyRing pepper) {
    this.pepper = pepper;
  }

  /** Makes an invitation and returns its token, which cannot be had a second time. */
  public String add(
      DbTransaction tx,
      Org org,
      User inviter,
      Role role,
      Duration lifetime,
      long usesMax,
      Instant now) {
    Members.lock(tx, org.id());
    tx.delete(FORGET_CLOSED, org.id(), time(now));
    long open = tx.get(COUNT, org.id()).map(row -> longOf(row, "invitations")).orElse(0L);
    if (open >= OPEN_MAX) {
      throw new ProblemException(
          new Conflict("An organization has at most " + OPEN_MAX + " open invitations."));
    }
    var publicId = RandomText.of(random, ID_LENGTH);
    var token = PREFIX + publicId + RandomText.of(random, SECRET_LENGTH);
    tx.insert(
        INSERT,
        org.id(),
        role.word(),
        publicId,
        hash(token),
        inviter.id(),
        time(now),
        time(now.plus(lifetime)),
        usesMax);
    return token;
  }

  /** The invitation of this token. */
  public Optional<Invitation> find(DbExecute db, String token) {
    return token.startsWith(PREFIX)
        ? db.get(BY_HASH, (Object) hash(token)).map(row -> invitation(db, row))
        : Optional.empty();
  }

  /** The invitation of this token or of this public id, for those who rule the organisation. */
  public Optional<Invitation> named(DbExecute db, String name) {
    return find(db, name).or(() -> db.get(BY_PUBLIC_ID, name).map(row -> invitation(db, row)));
  }

  /** The invitations of an organisation, the latest first. */
  public static List<Invitation> of(DbExecute db, Org org) {
    List<DbRow> rows = db.query(OF_ORG, org.id(), OPEN_MAX).toList();
    return rows.stream().map(row -> invitation(db, row)).toList();
  }

  /**
   * Makes a user a member with the role of the invitation, and answers what he is then. Who is that
   * or more already stays so, and the invitation keeps its use: a repeated request changes nothing.
   */
  public Role accept(DbTransaction tx, Invitation found, User user, Instant now) {
    long orgId = found.org().id();
    Members.lock(tx, orgId);
    var standing = Orgs.standing(tx, user.id(), orgId);
    if (standing.includes(found.role())) {
      return standing;
    }
    var invitation = byPublicId(tx, found.publicId());
    refuse(invitation.isEmpty(), "This invitation was taken back.");
    refuse(invitation.get().isExpired(now), "This invitation has expired.");
    refuse(invitation.get().isUsedUp(), "This invitation was used as often as it may be.");
    refuse(
        Orgs.standing(tx, found.inviter().id(), orgId) != Role.ADMIN,
        "Whoever made this invitation no longer rules the organization.");
    Members.put(tx, orgId, user.id(), found.role());
    tx.update(USE, found.id());
    return found.role();
  }

  private static Optional<Invitation> byPublicId(DbExecute db, String publicId) {
    return db.get(BY_PUBLIC_ID, publicId).map(row -> invitation(db, row));
  }

  private static void refuse(boolean wrong, String sentence) {
    if (wrong) {
      throw new ProblemException(new Conflict(sentence));
    }
  }

  /** Takes an invitation back. */
  public static void delete(DbTransaction tx, Invitation invitation) {
    tx.delete(DELETE, invitation.id());
  }

  private byte[] hash(String token) {
    return pepper.sign("invitation\n" + token);
  }

  private static Invitation invitation(DbExecute db, DbRow row) {
    return new Invitation(
        longOf(row, "id"),
        Orgs.find(db, textOf(row, "org_name")).orElseThrow(),
        Role.of(textOf(row, "role")),
        textOf(row, "public_id"),
        Users.byId(db, longOf(row, "created_by")).orElseThrow(),
        instantOf(row, "created_at"),
        instantOf(row, "expires_at"),
        longOf(row, "uses_max"),
        longOf(row, "uses"));
  }
}
