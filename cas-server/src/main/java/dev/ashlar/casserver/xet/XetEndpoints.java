package dev.ashlar.casserver.xet;

import dev.ashlar.casserver.dedup.StoredChunks;
import dev.ashlar.casserver.intake.Admission;
import dev.ashlar.casserver.intake.Intake;
import dev.ashlar.core.token.KeyRing;
import dev.ashlar.core.token.SignedUrls;
import dev.ashlar.core.token.XetTokens;
import dev.ashlar.metadata.Database;
import dev.ashlar.metadata.ReadableRepos;
import dev.ashlar.objectstore.StoredXorbs;
import dev.ashlar.web.Routes;
import java.time.InstantSource;
import java.util.Optional;

/**
 * All routes of the Xet protocol, below {@code /cas/{scope}}.
 *
 * @param dedupKeys hide the chunk hashes of dedup answers
 * @param gatewayUrl the base of signed addresses, when it is not the server's own
 */
public record XetEndpoints(
    Database database,
    StoredXorbs store,
    ReadableRepos readable,
    Admission admission,
    Intake intake,
    StoredChunks chunks,
    XetTokens tokens,
    SignedUrls urls,
    KeyRing dedupKeys,
    Optional<String> gatewayUrl,
    InstantSource clock) {

  /** Adds the routes. */
  public void routes(Routes routes) {
    var cas = new CasRoutes(routes);
    var auth = new XetAuth(tokens, admission);
    var files = new HeldFiles(database, store);
    new XorbEndpoints(auth, intake.xorbs(), database, readable).routes(cas);
    new ShardEndpoints(auth, intake.shards()).routes(cas);
    var plans = new FilePlans(store);
    var room = new PlanRoom();
    new ReconstructionEndpoints(auth, files, plans, room, urls, gatewayUrl).routes(cas);
    new BatchEndpoints(auth, files, room, urls, gatewayUrl).routes(cas);
    new DedupEndpoints(auth, database, chunks, store, readable, dedupKeys, clock).routes(cas);
    new EditEndpoints(auth, files, room).routes(cas);
    new TelemetryEndpoints().routes(routes);
  }
}
