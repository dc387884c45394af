package dev.ashlar.casserver.xet;

import dev.ashlar.casserver.intake.XorbIntake;
import dev.ashlar.core.hash.MerkleHash;
import dev.ashlar.core.problem.Kind;
import dev.ashlar.core.problem.Problem.Missing;
import dev.ashlar.core.problem.ProblemException;
import dev.ashlar.core.token.XetToken.Scope;
import dev.ashlar.core.xorb.XorbLimits;
import dev.ashlar.metadata.Database;
import dev.ashlar.metadata.ReadableRepos;
import dev.ashlar.metadata.XorbGrants;
import dev.ashlar.metadata.Xorbs;
import dev.ashlar.web.Exchange;
import dev.ashlar.web.Problems;
import dev.ashlar.web.Reply;
import java.io.IOException;
import java.util.List;
import java.util.Map;

/** Uploads of xorbs, and questions about them. */
final class XorbEndpoints {
  private static final int GRANT_BYTES_MAX = 64 << 10;

  private final XetAuth auth;
  private final XorbIntake intake;
  private final Database database;
  private final ReadableRepos readable;

  XorbEndpoints(XetAuth auth, XorbIntake intake, Database database, ReadableRepos readable) {
    this.auth = auth;
    this.intake = intake;
    this.database = database;
    this.readable = readable;
  }

  void routes(CasRoutes routes) {
    var paths =
        new String[] {
          "/v1/xorbs/{prefix}/{hash}", "/xorbs/{prefix}/{hash}", "/xorb/{prefix}/{hash}"
        };
    routes.add("POST", this::upload, paths);
    routes.add("HEAD", this::head, paths);
    routes.add("POST", XorbEndpoints::noGrant, "/v1/xorb-grants/{prefix}/{hash}");
  }

  private void upload(Exchange exchange) throws IOException {
    var token = auth.require(exchange, Scope.WRITE);
    var hash = MerkleHash.parse(exchange.param("hash"));
    try (var body = exchange.body("xorb", XorbLimits.UPLOAD_BYTES_MAX)) {
      var receipt = intake.accept(token.callerId(), hash, body);
      exchange.send(Reply.json(200, Map.of("was_inserted", receipt.inserted())));
    }
  }

  private void head(Exchange exchange) {
    var token = auth.require(exchange, Scope.READ);
    var hash = MerkleHash.parse(exchange.param("hash"));
    var xorb =
        database
            .read(
                db ->
                    Xorbs.find(
                        db, XorbGrants.usable(db, token.callerId(), List.of(hash), readable)))
            .values()
            .stream()
            .findFirst()
            .orElseThrow(() -> new ProblemException(new Missing(Kind.XORB, hash.toString())));
    exchange.sendHead(200, xorb.bodyBytes());
  }

  /** Clients ask before each xorb; 404 is the answer that sends them to the plain upload. */
  private static void noGrant(Exchange exchange) throws IOException {
    exchange.bodyBytes("grant request", GRANT_BYTES_MAX);
    exchange.send(Problems.of(404, "", "xorbs are uploaded to /v1/xorbs"));
  }
}
