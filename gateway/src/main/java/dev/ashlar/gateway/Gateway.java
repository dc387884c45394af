package dev.ashlar.gateway;

import dev.ashlar.core.token.SignedUrls;
import dev.ashlar.metadata.Database;
import dev.ashlar.objectstore.StoredXorbs;
import dev.ashlar.web.Metrics;
import dev.ashlar.web.Routes;

/**
 * Serves bytes to whoever holds a signed URL. It knows no caller and no repository, and of the
 * database it only reads manifests.
 */
public final class Gateway {
  private final XorbEndpoints xorbEndpoints;
  private final FileEndpoints fileEndpoints;

  /** A gateway over these stores; its counters join {@code metrics}. */
  public Gateway(SignedUrls urls, StoredXorbs xorbs, Database database, Metrics metrics) {
    this.xorbEndpoints = new XorbEndpoints(urls, xorbs);
    this.fileEndpoints = new FileEndpoints(urls, new StoredFiles(database, xorbs));
    metrics.gauge(
        "gateway_damaged_reads_count",
        "Reads of stored xorbs that met a wrong checksum.",
        xorbs::damagedReads);
  }

  /** Adds {@code /cas/get/...}. */
  public void routes(Routes routes) {
    routes.get("/cas/get/xorb/{storageKey...}", xorbEndpoints::read);
    routes.get("/cas/get/file/{hash}", fileEndpoints::read);
  }
}
