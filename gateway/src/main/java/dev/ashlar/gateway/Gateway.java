package dev.ashlar.gateway;

import dev.ashlar.core.hash.MerkleHash;
import dev.ashlar.core.manifest.ByteRange;
import dev.ashlar.core.token.SignedUrls;
import dev.ashlar.metadata.Database;
import dev.ashlar.objectstore.StoredXorbs;
import dev.ashlar.web.Metrics;
import dev.ashlar.web.Routes;
import java.io.ByteArrayOutputStream;
import java.io.IOException;

/**
 * Serves bytes to whoever holds a signed URL. It knows no caller and no repository, and of the
 * database it only reads manifests.
 */
public final class Gateway {
  private final XorbEndpoints xorbEndpoints;
  private final FileEndpoints fileEndpoints;
  private final StoredFiles files;

  /** A gateway over these stores; its counters join {@code metrics}. */
  public Gateway(SignedUrls urls, StoredXorbs xorbs, Database database, Metrics metrics) {
    this.xorbEndpoints = new XorbEndpoints(urls, xorbs);
    this.files = new StoredFiles(database, xorbs);
    this.fileEndpoints = new FileEndpoints(urls, files);
    metrics.gauge(
        "gateway_damaged_reads_count",
        "Reads of stored xorbs that met a wrong checksum.",
        xorbs::damagedReads);
  }

  /** The first bytes of a stored file, as many as asked for or all that it has. */
  public byte[] head(MerkleHash hash, int bytesMax) throws IOException {
    var file = files.find(hash);
    int bytes = (int) Math.min(bytesMax, file.bytes());
    var out = new ByteArrayOutputStream(bytes);
    if (bytes > 0) {
      file.copy(new ByteRange(0, bytes), out);
    }
    return out.toByteArray();
  }

  /** Adds {@code /cas/get/...}. */
  public void routes(Routes routes) {
    routes.get("/cas/get/xorb/{storageKey...}", xorbEndpoints::read);
    routes.get("/cas/get/file/{hash}", fileEndpoints::read);
  }
}
