package dev.ashlar.metadata.postgres;

import dev.ashlar.metadata.DatabaseConfig;
import java.io.IOException;
import java.io.UncheckedIOException;
import java.nio.file.Files;
import java.nio.file.NoSuchFileException;
import java.nio.file.Path;
import java.util.Optional;
import java.util.regex.Pattern;

/**
 * {@code DIR/postgres.json}, mode 0600: how other commands of the same machine reach the embedded
 * database. Our own values need no JSON escapes.
 */
public final class ConnectionFile {
  private static final String NAME = "postgres.json";

  private ConnectionFile() {}

  /** Reads it; empty when no server ever ran on this folder. */
  public static Optional<DatabaseConfig> read(Path dataFolder) {
    try {
      String text = Files.readString(dataFolder.resolve(NAME));
      return field(text, "url")
          .flatMap(
              url ->
                  field(text, "user")
                      .flatMap(
                          user ->
                              field(text, "password")
                                  .map(password -> new DatabaseConfig(url, user, password))));
    } catch (NoSuchFileException none) {
      return Optional.empty();
    } catch (IOException failed) {
      throw new UncheckedIOException(failed);
    }
  }

  static void write(Path dataFolder, DatabaseConfig config) {
    PrivateFiles.write(
        dataFolder.resolve(NAME),
        """
        {"url": "%s", "user": "%s", "password": "%s"}
        """
            .formatted(config.url(), config.user(), config.password()));
  }

  private static Optional<String> field(String text, String name) {
    var found = Pattern.compile('"' + name + "\"\\s*:\\s*\"([^\"\\\\]*)\"").matcher(text);
    return found.find() ? Optional.of(found.group(1)) : Optional.empty();
  }
}
