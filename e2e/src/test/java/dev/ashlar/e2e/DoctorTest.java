package dev.ashlar.e2e;

import static org.assertj.core.api.Assertions.assertThat;

import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.List;
import java.util.Map;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

/** What {@code ./ashlar doctor} tells of the machine. */
final class DoctorTest {
  private static final String USES = " +a server here uses ";

  @TempDir Path folder;

  @Test
  void givenThisMachine_whenExamined_thenTheKernelsOfAServerAreNamedAndNothingIsChanged()
      throws Exception {
    var run = doctor(Map.of());

    assertThat(run.exitCode()).as(run.output()).isZero();
    var lines = run.standardOutput().lines().toList();
    assertThat(hasher(lines)).isEqualTo(firstGood(lines));
    assertThat(lines)
        .anyMatch(line -> line.matches("bg4" + USES + "(vector-\\d+|scalar \\(.+\\))"))
        .anyMatch(line -> line.matches("lz4" + USES + "(native|scalar \\(.+\\))"))
        .noneMatch(line -> line.contains(": wrong"));
    assertThat(folder.resolve("data")).doesNotExist();
  }

  @Test
  void givenAFileThatIsNoLibrary_whenExamined_thenThatIsToldAndTheExitCodeIs1() throws Exception {
    var file = Files.writeString(folder.resolve("libblake3.so"), "no library\n");

    var run = doctor(Map.of("ASHLAR_BLAKE3_LIBRARY", file.toString()));

    assertThat(run.exitCode()).as(run.output()).isEqualTo(1);
    var lines = run.standardOutput().lines().toList();
    assertThat(lines)
        .anyMatch(
            line -> line.matches("blake3 +native: absent, .+") && line.contains(file.toString()));
    assertThat(hasher(lines)).isEqualTo(firstGood(lines)).isNotEqualTo("native");
  }

  private Run doctor(Map<String, String> environment) throws IOException, InterruptedException {
    return Ashlar.run(folder, environment, "", "doctor", "--data", folder + "/data");
  }

  /** What hashes on a server here. */
  private static String hasher(List<String> lines) {
    return only(lines, "blake3" + USES + "(.+)");
  }

  /** Findings stand in the order in which they are preferred. */
  private static String firstGood(List<String> lines) {
    return only(
        lines.stream().filter(line -> line.contains(": good, ")).limit(1).toList(),
        "blake3 +(\\S+): .+");
  }

  private static String only(List<String> lines, String pattern) {
    var found = lines.stream().filter(line -> line.matches(pattern)).toList();
    assertThat(found).as("%s in %s", pattern, lines).hasSize(1);
    return found.getFirst().replaceFirst(pattern, "$1");
  }
}
