package dev.ashlar.objectstore;

import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.NoSuchFileException;
import java.nio.file.Path;
import java.time.Instant;
import java.util.UUID;

/**
 * The folder where bytes are written and checked before they are published; for a filesystem store
 * it must lie on the same filesystem.
 */
public record Staging(Path folder) {
  private static final String SUFFIX = ".part";

  /** A new empty file that nobody else uses; the caller publishes or deletes it. */
  public Path newFile() throws IOException {
    return Files.createFile(folder.resolve(UUID.randomUUID() + SUFFIX));
  }

  /**
   * Deletes the staged files that nobody has written to since {@code before}, and says how many:
   * what a stopped process left behind. Bytes still being staged are newer.
   */
  public int sweep(Instant before) throws IOException {
    int swept = 0;
    try (var files = Files.newDirectoryStream(folder, "*" + SUFFIX)) {
      for (var file : files) {
        if (isOlder(file, before) && Files.deleteIfExists(file)) {
          swept++;
        }
      }
    }
    return swept;
  }

  private static boolean isOlder(Path file, Instant before) throws IOException {
    try {
      return Files.getLastModifiedTime(file).toInstant().isBefore(before);
    } catch (NoSuchFileException _) {
      return false;
    }
  }
}
