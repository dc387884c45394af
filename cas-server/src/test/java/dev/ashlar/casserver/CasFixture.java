package dev.ashlar.casserver;

import dev.ashlar.casserver.intake.ShardLimits;
import dev.ashlar.core.golden.GoldenFiles;
import dev.ashlar.core.hash.MerkleHash;
import dev.ashlar.core.token.CasScope;
import dev.ashlar.core.token.KeyRing;
import dev.ashlar.core.token.SignedUrls;
import dev.ashlar.core.token.XetToken;
import dev.ashlar.core.token.XetToken.Scope;
import dev.ashlar.core.token.XetTokens;
import dev.ashlar.gateway.Gateway;
import dev.ashlar.metadata.Authority;
import dev.ashlar.metadata.Database;
import dev.ashlar.metadata.Holds;
import dev.ashlar.metadata.TestDatabase;
import dev.ashlar.objectstore.FileStore;
import dev.ashlar.objectstore.ObjectKey;
import dev.ashlar.objectstore.Staging;
import dev.ashlar.objectstore.StoredXorbs;
import dev.ashlar.web.HttpServer;
import dev.ashlar.web.Metrics;
import dev.ashlar.web.PublicUrl;
import dev.ashlar.web.Routes;
import io.helidon.dbclient.DbExecute;
import io.helidon.dbclient.DbTransaction;
import java.io.IOException;
import java.net.InetAddress;
import java.net.InetSocketAddress;
import java.net.URI;
import java.net.http.HttpClient;
import java.net.http.HttpRequest;
import java.net.http.HttpRequest.BodyPublishers;
import java.net.http.HttpResponse;
import java.net.http.HttpResponse.BodyHandlers;
import java.nio.file.Files;
import java.nio.file.Path;
import java.time.Instant;
import java.time.InstantSource;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.Set;
import java.util.TreeMap;
import java.util.concurrent.ConcurrentHashMap;
import java.util.stream.Collectors;

/** A CAS over a fresh database and folder, listening on a free port. */
final class CasFixture implements AutoCloseable {
  static final KeyRing KEYS = KeyRing.parse("5a".repeat(32));
  static final InstantSource CLOCK = InstantSource.system();

  /** Which repositories each caller may read. */
  final Map<Long, Set<Long>> readable = new ConcurrentHashMap<>();

  /** The repositories that the callers' tokens are for. */
  final Map<Long, Set<Long>> own =
      new ConcurrentHashMap<>(Map.of(0L, Set.of(10L), 1L, Set.of(10L, 11L), 2L, Set.of(20L)));

  /** Access tokens that are no longer good; that of a caller has the caller's number. */
  final Set<Long> revoked = ConcurrentHashMap.newKeySet();

  /** Repositories that are gone when a hold shall be written. */
  final Set<Long> deleted = ConcurrentHashMap.newKeySet();

  final Database database = TestDatabase.open();
  final Staging staging;
  final FileStore objects;
  final CasServer cas;
  final Metrics metrics = new Metrics();
  final SignedUrls urls = new SignedUrls(KEYS, CLOCK);
  private final HttpServer server;
  private final HttpClient http = HttpClient.newHttpClient();

  CasFixture(Path folder) throws IOException {
    this(folder, ShardLimits.DEFAULT);
  }

  CasFixture(Path folder, ShardLimits limits) throws IOException {
    staging = new Staging(Files.createDirectories(folder.resolve("staging")));
    objects = FileStore.open(folder.resolve("objects"), staging);
    cas =
        new CasServer(
            new CasServer.Parts(
                database,
                objects,
                new StoredXorbs(objects),
                staging,
                (_, caller, repos) ->
                    repos.stream()
                        .filter(
                            repo ->
                                readable.getOrDefault(caller, Set.of()).contains(repo)
                                    || own.getOrDefault(caller, Set.of()).contains(repo))
                        .collect(Collectors.toSet()),
                authority(),
                new XetTokens(KEYS, CLOCK),
                urls,
                KEYS,
                limits,
                Optional.empty(),
                CLOCK,
                metrics));
    var routes = new Routes();
    cas.routes(routes);
    new Gateway(urls, new StoredXorbs(objects), database, metrics).routes(routes);
    server =
        new HttpServer(
            new InetSocketAddress(InetAddress.getLoopbackAddress(), 0),
            new PublicUrl(Optional.empty()),
            routes);
  }

  private Authority authority() {
    return new Authority() {
      @Override
      public boolean stands(DbExecute db, long caller, long accessToken, long repo, Right right) {
        boolean writes = own.getOrDefault(caller, Set.of()).contains(repo);
        boolean reads = writes || readable.getOrDefault(caller, Set.of()).contains(repo);
        return !revoked.contains(accessToken) && (right == Right.WRITE ? writes : reads);
      }

      @Override
      public Sight look(
          DbExecute db, long caller, long accessToken, long repo, Right right, MerkleHash file) {
        return new Sight(stands(db, caller, accessToken, repo, right), Holds.look(db, repo, file));
      }

      @Override
      public boolean keep(DbTransaction tx, long repo) {
        return !deleted.contains(repo);
      }
    };
  }

  static String scope(long caller) {
    return CasScope.of(KEYS, "test", caller, 0);
  }

  static String token(long caller, long repo, Scope scope) {
    return token(caller, repo, scope, CLOCK.instant().plusSeconds(600));
  }

  static String token(long caller, long repo, Scope scope, Instant expires) {
    return new XetTokens(KEYS, CLOCK).sign(new XetToken(caller, caller, repo, scope, expires));
  }

  /** A request below the caller's CAS base. */
  HttpRequest.Builder request(long caller, String path) {
    return HttpRequest.newBuilder(url("/cas/" + scope(caller) + path));
  }

  URI url(String path) {
    return URI.create("http://127.0.0.1:" + server.port() + path);
  }

  HttpResponse<byte[]> send(HttpRequest.Builder request) throws IOException {
    try {
      return http.send(request.build(), BodyHandlers.ofByteArray());
    } catch (InterruptedException e) {
      Thread.currentThread().interrupt();
      throw new IllegalStateException(e);
    }
  }

  HttpResponse<byte[]> post(long caller, long repo, String path, byte[] body) throws IOException {
    return send(
        request(caller, path)
            .header("Authorization", "Bearer " + token(caller, repo, Scope.WRITE))
            .POST(BodyPublishers.ofByteArray(body)));
  }

  HttpResponse<byte[]> get(long caller, long repo, String path, String... headers)
      throws IOException {
    var request =
        request(caller, path).header("Authorization", "Bearer " + token(caller, repo, Scope.READ));
    if (headers.length > 0) {
      request.headers(headers);
    }
    return send(request.GET());
  }

  /** Uploads a golden xorb for the caller. */
  HttpResponse<byte[]> postXorb(long caller, long repo, String golden) throws IOException {
    var hash = GoldenFiles.json("xorbs/" + golden + ".json").required("hash").asText();
    return post(
        caller, repo, "/v1/xorbs/default/" + hash, GoldenFiles.bytes("xorbs/" + golden + ".bin"));
  }

  /** What is stored: the rows of every content table, and the objects. */
  record Contents(Map<String, Long> rows, Set<String> objects, List<String> staged) {}

  Contents contents() throws IOException {
    var rows = new TreeMap<String, Long>();
    for (var table :
        List.of(
            "xorb", "xorb_grant", "file", "file_terms", "file_xorb", "file_grant", "dedup_chunk")) {
      rows.put(table, rows(table));
    }
    try (var keys = objects.keys();
        var staged = Files.list(staging.folder())) {
      return new Contents(
          Map.copyOf(rows),
          keys.map(ObjectKey::text).collect(Collectors.toSet()),
          staged.map(path -> path.getFileName().toString()).toList());
    }
  }

  long rows(String table) {
    return database.read(
        db ->
            db.get("select count(*) as n from " + table).orElseThrow().column("n").get(Long.class));
  }

  @Override
  public void close() {
    http.shutdownNow();
    server.close();
    cas.close();
    database.close();
  }
}
