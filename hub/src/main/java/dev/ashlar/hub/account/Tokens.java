package dev.ashlar.hub.account;

import static dev.ashlar.metadata.Columns.booleanOf;
import static dev.ashlar.metadata.Columns.instantOf;
import static dev.ashlar.metadata.Columns.longOf;
import static dev.ashlar.metadata.Columns.optional;
import static dev.ashlar.metadata.Columns.textOf;

import dev.ashlar.core.problem.Kind;
import dev.ashlar.core.problem.Problem.Taken;
import dev.ashlar.core.problem.ProblemException;
import dev.ashlar.core.token.KeyRing;
import dev.ashlar.hub.account.Caller.SignedIn;
import dev.ashlar.hub.account.Grant.Place;
import dev.ashlar.metadata.Columns;
import io.helidon.dbclient.DbExecute;
import io.helidon.dbclient.DbRow;
import java.sql.Timestamp;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.Optional;

/**
 * The tables of access tokens. What is stored of a token's text is a hash under a key that is kept
 * outside the database, so that a copy of the database opens nothing. A token that has ended is not
 * found.
 */
public final class Tokens {
  private static final String INSERT =
      """
      INSERT INTO hub_token (user_id, name, scope, public_id, token_hash, expires_at, cas_id)
      SELECT v.user_id, v.name, v.scope, v.public_id, v.token_hash, v.expires_at,
             CASE WHEN v.scope = 'fine-grained'
                  THEN nextval(pg_get_serial_sequence('hub_namespace', 'id')) END
        FROM (VALUES (CAST(? AS bigint), CAST(? AS text), CAST(? AS text), CAST(? AS text),
                      CAST(? AS bytea), CAST(? AS timestamptz)))
             AS v (user_id, name, scope, public_id, token_hash, expires_at)
      ON CONFLICT DO NOTHING
      RETURNING id
      """;
  private static final String INSERT_GRANT =
      "INSERT INTO hub_token_grant (token_id, namespace_id, repo_id, writes) VALUES (?, ?, ?, ?)";
  private static final String CALLER =
      """
      SELECT u.id, n.name, u.full_name, u.email, u.admin, u.cas_epoch, n.created_at,
             t.id AS token_id, t.scope, t.cas_id, t.cas_epoch AS token_epoch
        FROM hub_token t
        JOIN hub_user u ON u.id = t.user_id
        JOIN hub_namespace n ON n.id = u.id
       WHERE (t.expires_at IS NULL OR t.expires_at > now())
      """;
  private static final String BY_TEXT = CALLER + " AND t.token_hash = ?";
  private static final String BY_CAS_ID = CALLER + " AND t.cas_id = ?";
  private static final String GRANTS =
      "SELECT namespace_id, repo_id, writes FROM hub_token_grant WHERE token_id = ?";
  private static final String COLUMNS =
      """
      SELECT t.id, n.name AS user_name, t.name, t.scope, t.public_id, t.created_at, t.expires_at
        FROM hub_token t JOIN hub_namespace n ON n.id = t.user_id
      """;
  private static final String BY_ID = COLUMNS + " WHERE t.id = ?";
  private static final String ALL = COLUMNS + " ORDER BY lower(n.name), t.id";
  private static final String DELETE = "DELETE FROM hub_token WHERE public_id = ?";
  private static final String RAISE_EPOCHS =
      "UPDATE hub_token SET cas_epoch = cas_epoch + 1 WHERE cas_id IS NOT NULL";

  private final KeyRing pepper;

  Tokens(KeyRing pepper) {
    this.pepper = pepper;
  }

  void insert(DbExecute tx, long userId, NewToken token, String publicId, String text) {
    var id =
        tx
            .query(
                INSERT,
                userId,
                token.name().strip(),
                token.scope().map(TokenScope::word).orElse(TokenScope.FINE_GRAINED),
                publicId,
                hash(text),
                token.expires().map(Columns::time).orElse(null))
            .map(row -> longOf(row, "id"))
            .toList()
            .stream()
            .findFirst()
            .orElseThrow(() -> new ProblemException(new Taken(Kind.TOKEN, token.name())));
    for (var grant : token.grants()) {
      boolean whole = grant.place() == Place.NAMESPACE;
      tx.insert(
          INSERT_GRANT,
          id,
          whole ? grant.id() : null,
          whole ? null : grant.id(),
          grant.reach() == Reach.WRITE);
    }
  }

  Optional<SignedIn> caller(DbExecute db, String token) {
    return TokenText.isPlausible(token)
        ? db.get(BY_TEXT, (Object) hash(token)).map(row -> caller(db, row))
        : Optional.empty();
  }

  /** The caller whom the chunk store knows under this id, with the rights of this moment. */
  public static Optional<Caller> ofCas(DbExecute db, long casId) {
    if (casId == 0) {
      return Optional.of(new Caller.Anonymous());
    }
    var user = Users.byId(db, casId).map(known -> new SignedIn(known, 0, TokenScope.WRITE));
    return user.isPresent()
        ? Optional.of(user.get())
        : db.get(BY_CAS_ID, casId).map(row -> caller(db, row));
  }

  private static SignedIn caller(DbExecute db, DbRow row) {
    long id = longOf(row, "token_id");
    return new SignedIn(Users.user(row), id, scope(db, row, id));
  }

  private static TokenScope scope(DbExecute db, DbRow row, long id) {
    var word = textOf(row, "scope");
    if (!word.equals(TokenScope.FINE_GRAINED)) {
      return word.equals(TokenScope.WRITE.word()) ? TokenScope.WRITE : TokenScope.READ;
    }
    Map<Long, Reach> namespaces = new HashMap<>();
    Map<Long, Reach> repos = new HashMap<>();
    for (var grant : db.query(GRANTS, id).toList()) {
      var reach = booleanOf(grant, "writes") ? Reach.WRITE : Reach.READ;
      optional(grant, "namespace_id", Long.class).ifPresent(key -> namespaces.put(key, reach));
      optional(grant, "repo_id", Long.class).ifPresent(key -> repos.put(key, reach));
    }
    return TokenScope.of(
        new FineGrained(longOf(row, "cas_id"), longOf(row, "token_epoch"), namespaces, repos));
  }

  AccessToken byId(DbExecute db, long id) {
    return db.get(BY_ID, id).map(Tokens::token).orElseThrow();
  }

  List<AccessToken> all(DbExecute db) {
    return db.query(ALL).map(Tokens::token).toList();
  }

  boolean delete(DbExecute tx, String publicId) {
    return tx.delete(DELETE, publicId) > 0;
  }

  /** Something became hidden, maybe from some of these tokens although their users still see it. */
  static void forgetCas(DbExecute tx) {
    tx.update(RAISE_EPOCHS);
  }

  private byte[] hash(String token) {
    return pepper.sign("access token\n" + token);
  }

  private static AccessToken token(DbRow row) {
    return new AccessToken(
        textOf(row, "public_id"),
        textOf(row, "user_name"),
        textOf(row, "name"),
        textOf(row, "scope"),
        instantOf(row, "created_at"),
        optional(row, "expires_at", Timestamp.class).map(Timestamp::toInstant));
  }
}
