package dev.ashlar.hub.smart;

import dev.ashlar.objectstore.Staging;
import java.io.BufferedInputStream;
import java.io.ByteArrayInputStream;
import java.io.IOException;
import java.io.InputStream;
import java.nio.file.Files;
import java.nio.file.Path;
import org.jspecify.annotations.Nullable;

/**
 * A request body, taken at the pace of its sender before anything is done with it: in memory while
 * small, else in a staging file.
 */
final class SpooledBody implements AutoCloseable {
  private static final int MEMORY_BYTES_MAX = 256 << 10;
  private static final int BUFFER_BYTES = 64 << 10;

  private final byte[] memory;
  private final @Nullable Path file;

  private SpooledBody(byte[] memory, @Nullable Path file) {
    this.memory = memory;
    this.file = file;
  }

  /** Reads the body to its end and closes it. */
  static SpooledBody of(Staging staging, InputStream body) throws IOException {
    try (body) {
      var head = body.readNBytes(MEMORY_BYTES_MAX);
      if (head.length < MEMORY_BYTES_MAX) {
        return new SpooledBody(head, null);
      }
      var file = staging.newFile();
      try (var out = Files.newOutputStream(file)) {
        out.write(head);
        body.transferTo(out);
      } catch (IOException | RuntimeException e) {
        Files.deleteIfExists(file);
        throw e;
      }
      return new SpooledBody(new byte[0], file);
    }
  }

  /** The body from its beginning. */
  InputStream open() throws IOException {
    return file == null
        ? new ByteArrayInputStream(memory)
        : new BufferedInputStream(Files.newInputStream(file), BUFFER_BYTES);
  }

  @Override
  public void close() throws IOException {
    if (file != null) {
      Files.deleteIfExists(file);
    }
  }
}
