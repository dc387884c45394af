package dev.ashlar.hub.account;

import dev.ashlar.core.problem.Kind;
import dev.ashlar.core.problem.Problem.Invalid;
import dev.ashlar.core.problem.Problem.Missing;
import dev.ashlar.core.problem.Problem.OverLimit;
import dev.ashlar.core.problem.ProblemException;
import dev.ashlar.core.token.KeyRing;
import dev.ashlar.metadata.Database;
import io.helidon.dbclient.DbTransaction;
import java.security.SecureRandom;
import java.util.List;
import java.util.Optional;
import java.util.function.Consumer;

/** The door to users and access tokens for administration. */
public final class Accounts {
  private static final int IMPORTED_TOKEN_LENGTH_MIN = 16;

  private static final int TEXT_MAX = 2000;

  private final Database database;
  private final Tokens tokens;
  private final SecureRandom random = new SecureRandom();

  /** Accounts in this database; the pepper keys the stored hashes of tokens. */
  public Accounts(Database database, KeyRing pepper) {
    this.database = database;
    this.tokens = new Tokens(pepper);
  }

  /**
   * Adds a user. An imported name may break the rule for new names as long as clients can carry it.
   */
  public User addUser(String name, String fullName, String email, boolean admin, boolean imported) {
    var checked = imported ? NameRule.checkImported(name) : NameRule.checkNew(name);
    return database.transact(tx -> addUser(tx, checked, fullName, email, admin));
  }

  private static User addUser(
      DbTransaction tx, String name, String fullName, String email, boolean admin) {
    long id = Namespaces.claim(tx, Kind.USER, name);
    Users.insert(tx, id, oneLine("full name", fullName), oneLine("email", email), admin);
    return Users.byId(tx, id).orElseThrow();
  }

  /** Adds a token for a user and returns its text, which cannot be had a second time. */
  public String addToken(
      String user, TokenScope scope, String name, Optional<String> importedToken) {
    return addToken(user, NewToken.everywhere(name, scope, importedToken));
  }

  /** The same for a token of any kind. */
  public String addToken(String user, NewToken token) {
    return database.transact(
        tx ->
            addToken(
                tx,
                Users.byName(tx, user)
                    .orElseThrow(() -> new ProblemException(new Missing(Kind.USER, user))),
                token));
  }

  private String addToken(DbTransaction tx, User owner, NewToken token) {
    if (token.grants().size() > NewToken.GRANTS_MAX) {
      throw new ProblemException(new OverLimit("the grants of a token", NewToken.GRANTS_MAX));
    }
    var text =
        token.imported().map(Accounts::checkedImport).orElseGet(() -> TokenText.random(random));
    var id = token.imported().isPresent() ? TokenText.randomId(random) : TokenText.id(text);
    oneLine("token name", token.name());
    tokens.insert(tx, owner.id(), token, id, text);
    return text;
  }

  /** Takes a token away; requests that carry it are refused from now on. */
  public void revokeToken(String id) {
    if (!database.<Boolean>transact(tx -> tokens.delete(tx, id))) {
      throw new ProblemException(new Missing(Kind.TOKEN, id));
    }
  }

  /** All tokens by user; their texts are not known. */
  public List<AccessToken> listTokens() {
    return database.read(tokens::all);
  }

  /** The token that a request came with. */
  public AccessToken token(Caller.SignedIn caller) {
    return database.read(db -> tokens.byId(db, caller.tokenId()));
  }

  /** All users by name. */
  public List<User> listUsers() {
    return database.read(Users::all);
  }

  /**
   * On the first start, makes the administrator and hands the text of a write token to {@code keep}
   * before the transaction ends: nobody is left with an account that has no token. Answers whether
   * this was the first start.
   */
  public boolean firstAdmin(String name, Consumer<String> keep) {
    return database.transact(
        tx -> {
          if (!Users.isEmpty(tx)) {
            return false;
          }
          var admin = addUser(tx, NameRule.checkNew(name), "", "", true);
          keep.accept(
              addToken(
                  tx, admin, NewToken.everywhere("first", TokenScope.WRITE, Optional.empty())));
          return true;
        });
  }

  private static String checkedImport(String token) {
    if (token.length() < IMPORTED_TOKEN_LENGTH_MIN
        || !TokenText.isPlausible(token)
        || !token.chars().allMatch(c -> c > 0x20 && c < 0x7f)) {
      throw new ProblemException(
          new Invalid("token", "an imported token has 16 to 512 printable characters"));
    }
    return token;
  }

  static String oneLine(String what, String text) {
    if (text.length() > 200 || text.chars().anyMatch(Character::isISOControl)) {
      throw new ProblemException(new Invalid(what, "one line of up to 200 characters is needed"));
    }
    return text.strip();
  }

  /** Passes what somebody says in a few paragraphs. */
  public static String text(String what, String text) {
    if (text.length() > TEXT_MAX
        || text.chars().anyMatch(c -> Character.isISOControl(c) && c != '\n')) {
      throw new ProblemException(
          new Invalid(what, "plain text of up to 2000 characters is needed"));
    }
    return text.strip();
  }
}
