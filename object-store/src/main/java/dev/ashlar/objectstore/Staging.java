package dev.ashlar.objectstore;

import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.UUID;

/**
 * The folder where bytes are written and checked before they are published; for a filesystem store
 * it must lie on the same filesystem.
 */
public record Staging(Path folder) {
  /** A new empty file that nobody else uses; the caller publishes or deletes it. */
  public Path newFile() throws IOException {
    return Files.createFile(folder.resolve(UUID.randomUUID() + ".part"));
  }
}
