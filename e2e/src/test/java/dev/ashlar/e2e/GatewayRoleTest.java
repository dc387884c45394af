package dev.ashlar.e2e;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import dev.ashlar.metadata.DatabaseConfig;
import dev.ashlar.metadata.postgres.EmbeddedPostgres;
import dev.ashlar.metadata.postgres.FolderLock;
import java.io.IOException;
import java.net.URI;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import java.sql.DriverManager;
import java.sql.SQLException;
import java.util.List;
import java.util.Map;
import org.junit.jupiter.api.AfterAll;
import org.junit.jupiter.api.BeforeAll;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.TestInstance;

/**
 * A gateway that has what the handbook says it needs and nothing else: the objects, the key of
 * signed URLs, and a database role with the grants that are printed there.
 */
@TestInstance(TestInstance.Lifecycle.PER_CLASS)
final class GatewayRoleTest {
  private static final Path HANDBOOK = Path.of("../docs/operations.md");
  private static final String PASSWORD = "of-the-gateway";

  private FolderLock lock;
  private EmbeddedPostgres postgres;
  private Path home;
  private Stack stack;
  private Process gateway;
  private String gatewayUrl;

  @BeforeAll
  void start() throws Exception {
    home = Files.createTempDirectory(Files.createDirectories(Path.of("target/stacks")), "role");
    lock = FolderLock.acquire(home.toAbsolutePath());
    postgres = EmbeddedPostgres.start(lock, () -> {});
    var owner = postgres.connection();
    gatewayUrl = "http://127.0.0.1:" + Stack.freePort();
    stack =
        Stack.start(
            "role",
            Map.of(),
            "--gateway-url",
            gatewayUrl,
            "--database-url",
            owner.url(),
            "--database-user",
            owner.user(),
            "--database-password-file",
            file("owner", owner.password()));
    grant(owner);
    gateway = startGateway(owner);
  }

  @AfterAll
  void stop() throws InterruptedException {
    gateway.destroy();
    gateway.waitFor();
    stack.close();
    postgres.close();
    lock.close();
  }

  private String file(String name, String text) throws IOException {
    return Files.writeString(home.resolve(name), text + "\n").toAbsolutePath().toString();
  }

  /** Runs the statements of the handbook as they are printed, names and password apart. */
  private static void grant(DatabaseConfig owner) throws IOException, SQLException {
    var text = Files.readString(HANDBOOK);
    int begin = text.indexOf("CREATE ROLE ashlar_gateway");
    assertThat(begin).as("the handbook has the role").isPositive();
    var statements = text.substring(begin, text.indexOf("```", begin));
    var name = owner.url().replaceFirst("[?].*", "").replaceFirst(".*/", "");
    try (var connection = DriverManager.getConnection(owner.url(), owner.user(), owner.password());
        var statement = connection.createStatement()) {
      statement.execute(
          statements
              .replace("DATABASE ashlar ", "DATABASE \"" + name + "\" ")
              .replace("PASSWORD '…'", "PASSWORD '" + PASSWORD + "'"));
    }
  }

  private Process startGateway(DatabaseConfig owner) throws Exception {
    var data = Files.createDirectories(home.resolve("gateway"));
    var keys = Files.createDirectories(data.resolve("keys"));
    Files.copy(stack.data().resolve("keys/signed-urls"), keys.resolve("signed-urls"));
    Files.createSymbolicLink(
        data.resolve("objects"), stack.data().resolve("objects").toAbsolutePath());
    var log = home.resolve("gateway.log");
    var started =
        Ashlar.start(
            log,
            Map.of(),
            "gateway",
            "--data",
            data.toAbsolutePath().toString(),
            "--listen",
            "127.0.0.1:" + URI.create(gatewayUrl).getPort(),
            "--database-url",
            owner.url(),
            "--database-user",
            "ashlar_gateway",
            "--database-password-file",
            file("role", PASSWORD));
    assertThat(Ashlar.awaitAddress(started, log)).isEqualTo(gatewayUrl);
    return started;
  }

  @Test
  void givenTheRoleOfTheHandbook_whenAClientDownloads_thenTheBytesComeThroughItsGateway()
      throws Exception {
    var token = stack.adminToken();
    new RoundTrip(Client.HUB_2, stack, token, Map.of())
        .check("admin/xet", RoundTrip.folder(stack, "xet"));
    new RoundTrip(Client.HUB_2, stack, token, RoundTrip.WITHOUT_XET)
        .check("admin/lfs", RoundTrip.folder(stack, "lfs"));

    var reply = stack.get("/admin/lfs/resolve/main/weights.bin", token);
    var url = reply.headers().firstValue("Location").orElseThrow();
    assertThat(url).startsWith(gatewayUrl);
    assertThat(stack.get(url, "").body()).hasSize(3_000_000);
  }

  /** It decodes what the server would, and does not hash. */
  @Test
  void givenAGatewayOfItsOwn_whenItIsReady_thenItDecodesAsFastAsTheServer() throws Exception {
    assertThat(stack.get(gatewayUrl + "/ready", "").statusCode()).isEqualTo(200);

    var kernels = kernels(gatewayUrl);

    assertThat(kernels).hasSize(2).isSubsetOf(kernels(stack.url()));
    assertThat(kernels).allMatch(line -> line.matches(".*kernel=\"(bg4|lz4)\".*"));
  }

  private List<String> kernels(String base) throws Exception {
    var text = new String(stack.get(base + "/metrics", "").body(), StandardCharsets.UTF_8);
    return text.lines().filter(line -> line.matches("kernel_selected_info.* 1(\\.0)?")).toList();
  }

  @Test
  void givenTheRoleOfTheHandbook_whenItAsksForMore_thenItIsRefused() throws Exception {
    try (var connection =
            DriverManager.getConnection(postgres.connection().url(), "ashlar_gateway", PASSWORD);
        var statement = connection.createStatement()) {
      for (var more :
          new String[] {
            "select * from hub_token", "select * from hub_user", "select * from hub_repo",
            "select * from xorb_grant", "delete from file", "update xorb set state = 'DELETING'",
            "create table mine (id bigint)"
          }) {
        assertThatThrownBy(() -> statement.execute(more))
            .as(more)
            .hasMessageContaining("permission denied");
      }
    }
  }
}
