package dev.ashlar.bench;

import dev.ashlar.core.hash.HashedChunk;
import dev.ashlar.core.hash.MerkleHash;
import dev.ashlar.core.hash.XetHash;
import dev.ashlar.core.manifest.ChunkRange;
import dev.ashlar.core.manifest.FileManifest;
import dev.ashlar.core.manifest.Term;
import dev.ashlar.metadata.Database;
import dev.ashlar.metadata.Holds;
import dev.ashlar.metadata.Manifests;
import dev.ashlar.metadata.Xorbs;
import dev.ashlar.metadata.postgres.ConnectionFile;
import java.io.ByteArrayOutputStream;
import java.io.IOException;
import java.net.URI;
import java.net.http.HttpClient;
import java.net.http.HttpRequest;
import java.net.http.HttpRequest.BodyPublishers;
import java.net.http.HttpResponse.BodyHandlers;
import java.nio.file.Path;
import java.time.Instant;
import java.util.ArrayList;
import java.util.List;
import java.util.Optional;
import java.util.Random;
import java.util.function.IntFunction;

/**
 * Fills a running server for {@link PlansLoad}: xorbs by the protocol, then files over them and
 * many more xorb rows straight into the database.
 *
 * <p>Prints a line for each file: the kind of file, a tab, its file id.
 */
final class PlansFill {
  private static final int XORBS = 32;
  private static final int CHUNKS = 1000;
  private static final int CHUNK_BYTES = 1024;
  private static final int TERMS = 2000;

  /** Chunks between the starts of two terms of one xorb. */
  private static final int STEP = 15;

  private static final List<String> ROWS =
      List.of(
          """
          insert into xorb (hash, state, storage_key, body_bytes, raw_bytes, chunks, protected_until)
          select sha256(cast('x' || i as bytea)), 'READY', 'xorb/00/' || md5(cast(i as text)),
                 62500000, 62500000, 1000, now() + interval '28 days'
            from generate_series(1, :rows) i
          """,
          """
          insert into dedup_chunk (chunk_hash, xorb_id)
          select sha256(cast('c' || id as bytea)), id from xorb limit :rows
          """);

  private final HttpClient http = HttpClient.newHttpClient();
  private final Random random = new Random(1);
  private final String casUrl;
  private final String token;
  private final long repo;
  private final Database database;

  private PlansFill(String casUrl, String token, long repo, Database database) {
    this.casUrl = casUrl;
    this.token = token;
    this.repo = repo;
    this.database = database;
  }

  /** Arguments: CAS base, write token, id of its repository, data folder, rows. */
  public static void main(String[] arguments) throws IOException, InterruptedException {
    var config = ConnectionFile.read(Path.of(arguments[3])).orElseThrow();
    try (var database = Database.open(config)) {
      long repo = Long.parseLong(arguments[2]);
      new PlansFill(arguments[0], arguments[1], repo, database)
          .fill(Integer.parseInt(arguments[4]));
    }
  }

  private void fill(int rows) throws IOException, InterruptedException {
    var xorbs = new ArrayList<MerkleHash>();
    for (int i = 0; i < XORBS; i++) {
      xorbs.add(upload());
    }
    for (int i = 0; i < 1000; i++) {
      register("small", xorbs, List.of(term(xorbs.get(i % XORBS), i % (CHUNKS - 8), 8)));
    }
    for (int i = 0; i < 16; i++) {
      register("touching", xorbs, terms(xorbs, i, STEP));
      register("apart", xorbs, terms(xorbs, i, STEP - 1));
    }
    for (var statement : ROWS) {
      database.change(tx -> tx.createInsert(statement).addParam("rows", rows).execute());
    }
    database.change(tx -> tx.createNamedDmlStatement("analyze", "analyze").execute());
  }

  private static List<Term> terms(List<MerkleHash> xorbs, int shift, int chunks) {
    var terms = new ArrayList<Term>();
    IntFunction<MerkleHash> xorb = i -> xorbs.get((i + shift) % XORBS);
    for (int i = 0; i < TERMS; i++) {
      terms.add(term(xorb.apply(i), i / XORBS * STEP, chunks));
    }
    return terms;
  }

  private static Term term(MerkleHash xorb, int start, int chunks) {
    return new Term(xorb, new ChunkRange(start, start + chunks), (long) chunks * CHUNK_BYTES);
  }

  private void register(String kind, List<MerkleHash> xorbs, List<Term> terms) {
    var file =
        new MerkleHash(random.nextLong(), random.nextLong(), random.nextLong(), random.nextLong());
    database.change(
        tx -> {
          var locked = Xorbs.lockForUse(tx, xorbs);
          var id =
              Manifests.register(tx, new FileManifest(file, terms), Optional.empty(), locked).id();
          Holds.upload(tx, repo, id, Instant.now().plusSeconds(86_400));
        });
    System.out.println(kind + "\t" + file);
  }

  private MerkleHash upload() throws IOException, InterruptedException {
    var body = new ByteArrayOutputStream();
    var chunks = new ArrayList<HashedChunk>();
    var chunk = new byte[CHUNK_BYTES];
    byte low = (byte) CHUNK_BYTES;
    byte high = (byte) (CHUNK_BYTES >> 8);
    for (int i = 0; i < CHUNKS; i++) {
      random.nextBytes(chunk);
      chunks.add(new HashedChunk(XetHash.chunk(chunk, 0, CHUNK_BYTES), CHUNK_BYTES));
      body.writeBytes(new byte[] {0, low, high, 0, 0, low, high, 0});
      body.writeBytes(chunk);
    }
    var hash = XetHash.xorb(chunks);
    var request =
        HttpRequest.newBuilder(URI.create(casUrl + "/v1/xorbs/default/" + hash))
            .header("Authorization", "Bearer " + token)
            .POST(BodyPublishers.ofByteArray(body.toByteArray()));
    var reply = http.send(request.build(), BodyHandlers.ofString());
    if (reply.statusCode() != 200) {
      throw new IOException("a xorb was refused: " + reply.body());
    }
    return hash;
  }
}
