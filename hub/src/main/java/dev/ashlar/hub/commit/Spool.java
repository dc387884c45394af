package dev.ashlar.hub.commit;

import dev.ashlar.objectstore.Staging;
import java.io.ByteArrayInputStream;
import java.io.ByteArrayOutputStream;
import java.io.IOException;
import java.io.InputStream;
import java.io.OutputStream;
import java.nio.file.Files;
import java.nio.file.Path;
import org.jspecify.annotations.Nullable;

/**
 * The inline content of one file, exactly as it was written in JSON: kept in memory while small,
 * else in a staging file. The encoding may be told after the content, so it is decoded later.
 */
final class Spool extends OutputStream {
  private static final int MEMORY_BYTES_MAX = 256 * 1024;

  private final Staging staging;
  private final ByteArrayOutputStream memory = new ByteArrayOutputStream();
  private final Base64Shape base64 = new Base64Shape();
  private long bytes;
  private @Nullable Path file;
  private @Nullable OutputStream fileOut;

  Spool(Staging staging) {
    this.staging = staging;
  }

  @Override
  public void write(int b) throws IOException {
    write(new byte[] {(byte) b}, 0, 1);
  }

  @Override
  public void write(byte[] source, int offset, int length) throws IOException {
    base64.feed(source, offset, length);
    bytes += length;
    if (fileOut == null && bytes > MEMORY_BYTES_MAX) {
      file = staging.newFile();
      fileOut = Files.newOutputStream(file);
      memory.writeTo(fileOut);
      memory.reset();
    }
    if (fileOut == null) {
      memory.write(source, offset, length);
    } else {
      fileOut.write(source, offset, length);
    }
  }

  /** The number of bytes written. */
  long bytes() {
    return bytes;
  }

  /** What the bytes are when they are read as base64. */
  Base64Shape base64() {
    return base64;
  }

  /** Reads what was written from its beginning. */
  InputStream open() throws IOException {
    if (file == null || fileOut == null) {
      return new ByteArrayInputStream(memory.toByteArray());
    }
    fileOut.flush();
    return Files.newInputStream(file);
  }

  /** Forgets the content. */
  @Override
  public void close() throws IOException {
    memory.reset();
    if (fileOut != null) {
      fileOut.close();
    }
    if (file != null) {
      Files.deleteIfExists(file);
    }
  }
}
