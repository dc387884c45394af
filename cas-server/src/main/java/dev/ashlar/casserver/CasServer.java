package dev.ashlar.casserver;

import dev.ashlar.casserver.dedup.StoredChunks;
import dev.ashlar.casserver.intake.Admission;
import dev.ashlar.casserver.intake.CpuPool;
import dev.ashlar.casserver.intake.FileIntake;
import dev.ashlar.casserver.intake.Intake;
import dev.ashlar.casserver.intake.ShardLimits;
import dev.ashlar.casserver.lfs.LfsEndpoints;
import dev.ashlar.casserver.xet.XetEndpoints;
import dev.ashlar.core.token.KeyRing;
import dev.ashlar.core.token.SignedUrls;
import dev.ashlar.core.token.XetTokens;
import dev.ashlar.metadata.Authority;
import dev.ashlar.metadata.Database;
import dev.ashlar.metadata.ReadableRepos;
import dev.ashlar.objectstore.ObjectStore;
import dev.ashlar.objectstore.Staging;
import dev.ashlar.objectstore.StoredXorbs;
import dev.ashlar.web.Metrics;
import dev.ashlar.web.Routes;
import java.io.IOException;
import java.time.InstantSource;
import java.util.Optional;

/** The CAS side of the server: Xet protocol, LFS uploads, and the intake behind both. */
public final class CasServer implements AutoCloseable {
  /**
   * What the CAS stands on.
   *
   * @param readable the hub's answer to which repositories a caller may read
   * @param authority the hub's answer to whether what it permitted still stands
   * @param dedupKeys hide the chunk hashes of dedup answers
   * @param shardLimits what one caller may make the server do
   * @param gatewayUrl the base of signed addresses, when a gateway of its own serves them
   */
  public record Parts(
      Database database,
      ObjectStore objects,
      StoredXorbs store,
      Staging staging,
      ReadableRepos readable,
      Authority authority,
      XetTokens tokens,
      SignedUrls urls,
      KeyRing dedupKeys,
      ShardLimits shardLimits,
      Optional<String> gatewayUrl,
      InstantSource clock,
      Metrics metrics) {}

  private final Parts parts;
  private final CpuPool cpu;
  private final StoredChunks chunks;
  private final Intake intake;
  private final LfsEndpoints lfs;

  /** Starts the CPU threads, one a core, and the one that follows the dedup index. */
  public CasServer(Parts parts) {
    this.parts = parts;
    this.cpu = new CpuPool(Runtime.getRuntime().availableProcessors());
    this.chunks = new StoredChunks(parts.database(), parts.metrics());
    this.intake =
        Intake.of(
            parts.database(),
            parts.objects(),
            parts.store(),
            parts.staging(),
            parts.readable(),
            parts.authority(),
            parts.clock(),
            cpu,
            parts.shardLimits(),
            chunks);
    this.lfs =
        new LfsEndpoints(
            parts.database(),
            parts.objects(),
            parts.staging(),
            parts.urls(),
            admission(),
            intake.files());
  }

  /** The door for files that reach the hub as raw bytes. */
  public FileIntake files() {
    return intake.files();
  }

  /** Removes what LFS uploads in parts have left behind. */
  public void sweepParts() throws IOException {
    lfs.sweep();
  }

  /** Adds all routes below {@code /cas/{scope}}, the LFS upload, and telemetry at the root. */
  public void routes(Routes routes) {
    new XetEndpoints(
            parts.database(),
            parts.store(),
            parts.readable(),
            admission(),
            intake,
            chunks,
            parts.tokens(),
            parts.urls(),
            parts.dedupKeys(),
            parts.gatewayUrl(),
            parts.clock())
        .routes(routes);
    lfs.routes(routes);
  }

  private Admission admission() {
    return new Admission(parts.database(), parts.authority());
  }

  @Override
  public void close() {
    chunks.close();
    cpu.close();
  }
}
