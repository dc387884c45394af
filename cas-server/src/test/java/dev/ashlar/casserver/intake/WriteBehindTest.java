package dev.ashlar.casserver.intake;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assumptions.assumeThat;

import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.Arrays;
import java.util.Random;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

final class WriteBehindTest {
  @TempDir Path folder;
  private Path file = Path.of("");

  @BeforeEach
  void create() throws IOException {
    file = Files.createFile(folder.resolve("ein Stück.xorb"));
  }

  @Test
  void givenPiecesOfAnyLength_whenAppended_thenTheFileHasThemAllAndNothingStaysOpen()
      throws Exception {
    long seed = 20261127;
    var random = new Random(seed);
    var bytes = new byte[5 << 20];
    random.nextBytes(bytes);
    int at = 0;
    try (var behind = new WriteBehind(file)) {
      while (at < bytes.length) {
        int length = Math.min(bytes.length - at, random.nextInt(700_000));
        behind.append(bytes, at, length);
        at += length;
      }
      assertThat(behind.bytes()).isEqualTo(bytes.length);
    }

    assertThat(Arrays.equals(Files.readAllBytes(file), bytes)).as("seed %d", seed).isTrue();
    assertThat(timesOpen()).isZero();
  }

  @Test
  void givenLinux_whenAPartIsToBeWritten_thenTheSystemBeginsIt() throws Exception {
    assumeThat(System.getProperty("os.name")).isEqualTo("Linux");
    Files.write(file, new byte[3 << 20]);
    var closed = new EarlyWriting(file);
    try (var writing = closed) {
      assertThat(timesOpen()).isOne();
      assertThat(writing.begin(1 << 20, 1 << 20)).isTrue();
      assertThat(writing.begin(-1, 1)).as("what the system refuses").isFalse();
    }
    assertThat(closed.begin(0, 1)).isFalse();
    assertThat(timesOpen()).isZero();
  }

  private long timesOpen() throws IOException {
    var all = Path.of("/proc/self/fd");
    if (!Files.exists(all)) {
      return 0;
    }
    try (var open = Files.list(all)) {
      return open.filter(this::isOurs).count();
    }
  }

  private boolean isOurs(Path descriptor) {
    try {
      return Files.readSymbolicLink(descriptor).equals(file);
    } catch (IOException _) {
      return false; // It was closed meanwhile.
    }
  }
}
