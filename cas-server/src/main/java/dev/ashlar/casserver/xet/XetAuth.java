package dev.ashlar.casserver.xet;

import dev.ashlar.casserver.intake.Admission;
import dev.ashlar.core.hash.MerkleHash;
import dev.ashlar.core.problem.Need;
import dev.ashlar.core.problem.Problem.Refused;
import dev.ashlar.core.problem.ProblemException;
import dev.ashlar.core.token.XetToken;
import dev.ashlar.core.token.XetToken.Scope;
import dev.ashlar.core.token.XetTokens;
import dev.ashlar.metadata.SeenFile;
import dev.ashlar.web.Exchange;
import java.util.Optional;

/**
 * Who asks: the Bearer token of a request. The scope in the path decides nothing: it only gives
 * each caller an address of its own, by which clients key their memory.
 */
final class XetAuth {
  private static final String BEARER = "bearer ";

  private final XetTokens tokens;
  private final Admission admission;

  XetAuth(XetTokens tokens, Admission admission) {
    this.tokens = tokens;
    this.admission = admission;
  }

  /**
   * The token, or 401 without a good one and 403 when it is only for reading. One that was good is
   * 401 too: the client then asks the hub for another, and learns there what has changed.
   */
  XetToken require(Exchange exchange, Scope needed) {
    var token = signed(exchange, needed);
    requireStanding(token);
    return token;
  }

  private void requireStanding(XetToken token) {
    if (!stands(token)) {
      throw new ProblemException(new Refused(Need.VALID_TOKEN));
    }
  }

  /** Somebody who may read, what he asks for, and that file if the token's repository holds it. */
  record Reader(XetToken token, MerkleHash file, Optional<SeenFile> seen) {}

  /**
   * Like {@link #require} for reading; the file that the path names is looked for in the same
   * statement.
   */
  Reader reader(Exchange exchange) {
    var token = signed(exchange, Scope.READ);
    var file = hash(exchange, token);
    var sight = admission.look(token, file);
    if (!sight.stands()) {
      throw new ProblemException(new Refused(Need.VALID_TOKEN));
    }
    return new Reader(token, file, sight.file());
  }

  /** What the path names; that it names nothing is told only to somebody whose token stands. */
  MerkleHash hash(Exchange exchange, XetToken token) {
    try {
      return MerkleHash.parse(exchange.param("hash"));
    } catch (ProblemException malformed) {
      requireStanding(token);
      throw malformed;
    }
  }

  /** Whether what a good token permits is permitted still. */
  boolean stands(XetToken token) {
    return admission.stands(token);
  }

  /** The same without asking whether it still stands. */
  XetToken signed(Exchange exchange, Scope needed) {
    var header =
        exchange
            .header("Authorization")
            .orElseThrow(() -> new ProblemException(new Refused(Need.SIGN_IN)));
    if (!header.regionMatches(true, 0, BEARER, 0, BEARER.length())) {
      throw new ProblemException(new Refused(Need.VALID_TOKEN));
    }
    var token = tokens.verify(header.substring(BEARER.length()).strip());
    if (!token.allows(needed)) {
      throw new ProblemException(new Refused(Need.WRITE_SCOPE));
    }
    return token;
  }
}
