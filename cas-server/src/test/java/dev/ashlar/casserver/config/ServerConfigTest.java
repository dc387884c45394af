package dev.ashlar.casserver.config;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.time.Duration;
import java.util.Map;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;

final class ServerConfigTest {
  private static ServerConfig configured(Map<Setting, String> flags) {
    return ServerConfig.of(SettingSources.merge(flags, Map.of(), Map.of()));
  }

  @Test
  void givenNothing_whenRead_thenEveryDefaultIsAsDocumented() {
    var config = configured(Map.of());

    assertThat(config.data()).isEqualTo(Path.of("data").toAbsolutePath());
    assertThat(config.listen().getAddress().isLoopbackAddress()).isTrue();
    assertThat(config.listen().getPort()).isEqualTo(8080);
    assertThat(config.publicUrl().configured()).isEmpty();
    assertThat(config.gatewayUrl()).isEmpty();
    assertThat(config.database()).isEmpty();
    assertThat(config.xetTokenLifetime()).isEqualTo(Duration.ofMinutes(60));
    assertThat(config.signedUrlLifetime()).isEqualTo(Duration.ofMinutes(60));
    assertThat(config.stallTimeout()).isEqualTo(Duration.ofSeconds(60));
    assertThat(config.stallRate()).isEqualTo(1024);
    assertThat(config.lfsThresholdBytes()).isEqualTo(10L << 20);
    assertThat(config.binaryAsLfs()).isTrue();
    assertThat(config.gitPushLimitBytes()).isEqualTo(2L << 30);
    assertThat(config.multipartThresholdBytes()).isEqualTo(256L << 20);
    assertThat(config.multipartPartBytes()).isEqualTo(64L << 20);
    assertThat(config.blake3Library()).isEmpty();
  }

  @Test
  void givenEveryKey_whenRead_thenItsValueIsUsed() {
    var config =
        configured(
            Map.ofEntries(
                Map.entry(Setting.DATA, "/srv/ashlar"),
                Map.entry(Setting.LISTEN, "[::1]:0"),
                Map.entry(Setting.PUBLIC_URL, "https://host/hf/"),
                Map.entry(Setting.GATEWAY_URL, "https://bytes.host"),
                Map.entry(Setting.DATABASE_URL, "jdbc:postgresql://db/ashlar"),
                Map.entry(Setting.DATABASE_USER, "hub"),
                Map.entry(Setting.DATABASE_PASSWORD_FILE, "/run/password"),
                Map.entry(Setting.XET_TOKEN_LIFETIME, "PT5M"),
                Map.entry(Setting.SIGNED_URL_LIFETIME, "PT15M"),
                Map.entry(Setting.STALL_TIMEOUT, "PT2S"),
                Map.entry(Setting.STALL_RATE, "0"),
                Map.entry(Setting.LFS_THRESHOLD, "1000"),
                Map.entry(Setting.BINARY_AS_LFS, "false"),
                Map.entry(Setting.GIT_PUSH_LIMIT, "5000"),
                Map.entry(Setting.MULTIPART_THRESHOLD, "5000000"),
                Map.entry(Setting.MULTIPART_PART_SIZE, "1048576"),
                Map.entry(Setting.BLAKE3_LIBRARY, "/opt/libblake3.so.0")));

    assertThat(config.data()).isEqualTo(Path.of("/srv/ashlar"));
    assertThat(config.listen().getPort()).isZero();
    assertThat(config.publicUrl().configured()).contains("https://host/hf");
    assertThat(config.publicUrl().prefix()).isEqualTo("/hf");
    assertThat(config.gatewayUrl()).contains("https://bytes.host");
    var database = config.database().orElseThrow();
    assertThat(database.url()).isEqualTo("jdbc:postgresql://db/ashlar");
    assertThat(database.user()).isEqualTo("hub");
    assertThat(database.passwordFile()).contains(Path.of("/run/password"));
    assertThat(config.xetTokenLifetime()).isEqualTo(Duration.ofMinutes(5));
    assertThat(config.signedUrlLifetime()).isEqualTo(Duration.ofMinutes(15));
    assertThat(config.stallTimeout()).isEqualTo(Duration.ofSeconds(2));
    assertThat(config.stallRate()).isZero();
    assertThat(config.lfsThresholdBytes()).isEqualTo(1000);
    assertThat(config.binaryAsLfs()).isFalse();
    assertThat(config.gitPushLimitBytes()).isEqualTo(5000);
    assertThat(config.multipartThresholdBytes()).isEqualTo(5_000_000);
    assertThat(config.multipartPartBytes()).isEqualTo(1 << 20);
    assertThat(config.blake3Library()).contains(Path.of("/opt/libblake3.so.0"));
  }

  @ParameterizedTest
  @CsvSource({
    "DATA, ''",
    "LISTEN, 8080",
    "LISTEN, 'localhost:port'",
    "LISTEN, '127.0.0.1:70000'",
    "PUBLIC_URL, hub.example",
    "PUBLIC_URL, 'https://host?x=1'",
    "GATEWAY_URL, 'ftp://host'",
    "DATABASE_URL, 'postgres://db/ashlar'",
    "DATABASE_URL, 'jdbc:postgresql://db/ashlar?password=x'",
    "XET_TOKEN_LIFETIME, 60",
    "SIGNED_URL_LIFETIME, PT2H",
    "STALL_TIMEOUT, PT0S",
    "LFS_THRESHOLD, -1",
    "MULTIPART_THRESHOLD, x",
    "MULTIPART_PART_SIZE, 1048575",
    "BINARY_AS_LFS, yes"
  })
  void givenAnImpossibleValue_whenRead_thenTheSentenceNamesTheSetting(
      Setting setting, String text) {
    assertThatThrownBy(() -> configured(Map.of(setting, text)))
        .isInstanceOf(BadConfiguration.class)
        .hasMessageContaining(setting.key());
  }

  @Test
  void givenThreeSources_whenMerged_thenFlagsWinOverEnvironmentOverFile(@TempDir Path folder)
      throws IOException {
    var file = folder.resolve("ashlar.properties");
    Files.writeString(file, "data=/file\nlisten=127.0.0.1:1\nlfs-threshold=1\n");
    var environment =
        Map.of("ASHLAR_LISTEN", "127.0.0.1:2", "ASHLAR_LFS_THRESHOLD", "2", "PATH", "/bin");

    var merged =
        SettingSources.merge(
            Map.of(Setting.LFS_THRESHOLD, "3"), environment, SettingSources.fromFile(file));

    assertThat(merged)
        .containsEntry(Setting.DATA, "/file")
        .containsEntry(Setting.LISTEN, "127.0.0.1:2")
        .containsEntry(Setting.LFS_THRESHOLD, "3");
  }

  @Test
  void givenUnknownKeys_whenRead_thenTheyAreRefusedByName(@TempDir Path folder) throws IOException {
    var file = folder.resolve("ashlar.properties");
    Files.writeString(file, "liste=127.0.0.1:1\n");

    assertThatThrownBy(() -> SettingSources.fromFile(file))
        .isInstanceOf(BadConfiguration.class)
        .hasMessageContaining("liste");
    assertThatThrownBy(() -> SettingSources.merge(Map.of(), Map.of("ASHLAR_LISTE", "x"), Map.of()))
        .isInstanceOf(BadConfiguration.class)
        .hasMessageContaining("ASHLAR_LISTE");
  }

  @Test
  void givenTheDocumentation_whenRead_thenItNamesEverySettingWithItsDefault() throws IOException {
    var documentation = Files.readString(Path.of("../docs/configuration.md"));

    for (var setting : Setting.values()) {
      var preset = setting.preset().isEmpty() ? "" : "`" + setting.preset() + "`";
      assertThat(documentation)
          .contains(
              "| `%s` | `%s` | %s | %s |"
                  .formatted(setting.key(), setting.environment(), preset, setting.meaning()));
    }
  }
}
