package dev.ashlar.hub.misc;

import dev.ashlar.web.BuildVersion;
import dev.ashlar.web.Exchange;
import dev.ashlar.web.Reply;
import dev.ashlar.web.Routes;

/** Tells which build answers, what it can do and where it ends. */
public final class VersionEndpoints {
  private record Version(
      String version, String apiVersion, String lfsVersion, Features features, Limits limits) {}

  private record Features(
      boolean lfs, boolean multipart, boolean deduplication, boolean organizations) {}

  /** The longest LFS object, and the longest file that goes into Git; both in bytes. */
  private record Limits(long maxFileSize, long lfsThreshold) {}

  private final Version version;

  /** Tells these limits. */
  public VersionEndpoints(long fileBytesMax, long lfsBytesMin) {
    version =
        new Version(
            BuildVersion.text(),
            "v1",
            "2.0",
            new Features(true, true, true, true),
            new Limits(fileBytesMax, lfsBytesMin));
  }

  /** Adds the route. */
  public void routes(Routes routes) {
    routes.get("/api/version", this::version);
  }

  private void version(Exchange exchange) {
    exchange.send(Reply.json(200, version));
  }
}
