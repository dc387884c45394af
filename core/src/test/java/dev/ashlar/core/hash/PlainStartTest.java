package dev.ashlar.core.hash;

import static org.assertj.core.api.Assertions.assertThat;

import java.nio.file.Files;
import java.nio.file.Path;
import java.util.List;
import java.util.concurrent.TimeUnit;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

/** The virtual machine of the tests has the incubating module; this one has not. */
final class PlainStartTest {
  private static final String WHY = "java runs without --add-modules jdk.incubator.vector";
  private static final long SECONDS_MAX = 60;

  @TempDir Path folder;

  @Test
  void givenNoVectorModule_whenChosen_thenPortableJavaHashesAndTheReasonIsTold() throws Exception {
    var lines = start();

    assertThat(lines)
        .contains(
            "vector-512 ABSENT " + WHY,
            "vector-256 ABSENT " + WHY,
            "vector-128 ABSENT " + WHY,
            "scalar GOOD ",
            "hashes by scalar",
            "Choice[kernel=bg4, backend=scalar, note=" + WHY + ", wrong=false]",
            "hash d8d408e608fb9ca213b9909a65d86d725f2de4d8d540324be8a363e7a6e228cb",
            "packs true")
        .noneMatch(line -> line.contains("WRONG") || line.contains("wrong=true"));
  }

  private List<String> start() throws Exception {
    var out = folder.resolve("out");
    var process =
        new ProcessBuilder(
                Path.of(System.getProperty("java.home"), "bin", "java").toString(),
                "--enable-native-access=ALL-UNNAMED",
                "-cp",
                System.getProperty("java.class.path"),
                PlainStart.class.getName())
            .redirectErrorStream(true)
            .redirectOutput(out.toFile())
            .start();
    try {
      assertThat(process.waitFor(SECONDS_MAX, TimeUnit.SECONDS)).as("it ends").isTrue();
    } finally {
      process.destroyForcibly();
    }
    assertThat(process.exitValue()).as(Files.readString(out)).isZero();
    return Files.readAllLines(out);
  }
}
