package dev.ashlar.e2e;

import static org.assertj.core.api.Assertions.assertThat;

import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.time.Duration;
import java.util.Map;
import java.util.Random;
import org.junit.jupiter.api.AfterAll;
import org.junit.jupiter.api.BeforeAll;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.TestInstance;

/** A data folder has one server, and survives whatever ends the processes on it. */
@TestInstance(TestInstance.Lifecycle.PER_CLASS)
final class OneFolderOneServerTest {
  private static final int BUSY = 73;
  private static final int IO_FAILED = 74;
  private static final int TERMINATED = 143;
  private static final Duration STOP_MAX = Duration.ofSeconds(15);
  private static final int UPLOAD_BYTES = 60_000_000;

  private Stack stack;
  private String token;

  @BeforeAll
  void start() throws IOException {
    stack = Stack.start("one");
    token = stack.adminToken();
  }

  @AfterAll
  void stop() {
    stack.close();
  }

  @Test
  void givenARunningServer_whenASecondIsStartedOnItsFolder_thenItIsRefusedInOneSentence()
      throws Exception {
    var second = stack.command("", "serve", "--listen", "127.0.0.1:0");

    assertThat(second.exitCode()).as(second.output()).isEqualTo(BUSY);
    assertThat(second.ownLines()).hasSize(1);
    assertThat(second.standardError()).contains("Another Ashlar server", stack.data().toString());
    assertAnswers();
  }

  @Test
  void givenAServer_whenToldToStop_thenItEndsWithinSecondsAndTakesItsDatabaseAlong()
      throws Exception {
    var postgres = postgres();
    stack.process().destroy();

    assertThat(stack.process().waitFor(STOP_MAX)).isTrue();
    assertThat(stack.process().exitValue()).isEqualTo(TERMINATED);
    assertThat(pidFile()).doesNotExist();
    assertThat(postgres.onExit()).succeedsWithin(STOP_MAX);
    assertThat(stack.log()).doesNotContain("Exception");
    var beside = stack.command("", "user", "list");
    assertThat(beside.exitCode()).as(beside.output()).isEqualTo(IO_FAILED);
    assertThat(beside.ownLines()).hasSize(1);

    stack.startAgain(Map.of());
    assertAnswers();
  }

  @Test
  void givenAServerKilledAlone_whenStartedAgain_thenItReplacesTheDatabaseThatWasLeft()
      throws Exception {
    var left = postgres();
    stack.kill();
    assertThat(left.isAlive()).as("PostgreSQL outlives its server").isTrue();

    stack.startAgain(Map.of());

    assertAnswers();
    // It has ended; its entry goes when the process that inherited it takes notice.
    assertThat(left.onExit()).succeedsWithin(STOP_MAX);
    assertThat(postgres().pid()).isNotEqualTo(left.pid());
  }

  @Test
  void givenAPidFileThatNamesAnotherProgram_whenStarted_thenThatProgramLivesAndTheServerRuns()
      throws Exception {
    var postgres = postgres();
    var innocent = new ProcessBuilder("sleep", "600").start();
    try {
      stack.kill();
      postgres.destroyForcibly();
      postgres.onExit().join();
      var lines = Files.readAllLines(pidFile());
      lines.set(0, String.valueOf(innocent.pid()));
      Files.write(pidFile(), lines);

      stack.startAgain(Map.of());

      assertAnswers();
      assertThat(innocent.isAlive()).isTrue();
    } finally {
      innocent.destroyForcibly().waitFor();
    }
  }

  @Test
  void givenTheDatabaseKilledDuringAnUpload_whenItIsBack_thenTheServerStayedAndTheRetrySucceeds()
      throws Exception {
    var create = Client.HUB_2.hf(stack, token, Map.of(), "repos", "create", "admin/m");
    assertThat(create.exitCode()).as(create.output()).isZero();
    var folder = Files.createDirectories(stack.folder().resolve("m"));
    Files.write(folder.resolve("m.bin"), TestFolder.bytes(new Random(8), UPLOAD_BYTES));
    var postgres = postgres();
    long before = stack.storedBytes();
    var client = upload(folder);
    for (int i = 0; stack.storedBytes() < before + UPLOAD_BYTES / 10; i++) {
      assertThat(i).as("the upload goes on").isLessThan(1_200);
      Thread.sleep(50);
    }

    postgres.destroyForcibly();
    postgres.onExit().join();
    client.waitFor();

    assertThat(upload(folder).waitFor()).isZero();
    assertThat(stack.process().isAlive()).isTrue();
    assertThat(postgres().pid()).isNotEqualTo(postgres.pid());
    var back = Files.createTempDirectory(stack.folder(), "back");
    var download =
        Client.HUB_2.hf(
            stack, token, Map.of(), "download", "admin/m", "--local-dir", back.toString());
    assertThat(download.exitCode()).as(download.output()).isZero();
    assertThat(TestFolder.hashes(back)).isEqualTo(TestFolder.hashes(folder));
  }

  private Process upload(Path folder) throws IOException {
    return Client.HUB_2.start(
        stack, token, Map.of(), "upload_folder.py", "admin/m", folder.toString());
  }

  private void assertAnswers() throws IOException {
    assertThat(stack.get("/api/whoami-v2", token).statusCode()).isEqualTo(200);
  }

  private Path pidFile() {
    return stack.data().resolve("postgres/data/postmaster.pid");
  }

  private ProcessHandle postgres() throws IOException {
    var pid = Long.parseLong(Files.readAllLines(pidFile()).getFirst().strip());
    return ProcessHandle.of(pid).orElseThrow();
  }
}
