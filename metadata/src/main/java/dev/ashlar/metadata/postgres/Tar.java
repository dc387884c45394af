package dev.ashlar.metadata.postgres;

import java.io.EOFException;
import java.io.IOException;
import java.io.InputStream;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import java.nio.file.attribute.PosixFilePermissions;

/**
 * Unpacks what the PostgreSQL archives use of the tar format: files, folders and symbolic links.
 *
 * <pre>
 * 0    100  name, ends at a zero byte
 * 100    8  mode, octal
 * 124   12  size, octal; the bytes follow, padded to 512
 * 156    1  type: '0' file, '2' link, '5' folder
 * 157  100  target of a link
 * </pre>
 */
final class Tar {
  private static final int BLOCK = 512;
  private static final int OWNER_MAY_EXECUTE = 0100;

  private Tar() {}

  static void unpack(InputStream in, Path folder) throws IOException {
    var header = new byte[BLOCK];
    while (readBlock(in, header) && header[0] != 0) {
      Path target = inside(folder, text(header, 0, 100));
      long size = octal(header, 124, 12);
      switch (header[156]) {
        case '0', 0 -> file(in, target, size, octal(header, 100, 8));
        case '2' -> link(folder, target, text(header, 157, 100));
        case '5' -> Files.createDirectories(target);
        default -> throw new IOException("tar entry of type " + (char) header[156]);
      }
    }
  }

  private static boolean readBlock(InputStream in, byte[] header) throws IOException {
    int read = in.readNBytes(header, 0, BLOCK);
    if (read != 0 && read != BLOCK) {
      throw new EOFException("tar header");
    }
    return read == BLOCK;
  }

  private static void file(InputStream in, Path target, long size, long mode) throws IOException {
    Files.createDirectories(parent(target));
    try (var out = Files.newOutputStream(target)) {
      var window = new byte[64 * 1024];
      for (long left = size; left > 0; ) {
        int read = in.read(window, 0, (int) Math.min(left, window.length));
        if (read < 0) {
          throw new EOFException("tar entry " + target);
        }
        out.write(window, 0, read);
        left -= read;
      }
    }
    boolean program = (mode & OWNER_MAY_EXECUTE) != 0;
    Files.setPosixFilePermissions(
        target, PosixFilePermissions.fromString(program ? "rwxr-xr-x" : "rw-r--r--"));
    in.skipNBytes((BLOCK - size % BLOCK) % BLOCK);
  }

  private static void link(Path folder, Path target, String to) throws IOException {
    Files.createDirectories(parent(target));
    inside(folder, folder.relativize(parent(target).resolve(to).normalize()).toString());
    Files.createSymbolicLink(target, Path.of(to));
  }

  private static Path inside(Path folder, String name) throws IOException {
    Path path = folder.resolve(name).normalize();
    if (!path.startsWith(folder)) {
      throw new IOException("tar entry outside of its folder: " + name);
    }
    return path;
  }

  private static Path parent(Path path) throws IOException {
    Path parent = path.getParent();
    if (parent == null) {
      throw new IOException("tar entry without a folder");
    }
    return parent;
  }

  private static String text(byte[] header, int from, int length) {
    int end = from;
    while (end < from + length && header[end] != 0) {
      end++;
    }
    return new String(header, from, end - from, StandardCharsets.UTF_8);
  }

  private static long octal(byte[] header, int from, int length) throws IOException {
    String digits = text(header, from, length).strip();
    try {
      return digits.isEmpty() ? 0 : Long.parseLong(digits, 8);
    } catch (NumberFormatException wrong) {
      throw new IOException("tar number " + digits, wrong);
    }
  }
}
