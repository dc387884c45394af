package dev.ashlar.metadata.postgres;

import java.io.IOException;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.NoSuchFileException;
import java.nio.file.Path;
import java.util.List;
import java.util.OptionalLong;

/** {@code postmaster.pid}: first line the process, eighth line its status. */
final class PidFile {
  private PidFile() {}

  static Path in(Path data) {
    return data.resolve("postmaster.pid");
  }

  static List<String> lines(Path file) throws IOException {
    try {
      return Files.readAllLines(file, StandardCharsets.ISO_8859_1);
    } catch (NoSuchFileException gone) {
      return List.of();
    }
  }

  /** The process that the file names, whether it lives or not. */
  static OptionalLong pid(Path data) throws IOException {
    var lines = lines(in(data));
    try {
      return lines.isEmpty()
          ? OptionalLong.empty()
          : OptionalLong.of(Math.abs(Long.parseLong(lines.getFirst().strip())));
    } catch (NumberFormatException torn) {
      return OptionalLong.empty();
    }
  }
}
