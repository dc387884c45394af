package dev.ashlar.casserver.xet;

import dev.ashlar.casserver.dedup.StoredChunks;
import dev.ashlar.core.hash.MerkleHash;
import dev.ashlar.core.problem.Kind;
import dev.ashlar.core.problem.Problem.Missing;
import dev.ashlar.core.problem.ProblemException;
import dev.ashlar.core.shard.DedupShard;
import dev.ashlar.core.shard.DedupXorb;
import dev.ashlar.core.token.KeyRing;
import dev.ashlar.core.token.XetToken.Scope;
import dev.ashlar.metadata.Database;
import dev.ashlar.metadata.DedupIndex;
import dev.ashlar.metadata.ReadableRepos;
import dev.ashlar.metadata.StoredXorb;
import dev.ashlar.metadata.XorbGrants;
import dev.ashlar.objectstore.ObjectKey;
import dev.ashlar.objectstore.StoredXorbs;
import dev.ashlar.web.Exchange;
import java.io.IOException;
import java.lang.System.Logger.Level;
import java.time.Duration;
import java.time.Instant;
import java.time.InstantSource;
import java.util.ArrayList;
import java.util.List;

/**
 * Answers whether a chunk is stored already, with the xorbs around it.
 *
 * <p>An answer hides chunk hashes under a key of the caller and the day, names only xorbs that the
 * caller may see, and is remembered as shown, so that a shard may use them until it expires.
 * Clients retry a failing query for minutes and take every other status as "no": so no well-formed
 * query is ever answered with 5xx.
 */
final class DedupEndpoints {
  private static final System.Logger LOG = System.getLogger(DedupEndpoints.class.getName());
  private static final Duration LIFETIME = Duration.ofDays(7);

  /** A client may send the shard a while after it looked at the expiry. */
  private static final Duration MARGIN = Duration.ofDays(1);

  private static final int CHUNKS_MAX = 64 << 10;

  private final XetAuth auth;
  private final Database database;
  private final StoredChunks chunks;
  private final StoredXorbs store;
  private final ReadableRepos readable;
  private final KeyRing keys;
  private final InstantSource clock;

  DedupEndpoints(
      XetAuth auth,
      Database database,
      StoredChunks chunks,
      StoredXorbs store,
      ReadableRepos readable,
      KeyRing keys,
      InstantSource clock) {
    this.auth = auth;
    this.database = database;
    this.chunks = chunks;
    this.store = store;
    this.readable = readable;
    this.keys = keys;
    this.clock = clock;
  }

  void routes(CasRoutes routes) {
    routes.add(
        "GET",
        this::query,
        "/v1/chunks/{prefix}/{hash}",
        "/chunks/{prefix}/{hash}",
        "/chunk/{prefix}/{hash}");
  }

  private void query(Exchange exchange) throws IOException {
    var token = auth.signed(exchange, Scope.READ);
    var caller = token.callerId();
    var chunk = auth.hash(exchange, token);
    List<DedupXorb> answer = List.of();
    var now = clock.instant();
    try {
      if (caller != 0 && isKnown(chunk) && auth.stands(token)) {
        answer = answer(caller, chunk, now.plus(LIFETIME));
      }
    } catch (IOException | RuntimeException e) {
      LOG.log(Level.WARNING, "dedup query failed id=" + exchange.requestId(), e);
    }
    if (answer.isEmpty()) {
      throw new ProblemException(new Missing(Kind.CHUNK, chunk.toString()));
    }
    exchange.setHeader("Content-Type", "application/octet-stream");
    try (var out = exchange.stream(200, DedupShard.bytes(answer))) {
      DedupShard.write(answer, key(caller, now), now, now.plus(LIFETIME), out);
    }
  }

  /** Who has lost his rights hears the same as everybody about a chunk that is not there. */
  private boolean isKnown(MerkleHash chunk) {
    return chunks.mayHold(chunk) && database.look(db -> DedupIndex.isKnown(db, chunk));
  }

  /** The same all day, so that clients need not hash every chunk under many keys. */
  private byte[] key(long caller, Instant now) {
    return keys.derive("dedup\n" + caller + "\n" + now.getEpochSecond() / 86_400);
  }

  private List<DedupXorb> answer(long caller, MerkleHash chunk, Instant expires)
      throws IOException {
    var visible = database.read(db -> DedupIndex.around(db, caller, chunk, readable));
    var shown = shown(visible);
    if (!shown.isEmpty()) {
      var ids = visible.subList(0, shown.size()).stream().map(StoredXorb::id).toList();
      database.change(tx -> XorbGrants.shown(tx, caller, ids, expires.plus(MARGIN)));
    }
    return shown;
  }

  private List<DedupXorb> shown(List<StoredXorb> visible) throws IOException {
    var shown = new ArrayList<DedupXorb>();
    int chunks = 0;
    for (var xorb : visible) {
      chunks += xorb.chunks();
      if (chunks > CHUNKS_MAX) {
        break;
      }
      var index = store.index(new ObjectKey(xorb.storageKey()));
      shown.add(new DedupXorb(xorb.hash(), xorb.bodyBytes(), index.chunks()));
    }
    return shown;
  }
}
