package dev.ashlar.hub.account;

import static dev.ashlar.metadata.Columns.instantOf;
import static dev.ashlar.metadata.Columns.longOf;
import static dev.ashlar.metadata.Columns.textOf;

import dev.ashlar.core.problem.Kind;
import dev.ashlar.core.problem.Problem.Taken;
import dev.ashlar.core.problem.ProblemException;
import dev.ashlar.core.token.KeyRing;
import dev.ashlar.hub.account.Caller.SignedIn;
import io.helidon.dbclient.DbExecute;
import io.helidon.dbclient.DbRow;
import java.util.List;
import java.util.Optional;

/**
 * The table of access tokens. What is stored of a token's text is a hash under a key that is kept
 * outside the database, so that a copy of the database opens nothing.
 */
final class Tokens {
  private static final String INSERT =
      """
      INSERT INTO hub_token (user_id, name, scope, public_id, token_hash) VALUES (?, ?, ?, ?, ?)
      ON CONFLICT DO NOTHING
      """;
  private static final String CALLER =
      """
      SELECT u.id, n.name, u.full_name, u.email, u.admin, u.cas_epoch, n.created_at,
             t.id AS token_id, t.scope
        FROM hub_token t
        JOIN hub_user u ON u.id = t.user_id
        JOIN hub_namespace n ON n.id = u.id
       WHERE t.token_hash = ?
      """;
  private static final String COLUMNS =
      """
      SELECT t.id, n.name AS user_name, t.name, t.scope, t.public_id, t.created_at
        FROM hub_token t JOIN hub_namespace n ON n.id = t.user_id
      """;
  private static final String BY_ID = COLUMNS + " WHERE t.id = ?";
  private static final String ALL = COLUMNS + " ORDER BY lower(n.name), t.id";
  private static final String DELETE = "DELETE FROM hub_token WHERE public_id = ?";

  private final KeyRing pepper;

  Tokens(KeyRing pepper) {
    this.pepper = pepper;
  }

  void insert(
      DbExecute tx, long userId, String name, TokenScope scope, String publicId, String token) {
    if (tx.insert(INSERT, userId, name, scope.word(), publicId, hash(token)) == 0) {
      throw new ProblemException(new Taken(Kind.TOKEN, name));
    }
  }

  Optional<SignedIn> caller(DbExecute db, String token) {
    if (!TokenText.isPlausible(token)) {
      return Optional.empty();
    }
    return db.get(CALLER, (Object) hash(token))
        .map(
            row ->
                new SignedIn(
                    Users.user(row), longOf(row, "token_id"), TokenScope.of(textOf(row, "scope"))));
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

  private byte[] hash(String token) {
    return pepper.sign("access token\n" + token);
  }

  private static AccessToken token(DbRow row) {
    return new AccessToken(
        textOf(row, "public_id"),
        textOf(row, "user_name"),
        textOf(row, "name"),
        TokenScope.of(textOf(row, "scope")),
        instantOf(row, "created_at"));
  }
}
