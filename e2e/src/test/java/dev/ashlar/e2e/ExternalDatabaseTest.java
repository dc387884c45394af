package dev.ashlar.e2e;

import static org.assertj.core.api.Assertions.assertThat;

import dev.ashlar.metadata.DatabaseConfig;
import dev.ashlar.metadata.postgres.EmbeddedPostgres;
import dev.ashlar.metadata.postgres.FolderLock;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import org.junit.jupiter.api.AfterAll;
import org.junit.jupiter.api.BeforeAll;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.TestInstance;

/** A PostgreSQL that somebody else runs: the server starts none of its own. */
@TestInstance(TestInstance.Lifecycle.PER_CLASS)
final class ExternalDatabaseTest {
  private static final int IO_FAILED = 74;

  private FolderLock lock;
  private EmbeddedPostgres postgres;
  private String[] flags;
  private Stack stack;
  private String token;

  @BeforeAll
  void start() throws Exception {
    var home =
        Files.createTempDirectory(Files.createDirectories(Path.of("target/stacks")), "postgres");
    lock = FolderLock.acquire(home.toAbsolutePath());
    postgres = EmbeddedPostgres.start(lock, () -> {});
    flags = flags(postgres.connection(), home, postgres.connection().password());
    stack = Stack.start("external", Map.of(), flags);
    token = stack.adminToken();
  }

  @AfterAll
  void stop() {
    stack.close();
    postgres.close();
    lock.close();
  }

  private static String[] flags(DatabaseConfig where, Path folder, String password)
      throws Exception {
    var file = Files.createTempFile(folder, "password", "");
    Files.writeString(file, password + "\n");
    return new String[] {
      "--database-url", where.url(),
      "--database-user", where.user(),
      "--database-password-file", file.toAbsolutePath().toString()
    };
  }

  @Test
  void givenAnotherDatabase_whenAClientUploadsAndDownloads_thenTheBytesAreEqual() throws Exception {
    new RoundTrip(Client.HUB_2, stack, token, Map.of())
        .check("admin/xet", RoundTrip.folder(stack, "xet"));
    new RoundTrip(Client.HUB_2, stack, token, RoundTrip.WITHOUT_XET)
        .check("admin/lfs", RoundTrip.folder(stack, "lfs"));

    assertThat(stack.data().resolve("postgres")).doesNotExist();
    assertThat(stack.data().resolve("postgres.json")).doesNotExist();
  }

  @Test
  void givenAnotherDatabase_whenAdministeredWithItsFlags_thenTheServerSeesIt() throws Exception {
    stack.admin(words("user", "add", "ivan"));
    var ivan = stack.admin(words("token", "add", "ivan", "--scope", "read"));

    assertThat(stack.get("/api/whoami-v2", ivan).statusCode()).isEqualTo(200);
  }

  @Test
  void givenAWrongPassword_whenStarted_thenOneSentenceSaysSo() throws Exception {
    var wrong = flags(postgres.connection(), stack.folder(), "not-the-password");
    var run =
        Ashlar.run(
            stack.folder(),
            Map.of(),
            "",
            join(wrong, "serve", "--listen", "127.0.0.1:0", "--data", stack.folder() + "/other"));

    assertThat(run.exitCode()).as(run.output()).isEqualTo(IO_FAILED);
    assertThat(run.ownLines()).hasSize(1);
    assertThat(run.output())
        .contains("password authentication failed")
        .doesNotContain("not-the-password");
  }

  private String[] words(String... words) {
    return join(flags, words);
  }

  private static String[] join(String[] last, String... first) {
    var all = new ArrayList<>(List.of(first));
    all.addAll(List.of(last));
    return all.toArray(String[]::new);
  }
}
