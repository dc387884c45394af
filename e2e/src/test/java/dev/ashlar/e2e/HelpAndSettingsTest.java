package dev.ashlar.e2e;

import static org.assertj.core.api.Assertions.assertThat;

import dev.ashlar.casserver.config.Setting;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;

/** What the launcher and the command line say before any server runs. */
final class HelpAndSettingsTest {
  private static final int WRONG_USAGE = 2;
  private static final int NO_JDK = 69;
  private static final int CONFIGURATION = 78;

  @TempDir Path folder;

  @ParameterizedTest
  @CsvSource(
      delimiter = '|',
      value = {
        "help | serve gateway user token org doctor",
        "doctor --help | --data --database-url --blake3-library --config",
        "gateway --help | --data --listen --database-url --signed-url-lifetime --config",
        "user --help | add list",
        "user add --help | NAME --full-name --email --admin --import --data --database-url",
        "user list --help | --data",
        "token --help | add list revoke",
        "token add --help | USER --scope read|write --name --import --data",
        "token list --help | --data",
        "token revoke --help | ID --data",
        "org --help | add member",
        "org add --help | NAME --full-name --default-private --import --data",
        "org member --help | add",
        "org member add --help | ORG USER --role read|contributor|write|admin --data"
      })
  void givenACommand_whenAskedForHelp_thenItNamesAllOfItsOptions(String words, String named)
      throws Exception {
    var run = ashlar(Map.of(), words.split(" "));

    assertThat(run.exitCode()).as(run.output()).isZero();
    assertThat(run.standardOutput()).contains(named.split(" "));
  }

  @Test
  void givenServe_whenAskedForHelp_thenItNamesEverySettingWithItsDefault() throws Exception {
    var run = ashlar(Map.of(), "serve", "--help");

    assertThat(run.exitCode()).isZero();
    for (var setting : Setting.values()) {
      assertThat(run.standardOutput()).contains("--" + setting.key() + "=", setting.preset());
    }
  }

  @Test
  void givenNoOrWrongWords_whenRun_thenTheUsageIsShownAndTheExitCodeIs2() throws Exception {
    assertThat(ashlar(Map.of()).exitCode()).isEqualTo(WRONG_USAGE);
    assertThat(ashlar(Map.of(), "sevre").exitCode()).isEqualTo(WRONG_USAGE);
    assertThat(ashlar(Map.of(), "serve", "--dat=x").exitCode()).isEqualTo(WRONG_USAGE);
  }

  @Test
  void givenAnUnknownKeyOrAnImpossibleValue_whenServing_thenOneSentenceNamesItAndItIs78()
      throws Exception {
    var file = Files.writeString(folder.resolve("ashlar.properties"), "listen-on=1\n");

    assertConfigurationRefused(ashlar(Map.of("ASHLAR_LISTENN", "x"), serve()), "ASHLAR_LISTENN");
    assertConfigurationRefused(ashlar(serve("--config", file.toString())), "listen-on");
    assertConfigurationRefused(
        ashlar(Map.of("ASHLAR_CONFIG", file.toString()), serve()), "listen-on");
    assertConfigurationRefused(ashlar(serve("--listen", "here")), "listen");
    assertConfigurationRefused(ashlar(serve("--signed-url-lifetime", "PT2H")), "PT1H");
    assertConfigurationRefused(
        ashlar(serve("--database-url", "jdbc:postgresql://h/d?password=x")),
        "database-password-file");
    assertThat(folder.resolve("data")).doesNotExist();
  }

  @Test
  void givenNoRecentJdk_whenLookedFor_thenOneSentenceSaysWhatToInstall() throws Exception {
    var old = jdk("old", "17.0.9");
    var recent = jdk("recent", "25.0.1");
    var both = Map.of("ASHLAR_JAVA_HOME", old.toString(), "JAVA_HOME", recent.toString());

    var found = shell(both, ". ../.mvn/find-jdk.sh; find_jdk && echo $JAVA_HOME");
    var none =
        shell(
            both, ". ../.mvn/find-jdk.sh; jdk_is_recent_enough() { false; }; find_jdk || exit $?");

    assertThat(found.standardOutput().strip()).isEqualTo(recent.toString());
    assertThat(none.exitCode()).isEqualTo(NO_JDK);
    assertThat(none.standardError().lines()).hasSize(1);
    assertThat(none.standardError()).contains("25", "ASHLAR_JAVA_HOME");
  }

  private Path jdk(String name, String version) throws IOException {
    var home = Files.createDirectory(folder.resolve(name));
    var programs = Files.createDirectory(home.resolve("bin"));
    var compiler = Files.createFile(programs.resolve("javac")).toFile();
    assertThat(compiler.setExecutable(true)).isTrue();
    Files.writeString(home.resolve("release"), "JAVA_VERSION=\"" + version + "\"\n");
    return home;
  }

  private String[] serve(String... more) {
    var words = new ArrayList<>(List.of("serve", "--data", folder + "/data"));
    words.addAll(List.of(more));
    return words.toArray(String[]::new);
  }

  private Run ashlar(String... words) throws IOException, InterruptedException {
    return ashlar(Map.of(), words);
  }

  private Run ashlar(Map<String, String> environment, String... words)
      throws IOException, InterruptedException {
    return Ashlar.run(folder, environment, "", words);
  }

  private Run shell(Map<String, String> environment, String script)
      throws IOException, InterruptedException {
    return Run.of(List.of("sh", "-c", script), environment, folder);
  }

  private static void assertConfigurationRefused(Run run, String word) {
    assertThat(run.exitCode()).as(run.output()).isEqualTo(CONFIGURATION);
    assertThat(run.ownLines()).hasSize(1);
    assertThat(run.standardError()).contains(word);
  }
}
