package dev.ashlar.gateway;

import dev.ashlar.core.hash.MerkleHash;
import dev.ashlar.core.manifest.ChunkRange;
import dev.ashlar.core.manifest.FileManifest;
import dev.ashlar.core.manifest.Term;
import dev.ashlar.core.token.KeyRing;
import dev.ashlar.core.token.SignedUrls;
import dev.ashlar.metadata.Database;
import dev.ashlar.metadata.Manifests;
import dev.ashlar.metadata.NewXorb;
import dev.ashlar.metadata.TestDatabase;
import dev.ashlar.metadata.Xorbs;
import dev.ashlar.objectstore.FileStore;
import dev.ashlar.objectstore.ObjectKey;
import dev.ashlar.objectstore.SampleXorb;
import dev.ashlar.objectstore.Staging;
import dev.ashlar.objectstore.StoredXorbs;
import dev.ashlar.web.HttpServer;
import dev.ashlar.web.Metrics;
import dev.ashlar.web.PublicUrl;
import dev.ashlar.web.Routes;
import java.io.ByteArrayOutputStream;
import java.io.IOException;
import java.io.RandomAccessFile;
import java.net.InetAddress;
import java.net.InetSocketAddress;
import java.net.URI;
import java.net.http.HttpClient;
import java.net.http.HttpRequest;
import java.net.http.HttpResponse;
import java.nio.file.Files;
import java.nio.file.Path;
import java.time.Instant;
import java.util.List;
import java.util.Optional;

/** A gateway on a free port, over real files and a real database, with two xorbs and a file. */
final class GatewayFixture implements AutoCloseable {
  /** The registered file; any hash will do, as the gateway does not compute it. */
  static final MerkleHash FILE = new MerkleHash(1, 2, 3, 4);

  private final Path objects;
  private final Path staged;
  private final Database database = TestDatabase.open();
  private final HttpClient client = HttpClient.newHttpClient();
  private final HttpServer server;
  private final byte[] file;
  final SampleXorb one = SampleXorb.random(40, 1);
  final SampleXorb two = SampleXorb.random(100, 2);
  final ObjectKey oneKey;
  final ObjectKey twoKey;
  final SignedUrls urls;
  volatile Instant now = Instant.parse("2026-01-01T00:00:00Z");

  GatewayFixture(Path folder) throws IOException {
    objects = folder.resolve("objects");
    staged = folder.resolve("staging");
    var staging = new Staging(staged);
    var store = FileStore.open(objects, staging);
    oneKey = one.publish(store, staging);
    twoKey = two.publish(store, staging);
    urls = new SignedUrls(KeyRing.of(List.of(new byte[KeyRing.KEY_BYTES])), () -> now);
    file = register();
    var routes = new Routes();
    new Gateway(urls, new StoredXorbs(store), database, new Metrics()).routes(routes);
    server =
        new HttpServer(
            new InetSocketAddress(InetAddress.getLoopbackAddress(), 0),
            new PublicUrl(Optional.empty()),
            routes);
  }

  /** The file is chunks 30 to 40 of the first xorb, all of the second, then 5 to 6 of the first. */
  private byte[] register() {
    var terms = List.of(term(one, 30, 40), term(two, 0, 100), term(one, 5, 6));
    var bytes = new ByteArrayOutputStream();
    write(bytes, one, 30, 40);
    write(bytes, two, 0, 100);
    write(bytes, one, 5, 6);
    database.change(
        tx -> {
          Xorbs.publish(tx, row(one, oneKey));
          Xorbs.publish(tx, row(two, twoKey));
          var locked = Xorbs.lockForUse(tx, List.of(one.hash(), two.hash()));
          Manifests.register(tx, new FileManifest(FILE, terms), Optional.empty(), locked);
        });
    return bytes.toByteArray();
  }

  private static NewXorb row(SampleXorb xorb, ObjectKey key) {
    var index = xorb.index();
    return new NewXorb(
        xorb.hash(), key.text(), index.bodyBytes(), index.rawBytes(), index.chunkCount());
  }

  private static Term term(SampleXorb xorb, int start, int end) {
    var chunks = new ChunkRange(start, end);
    return new Term(xorb.hash(), chunks, xorb.index().rawBytes(chunks));
  }

  private static void write(ByteArrayOutputStream out, SampleXorb xorb, int start, int end) {
    int from = xorb.index().rawStart(start);
    out.write(xorb.raw(), from, xorb.index().rawEnd(end - 1) - from);
  }

  /** Moves the first xorb to another object, as storing it again after a deletion does. */
  void storeFirstAnew() throws IOException {
    var staging = new Staging(staged);
    var store = FileStore.open(objects, staging);
    var key = one.publish(store, staging);
    database.change(
        tx ->
            tx.update(
                "update xorb set storage_key = ? where hash = ?", key.text(), one.hash().bytes()));
    store.delete(oneKey);
  }

  /** Forgets the file. */
  void dropFile() {
    database.change(tx -> tx.update("delete from file_xorb"));
    database.change(tx -> tx.update("delete from file_terms"));
    database.change(tx -> tx.update("delete from file"));
  }

  /** The bytes of {@link #FILE}; do not change them. */
  byte[] file() {
    return file;
  }

  /** Sends a request; headers are names and values in turn. */
  HttpResponse<byte[]> send(String method, String target, String... headers)
      throws IOException, InterruptedException {
    var request =
        HttpRequest.newBuilder(URI.create("http://127.0.0.1:" + server.port() + target))
            .method(method, HttpRequest.BodyPublishers.noBody());
    if (headers.length > 0) {
      request.headers(headers);
    }
    return client.send(request.build(), HttpResponse.BodyHandlers.ofByteArray());
  }

  HttpResponse<byte[]> get(String target, String... headers)
      throws IOException, InterruptedException {
    return send("GET", target, headers);
  }

  /** Flips one bit of a stored object. */
  void damage(ObjectKey key, long position) throws IOException {
    try (var stored = new RandomAccessFile(objects.resolve(key.text()).toFile(), "rw")) {
      stored.seek(position);
      int b = stored.read();
      stored.seek(position);
      stored.write(b ^ 1);
    }
  }

  /** Removes a stored object. */
  void lose(ObjectKey key) throws IOException {
    Files.delete(objects.resolve(key.text()));
  }

  @Override
  public void close() {
    server.close();
    client.close();
    database.close();
  }
}
