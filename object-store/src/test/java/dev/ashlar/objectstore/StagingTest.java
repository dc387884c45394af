package dev.ashlar.objectstore;

import static org.assertj.core.api.Assertions.assertThat;

import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.nio.file.attribute.FileTime;
import java.time.Duration;
import java.time.Instant;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

final class StagingTest {
  @TempDir Path folder;

  @Test
  void givenOldAndNewStagedFiles_whenSwept_thenOnlyTheOldOnesGo() throws IOException {
    var staging = new Staging(folder);
    var now = Instant.now();
    var old = staging.newFile();
    Files.setLastModifiedTime(old, FileTime.from(now.minus(Duration.ofHours(25))));
    var fresh = staging.newFile();
    var other = Files.writeString(folder.resolve("notes.txt"), "x");
    Files.setLastModifiedTime(other, FileTime.from(now.minus(Duration.ofHours(25))));

    int swept = staging.sweep(now.minus(Duration.ofHours(24)));

    assertThat(swept).isEqualTo(1);
    assertThat(old).doesNotExist();
    assertThat(fresh).exists();
    assertThat(other).exists();
  }
}
