package dev.ashlar.hub.gate;

import static dev.ashlar.metadata.Columns.booleanOf;
import static dev.ashlar.metadata.Columns.instantOf;
import static dev.ashlar.metadata.Columns.longOf;
import static dev.ashlar.metadata.Columns.optional;
import static dev.ashlar.metadata.Columns.textOf;
import static dev.ashlar.metadata.Columns.time;

import dev.ashlar.hub.access.Admission;
import dev.ashlar.hub.account.Users;
import io.helidon.dbclient.DbExecute;
import io.helidon.dbclient.DbRow;
import io.helidon.dbclient.DbTransaction;
import java.time.Instant;
import java.util.List;
import java.util.Optional;

/** The table of access requests: one for each user and repository. */
final class AccessRequests {
  private static final String SELECT =
      """
      SELECT q.id, q.user_id, n.name, u.full_name, u.email, q.status, q.granted, q.fields,
             q.asked_at
        FROM hub_access_request q
        JOIN hub_user u ON u.id = q.user_id
        JOIN hub_namespace n ON n.id = u.id
       WHERE q.repo_id = ?
      """;
  private static final String PAGE =
      SELECT + " AND q.status = ? AND q.id < ? ORDER BY q.id DESC LIMIT ?";
  private static final String OF_USER = SELECT + " AND q.user_id = ? FOR UPDATE OF q";
  private static final String OF_ID = SELECT + " AND q.id = ? FOR UPDATE OF q";
  private static final String ASK =
      """
      INSERT INTO hub_access_request (repo_id, user_id, status, granted, fields, asked_at)
      VALUES (?, ?, ?, false, ?, ?)
      ON CONFLICT (repo_id, user_id) DO NOTHING
      """;
  private static final String GRANT =
      """
      INSERT INTO hub_access_request (repo_id, user_id, status, granted, asked_at)
      VALUES (?, ?, 'accepted', true, ?)
      ON CONFLICT (repo_id, user_id) DO UPDATE SET status = 'accepted', rejection_reason = ''
       WHERE hub_access_request.status <> 'accepted'
      """;
  private static final String DECIDE =
      "UPDATE hub_access_request SET status = ?, rejection_reason = ? WHERE id = ?";
  private static final String WITHDRAW = "DELETE FROM hub_access_request WHERE id = ?";

  private AccessRequests() {}

  /** The requests of a status, the newest first, with ids below the given one. */
  static List<AccessRequest> page(
      DbExecute db, long repoId, Admission status, long before, int limit) {
    return db.query(PAGE, repoId, status.word(), before, limit)
        .map(AccessRequests::request)
        .toList();
  }

  /** A user's request, locked until the transaction ends. */
  static Optional<AccessRequest> ofUser(DbTransaction tx, long repoId, long userId) {
    return tx.query(OF_USER, repoId, userId).map(AccessRequests::request).toList().stream()
        .findFirst();
  }

  /** The request of this id, locked until the transaction ends. */
  static Optional<AccessRequest> ofId(DbTransaction tx, long repoId, long id) {
    return tx.query(OF_ID, repoId, id).map(AccessRequests::request).toList().stream().findFirst();
  }

  /** Adds a request unless the user has one. */
  static void ask(
      DbTransaction tx, long repoId, long userId, Admission status, String fields, Instant now) {
    tx.insert(ASK, repoId, userId, status.word(), fields, time(now));
  }

  /** Lets a user in who may not have asked; false when he was in already. */
  static boolean grant(DbTransaction tx, long repoId, long userId, Instant now) {
    return tx.insert(GRANT, repoId, userId, time(now)) > 0;
  }

  /** Decides. Who is let in no more must not believe that the chunk store still has things. */
  static void decide(DbTransaction tx, AccessRequest request, Admission status, String reason) {
    tx.update(DECIDE, status.word(), reason, request.id());
    if (request.status() == Admission.ACCEPTED) {
      Users.forgetCas(tx, request.userId());
    }
  }

  /** Takes a request back. */
  static void withdraw(DbTransaction tx, AccessRequest request) {
    tx.delete(WITHDRAW, request.id());
  }

  private static AccessRequest request(DbRow row) {
    return new AccessRequest(
        longOf(row, "id"),
        longOf(row, "user_id"),
        textOf(row, "name"),
        textOf(row, "full_name"),
        textOf(row, "email"),
        Admission.of(textOf(row, "status")),
        booleanOf(row, "granted"),
        optional(row, "fields", String.class),
        instantOf(row, "asked_at"));
  }
}
