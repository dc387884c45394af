package dev.ashlar.metadata.postgres;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;
import static org.junit.jupiter.api.Assumptions.assumeTrue;

import dev.ashlar.metadata.Columns;
import dev.ashlar.metadata.Database;
import java.io.BufferedReader;
import java.io.IOException;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import java.nio.file.StandardCopyOption;
import java.nio.file.attribute.PosixFilePermissions;
import java.sql.DriverManager;
import java.time.Duration;
import java.util.concurrent.Semaphore;
import java.util.concurrent.TimeUnit;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.BeforeAll;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.Timeout;

/** Runs as whoever runs the build; as root it shows that root may start the server too. */
class EmbeddedPostgresTest {
  private static final Semaphore TOLD = new Semaphore(0);

  private static final Path TEMPLATE = Path.of("target", "postgres-template");

  private Path folder;

  /** Making a cluster takes a while: once for all tests that need a made one. */
  @BeforeAll
  static void makeTemplate() {
    try (var lock = FolderLock.acquire(TEMPLATE)) {
      start(lock).close();
    }
  }

  @BeforeEach
  void copyTemplate() throws IOException {
    TOLD.drainPermits();
    folder = Files.createTempDirectory(PrivateFiles.folder(Path.of("target")), "postgres-copy");
    Files.copy(TEMPLATE.resolve("postgres.json"), folder.resolve("postgres.json"));
    Path from = TEMPLATE.resolve("postgres");
    Path home = PrivateFiles.folder(folder.resolve("postgres"));
    Path binaries = Binaries.unpackedIn(from);
    Files.createSymbolicLink(
        home.resolve(binaries.getFileName()), binaries.toAbsolutePath().normalize());
    try (var files = Files.walk(from.resolve("data"))) {
      for (var file : files.toList()) {
        Files.copy(file, home.resolve(from.relativize(file)), StandardCopyOption.COPY_ATTRIBUTES);
      }
    }
  }

  @AfterEach
  void dropCopy() {
    PrivateFiles.delete(folder);
  }

  @Test
  void givenAnEmptyFolder_whenStarted_thenItIsDurableAndPrivate() throws IOException {
    PrivateFiles.delete(folder.resolve("postgres"));
    Files.delete(folder.resolve("postgres.json"));

    try (var lock = FolderLock.acquire(folder);
        var postgres = start(lock)) {
      assertThat(setting(postgres, "fsync")).isEqualTo("on");
      assertThat(setting(postgres, "data_checksums")).isEqualTo("on");
      assertThat(setting(postgres, "synchronous_commit")).isEqualTo("on");
      assertThat(setting(postgres, "listen_addresses")).isEqualTo("127.0.0.1");
      assertThat(setting(postgres, "password_encryption")).isEqualTo("scram-sha-256");
      assertThat(mode(folder.resolve("postgres.json"))).isEqualTo("rw-------");
      assertThat(mode(folder.resolve("postgres"))).isEqualTo("rwx------");
      assertThat(ConnectionFile.read(folder)).contains(postgres.connection());
      assertThat(ProcessHandle.of(postgres.pid()).flatMap(ProcessHandle::parent))
          .contains(ProcessHandle.current());
    }
  }

  @Test
  void givenARunningServer_whenAWrongPasswordComes_thenItIsRefused() {
    try (var lock = FolderLock.acquire(folder);
        var postgres = start(lock)) {
      var right = postgres.connection();

      assertThatThrownBy(
              () -> DriverManager.getConnection(right.url(), right.user(), right.password() + "x"))
          .hasMessageContaining("password");
      assertThat(commandLine(postgres.pid())).doesNotContain(right.password());
    }
  }

  @Test
  void givenAStoppedServer_whenStartedAgain_thenTheDataIsThere() {
    try (var lock = FolderLock.acquire(folder)) {
      try (var postgres = start(lock)) {
        write(postgres);
      }
      long begin = System.nanoTime();
      try (var postgres = start(lock)) {
        var took = Duration.ofNanos(System.nanoTime() - begin);
        assertThat(read(postgres)).isEqualTo(42);
        assertThat(took).isLessThan(Duration.ofSeconds(5));
      }
    }
  }

  @Test
  void givenALostConnectionFile_whenStartedAgain_thenANewPasswordIsSet() throws IOException {
    try (var lock = FolderLock.acquire(folder)) {
      try (var postgres = start(lock)) {
        write(postgres);
      }
      Files.delete(folder.resolve("postgres.json"));
      try (var postgres = start(lock)) {
        assertThat(read(postgres)).isEqualTo(42);
      }
    }
  }

  @Test
  @Timeout(60)
  void givenARunningServer_whenPostgresIsKilled_thenItIsRestartedAndThePoolRecovers() {
    try (var lock = FolderLock.acquire(folder);
        var postgres = start(lock);
        var database = Database.open(postgres.connection())) {
      write(postgres);
      long killed = postgres.pid();

      Signal.KILL.send(killed);

      do {
        assertThat(read(database)).isEqualTo(42);
      } while (postgres.pid() == killed);
      assertThat(read(database)).isEqualTo(42);
      assertThat(TOLD.availablePermits()).isZero();
    }
  }

  @Test
  void givenAPidFileOfAnotherLiveProgram_whenStarted_thenThatProgramIsLeftAlone() throws Exception {
    var other = new ProcessBuilder("sleep", "600").start();
    try (var lock = FolderLock.acquire(folder)) {
      try (var postgres = start(lock)) {
        write(postgres);
      }
      Files.writeString(
          PidFile.in(folder.resolve("postgres/data")),
          other.pid()
              + "\n"
              + folder.resolve("postgres/data")
              + "\n1\n1\n\n127.0.0.1\n1 1\nready\n");

      try (var postgres = start(lock)) {
        assertThat(read(postgres)).isEqualTo(42);
        assertThat(other.isAlive()).isTrue();
      }
    } finally {
      other.destroyForcibly();
    }
  }

  @Test
  void givenAServer_whenASecondComes_thenItIsRefused_andAfterKillTheNextOneTakesOver()
      throws Exception {
    var first = orphanMaker();
    long orphan = firstLine(first);
    try {
      assertThatThrownBy(() -> FolderLock.acquire(folder))
          .isInstanceOf(DataFolderBusy.class)
          .hasMessage("Another Ashlar server already uses the data folder " + folder + ".");
    } finally {
      first.destroyForcibly().waitFor();
    }
    assertThat(commandLine(orphan)).contains(folder.toString());

    try (var lock = FolderLock.acquire(folder);
        var postgres = start(lock)) {
      assertThat(commandLine(orphan)).isEmpty();
      try (var database = Database.open(postgres.connection())) {
        assertThat(read(database)).isEqualTo(42);
      }
    }
  }

  @Test
  void givenAHeldFolder_whenTheSameProcessLocksAgain_thenTheFirstLockSurvives() throws Exception {
    try (var lock = FolderLock.acquire(folder)) {
      assertThatThrownBy(() -> FolderLock.acquire(folder)).isInstanceOf(DataFolderBusy.class);

      var second = orphanMaker();
      assertThat(second.waitFor()).isEqualTo(OrphanMaker.BUSY);
      assertThat(lock.folder()).isEqualTo(folder);
    }
  }

  @Test
  void givenADataFileThatIsGone_whenPostgresIsKilled_thenItIsGivenUpAndTheServerIsTold()
      throws Exception {
    try (var lock = FolderLock.acquire(folder);
        var postgres = start(lock)) {
      Files.delete(folder.resolve("postgres/data/global/pg_control"));

      Signal.KILL.send(postgres.pid());

      assertThat(TOLD.tryAcquire(60, TimeUnit.SECONDS)).isTrue();
    }
  }

  /** Where namespaces are forbidden; needs root, and folders that nobody can reach. */
  @Test
  void givenRootWithoutNamespaces_whenStartedAsNobody_thenItServes() throws Exception {
    assumeTrue("root".equals(System.getProperty("user.name")));
    Path open = Files.createTempDirectory("ashlar-nobody");
    Files.setPosixFilePermissions(open, PosixFilePermissions.fromString("rwx--x--x"));
    try (var lock = FolderLock.acquire(open)) {
      Path home = PrivateFiles.folder(open.resolve("postgres"));
      var launcher = Launcher.asNobody(home);
      try (var postgres =
          EmbeddedPostgres.start(lock, launcher, Settings.lasting(), TOLD::release)) {
        write(postgres);
        assertThat(Files.getAttribute(Path.of("/proc/" + postgres.pid()), "unix:uid"))
            .isEqualTo(65534);
      }
      try (var postgres =
          EmbeddedPostgres.start(lock, launcher, Settings.lasting(), TOLD::release)) {
        assertThat(read(postgres)).isEqualTo(42);
      }
    } finally {
      PrivateFiles.delete(open);
    }
  }

  @Test
  void givenRootWithoutNamespaces_whenNobodyCannotReachTheFolder_thenOneSentenceSaysSo()
      throws Exception {
    assumeTrue("root".equals(System.getProperty("user.name")));
    Path closed = Files.createTempDirectory("ashlar-closed");
    try {
      Path home = PrivateFiles.folder(closed.resolve("postgres"));

      assertThatThrownBy(() -> Launcher.asNobody(home))
          .isInstanceOf(PostgresFailed.class)
          .hasMessageContaining("start the server as an ordinary user");
    } finally {
      PrivateFiles.delete(closed);
    }
  }

  private static EmbeddedPostgres start(FolderLock lock) {
    return EmbeddedPostgres.start(lock, TOLD::release);
  }

  private Process orphanMaker() throws IOException {
    return new ProcessBuilder(
            Path.of(System.getProperty("java.home"), "bin", "java").toString(),
            "-cp",
            System.getProperty("java.class.path"),
            OrphanMaker.class.getName(),
            folder.toString())
        .redirectError(ProcessBuilder.Redirect.DISCARD)
        .start();
  }

  private static long firstLine(Process process) throws IOException {
    BufferedReader out = process.inputReader(StandardCharsets.UTF_8);
    return Long.parseLong(out.readLine());
  }

  private static void write(EmbeddedPostgres postgres) {
    try (var database = Database.open(postgres.connection())) {
      database.change(tx -> tx.dml("create table acknowledged as select 42 as n"));
    }
  }

  private static int read(EmbeddedPostgres postgres) {
    try (var database = Database.open(postgres.connection())) {
      return read(database);
    }
  }

  private static int read(Database database) {
    return database.read(
        db -> Columns.intOf(db.get("select n from acknowledged").orElseThrow(), "n"));
  }

  private static String setting(EmbeddedPostgres postgres, String name) {
    try (var database = Database.open(postgres.connection())) {
      return database.read(db -> Columns.textOf(db.get("show " + name).orElseThrow(), name));
    }
  }

  private static String mode(Path file) throws IOException {
    return PosixFilePermissions.toString(Files.getPosixFilePermissions(file));
  }

  /** Empty for a process that is gone, or dead and not yet waited for. */
  private static String commandLine(long pid) {
    try {
      return Files.readString(Path.of("/proc", Long.toString(pid), "cmdline"));
    } catch (IOException gone) {
      return "";
    }
  }
}
