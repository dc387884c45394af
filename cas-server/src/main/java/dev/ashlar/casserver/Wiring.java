package dev.ashlar.casserver;

import dev.ashlar.casserver.config.KeyFiles;
import dev.ashlar.casserver.config.ServerConfig;
import dev.ashlar.casserver.intake.ShardLimits;
import dev.ashlar.core.token.SignedUrls;
import dev.ashlar.core.token.XetTokens;
import dev.ashlar.gateway.Gateway;
import dev.ashlar.hub.Hub;
import dev.ashlar.hub.HubConfig;
import dev.ashlar.hub.commit.LargeFileIntake.Stored;
import dev.ashlar.metadata.Database;
import dev.ashlar.metadata.DatabaseConfig;
import dev.ashlar.metadata.Installation;
import dev.ashlar.metadata.Migrations;
import dev.ashlar.metadata.XorbGrants;
import dev.ashlar.metadata.postgres.EmbeddedPostgres;
import dev.ashlar.metadata.postgres.FolderLock;
import dev.ashlar.objectstore.FileStore;
import dev.ashlar.objectstore.Staging;
import dev.ashlar.objectstore.StoredXorbs;
import dev.ashlar.web.HttpServer;
import dev.ashlar.web.Metrics;
import dev.ashlar.web.Routes;
import dev.ashlar.web.ServiceEndpoints;
import dev.ashlar.web.connection.ConnectionLimits;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.time.Duration;
import java.time.InstantSource;
import java.util.ArrayDeque;
import java.util.Deque;
import java.util.List;

/**
 * Joins the rooms into a running process; the only class of the server that knows the hub and the
 * gateway. What was opened is closed in reverse order.
 */
public final class Wiring implements AutoCloseable {
  private static final System.Logger LOG = System.getLogger(Wiring.class.getName());
  private static final Duration ABANDONED_UPLOAD = Duration.ofHours(24);
  private static final InstantSource CLOCK = InstantSource.system();

  private final ServerConfig config;
  private final Kernels kernels;
  private final Metrics metrics = new Metrics();
  private final Routes routes = new Routes();
  private final Deque<AutoCloseable> opened = new ArrayDeque<>();
  private String address = "";

  private Wiring(ServerConfig config, Kernels kernels) {
    this.config = config;
    this.kernels = kernels;
  }

  /** Starts everything in one process: database, hub, Xet store and gateway. */
  public static Wiring serve(ServerConfig config) throws IOException {
    return new Wiring(config, Kernels.choosing(config.blake3Library())).started(Wiring::addServer);
  }

  /** Starts the gateway alone, beside a server that runs elsewhere or on the same folder. */
  public static Wiring gateway(ServerConfig config) throws IOException {
    return new Wiring(config, Kernels.choosingCodecs()).started(Wiring::addGateway);
  }

  @FunctionalInterface
  private interface Part {
    void addTo(Wiring wiring) throws IOException;
  }

  private Wiring started(Part part) throws IOException {
    try {
      part.addTo(this);
      new ServiceEndpoints(metrics, kernels::areWarm).routes(routes);
      var limits = ConnectionLimits.DEFAULT.with(config.stallTimeout(), config.stallRate());
      var server =
          opened(new HttpServer(config.listen(), config.publicUrl(), routes, limits, metrics));
      var host = config.listen().getAddress().getHostAddress();
      address =
          config
              .publicUrl()
              .configured()
              .orElse(
                  "http://" + (host.contains(":") ? "[" + host + "]" : host) + ":" + server.port());
      return this;
    } catch (IOException | RuntimeException | Error e) {
      close();
      throw e;
    }
  }

  /** Where the process is reached. */
  public String address() {
    return address;
  }

  private void addServer() throws IOException {
    var lock = opened(FolderLock.acquire(config.data()));
    var keys = new KeyFiles(config.data().resolve("keys"));
    var database = opened(database(lock));
    var staging = new Staging(folder("staging"));
    staging.sweep(CLOCK.instant().minus(ABANDONED_UPLOAD));
    var objects = FileStore.open(folder("objects"), staging);
    var xorbs = new StoredXorbs(objects);
    var urls = new SignedUrls(keys.ring(KeyFiles.SIGNED_URLS), CLOCK, config.signedUrlLifetime());
    var tokens = new XetTokens(keys.ring(KeyFiles.XET_TOKENS), CLOCK);
    var dedupKeys = keys.ring(KeyFiles.DEDUP);
    var cas =
        opened(
            new CasServer(
                new CasServer.Parts(
                    database,
                    objects,
                    xorbs,
                    staging,
                    Hub.readableRepos(),
                    Hub.authority(),
                    tokens,
                    urls,
                    dedupKeys,
                    ShardLimits.DEFAULT,
                    config.gatewayUrl(),
                    CLOCK,
                    metrics)));
    var files = cas.files();
    var gateway = new Gateway(urls, xorbs, database, metrics);
    var hub =
        new Hub(
            new Hub.Ports(
                database,
                objects,
                staging,
                tokens,
                urls,
                (callerId, repoId, bytes) -> {
                  var taken = files.take(callerId, repoId, bytes);
                  return new Stored(taken.file(), taken.sha256(), taken.bytes());
                },
                gateway::head,
                CLOCK),
            new HubConfig(
                database.read(Installation::id).toString(),
                keys.ring(KeyFiles.TOKEN_PEPPER),
                dedupKeys,
                config.gatewayUrl(),
                config.xetTokenLifetime(),
                config.lfsThresholdBytes(),
                config.binaryAsLfs(),
                config.gitPushLimitBytes(),
                config.multipartThresholdBytes(),
                config.multipartPartBytes()));
    FirstStart.run(config.data(), hub.accounts());
    AutoCloseable lastDownloads = hub::countDownloads;
    opened(lastDownloads);
    opened(
        new Upkeep(
            List.of(
                hub::mergePacks,
                hub::countDownloads,
                cas::sweepParts,
                () -> database.change(XorbGrants::forgetExpired))));
    cas.routes(routes);
    hub.routes(routes);
    gateway.routes(routes);
    kernels.await(metrics);
  }

  private void addGateway() throws IOException {
    var keys = new KeyFiles(config.data().resolve("keys"));
    var database =
        opened(
            Database.openReadOnly(
                Administration.databaseOf(config, DatabaseConfig.CONNECTIONS_MAX)));
    var objects = FileStore.forReading(config.data().resolve("objects"));
    var urls =
        new SignedUrls(keys.existing(KeyFiles.SIGNED_URLS), CLOCK, config.signedUrlLifetime());
    new Gateway(urls, new StoredXorbs(objects), database, metrics).routes(routes);
    kernels.await(metrics);
  }

  private Database database(FolderLock lock) throws IOException {
    var where =
        config.database().isPresent()
            ? Administration.databaseOf(config, DatabaseConfig.CONNECTIONS_MAX)
            : opened(EmbeddedPostgres.start(lock, Wiring::giveUp)).connection();
    Migrations.apply(where);
    return Database.open(where);
  }

  /** Without its database the server is of no use; whoever runs it starts it again. */
  private static void giveUp() {
    LOG.log(System.Logger.Level.ERROR, "the embedded PostgreSQL keeps ending: stopping");
    System.exit(1);
  }

  private Path folder(String name) throws IOException {
    return Files.createDirectories(config.data().resolve(name));
  }

  private <T extends AutoCloseable> T opened(T thing) {
    opened.push(thing);
    return thing;
  }

  @Override
  public void close() {
    while (!opened.isEmpty()) {
      var thing = opened.pop();
      try {
        thing.close();
      } catch (Exception e) {
        LOG.log(System.Logger.Level.WARNING, "closing " + thing.getClass().getName(), e);
      }
    }
  }
}
