package dev.ashlar.metadata.postgres;

import dev.ashlar.metadata.DatabaseConfig;
import java.io.IOException;
import java.net.InetAddress;
import java.net.ServerSocket;
import java.nio.file.Files;
import java.nio.file.Path;
import java.nio.file.StandardCopyOption;
import org.jspecify.annotations.Nullable;

/**
 * A real PostgreSQL inside a data folder, kept running by us.
 *
 * <pre>
 * DIR/lock                  held by the one server of this folder
 * DIR/postgres.json         how other commands reach the database, see {@link ConnectionFile}
 * DIR/postgres/bin-VERSION  the programs, unpacked at the first start
 * DIR/postgres/data         the cluster: data checksums, fsync, SCRAM passwords
 * DIR/postgres/log          what PostgreSQL says
 * </pre>
 *
 * <p>A child that dies is started again on the same port, so that the pool recovers; if that fails
 * too often, the server is told and ends. A server that is killed leaves its PostgreSQL running;
 * the next one stops it first ({@link Orphans}).
 */
public final class EmbeddedPostgres implements AutoCloseable {
  private static final System.Logger LOG = System.getLogger(EmbeddedPostgres.class.getName());
  private static final int RESTARTS_MAX = 5;
  private static final long RESTARTS_WITHIN_NANOS = 600_000_000_000L;
  private static final int PORTS_TRIED_MAX = 3;
  private static final long LOG_BYTES_MAX = 16L << 20;

  private final Path home;
  private final Path data;
  private final Path program;
  private final Launcher launcher;
  private final Settings settings;
  private final Runnable whenLost;

  private int port;
  private @Nullable DatabaseConfig connection;
  private @Nullable Postmaster postmaster;
  private volatile boolean closing;

  private EmbeddedPostgres(
      Path home, Path data, Path program, Launcher launcher, Settings settings, Runnable whenLost) {
    this.home = home;
    this.data = data;
    this.program = program;
    this.launcher = launcher;
    this.settings = settings;
    this.whenLost = whenLost;
  }

  /**
   * Starts it, making the cluster first if there is none.
   *
   * @param whenLost runs once if PostgreSQL keeps dying and is given up
   */
  public static EmbeddedPostgres start(FolderLock lock, Runnable whenLost) {
    return start(lock, Settings.lasting(), whenLost);
  }

  static EmbeddedPostgres start(FolderLock lock, Settings settings, Runnable whenLost) {
    Path home = PrivateFiles.folder(lock.folder().resolve("postgres"));
    return start(lock, Launcher.forThisUser(home), settings, whenLost);
  }

  static EmbeddedPostgres start(
      FolderLock lock, Launcher launcher, Settings settings, Runnable whenLost) {
    Path home = PrivateFiles.folder(lock.folder().resolve("postgres"));
    Path binaries = Binaries.unpackedIn(home);
    launcher.own(binaries);
    var cluster = new Cluster(lock.folder(), home, binaries, launcher);
    new Orphans(cluster.data()).stop();
    String password = cluster.password();
    Path program = binaries.resolve("bin").resolve("postgres");
    var server = new EmbeddedPostgres(home, cluster.data(), program, launcher, settings, whenLost);
    server.startFirst(lock.folder(), password);
    return server;
  }

  /** Between looking for a free port and using it somebody else may take it. */
  private synchronized void startFirst(Path folder, String password) {
    for (int tries = 1; ; tries++) {
      try {
        port = freePort();
        launch();
        break;
      } catch (PostgresFailed failed) {
        if (tries == PORTS_TRIED_MAX) {
          throw failed;
        }
      }
    }
    connection =
        new DatabaseConfig(
            "jdbc:postgresql://127.0.0.1:" + port + "/" + Cluster.DATABASE, Cluster.USER, password);
    ConnectionFile.write(folder, connection);
    Thread.ofPlatform().daemon().name("postgres-supervisor").start(this::supervise);
  }

  /** How to reach it; the same until {@link #close}. */
  public synchronized DatabaseConfig connection() {
    if (connection == null) {
      throw new IllegalStateException("not started");
    }
    return connection;
  }

  /** The process of the database server at this moment. */
  public synchronized long pid() {
    return running().pid();
  }

  /** Stops the database: connections end, a checkpoint is written. */
  @Override
  public void close() {
    closing = true;
    synchronized (this) {
      if (postmaster != null) {
        postmaster.stop();
      }
    }
  }

  private void supervise() {
    int restarts = 0;
    long since = System.nanoTime();
    try {
      while (!closing) {
        int status = current().await();
        if (closing) {
          return;
        }
        LOG.log(System.Logger.Level.WARNING, "postgres ended with status " + status);
        if (System.nanoTime() - since > RESTARTS_WITHIN_NANOS) {
          restarts = 0;
          since = System.nanoTime();
        }
        restarts = restart(restarts);
      }
    } catch (InterruptedException | RuntimeException failed) {
      if (!closing) {
        LOG.log(System.Logger.Level.ERROR, "postgres is given up", failed);
        whenLost.run();
      }
    }
  }

  private int restart(int restarts) throws InterruptedException {
    for (int tries = restarts + 1; ; tries++) {
      if (tries > RESTARTS_MAX) {
        throw new PostgresFailed("PostgreSQL ended too often.");
      }
      try {
        Thread.sleep(100L << (tries - 1));
        synchronized (this) {
          if (!closing) {
            launch();
            LOG.log(System.Logger.Level.INFO, "postgres started again pid=" + running().pid());
          }
        }
        return tries;
      } catch (PostgresFailed failed) {
        LOG.log(System.Logger.Level.WARNING, "postgres did not start again", failed);
      }
    }
  }

  private synchronized void launch() {
    new Orphans(data).stop();
    Path log = home.resolve("log");
    try {
      if (Files.exists(log) && Files.size(log) > LOG_BYTES_MAX) {
        Files.move(log, home.resolve("log.old"), StandardCopyOption.REPLACE_EXISTING);
      }
      postmaster = Postmaster.start(launcher, program, data, log, settings.arguments(port));
    } catch (IOException failed) {
      throw new PostgresFailed("PostgreSQL cannot be started from " + program + ".", failed);
    }
  }

  private synchronized Postmaster current() {
    return running();
  }

  private Postmaster running() {
    if (postmaster == null) {
      throw new IllegalStateException("not started");
    }
    return postmaster;
  }

  private static int freePort() {
    try (var socket = new ServerSocket(0, 1, InetAddress.getLoopbackAddress())) {
      return socket.getLocalPort();
    } catch (IOException failed) {
      throw new PostgresFailed("There is no free port.", failed);
    }
  }
}
