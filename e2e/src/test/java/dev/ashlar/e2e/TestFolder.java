package dev.ashlar.e2e;

import java.io.IOException;
import java.io.RandomAccessFile;
import java.io.UncheckedIOException;
import java.nio.ByteBuffer;
import java.nio.ByteOrder;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import java.security.MessageDigest;
import java.security.NoSuchAlgorithmException;
import java.util.HexFormat;
import java.util.List;
import java.util.Map;
import java.util.Random;
import java.util.TreeMap;

/** A folder as people upload it: many small files, some large ones, odd names. */
final class TestFolder {
  static final String RANDOM = "weights/random.bin";
  static final String FLOATS = "weights/float.safetensors";
  static final int FLOAT_BYTES = 200_000_000;
  static final int RANDOM_BYTES = 30_000_000;

  private TestFolder() {}

  /** Makes the folder from a seed. */
  static Path make(Path folder, long seed) throws IOException {
    var random = new Random(seed);
    for (int i = 0; i < 300; i++) {
      var line = "file " + i + " of seed " + seed + "\n";
      write(folder, "text/" + i % 7 + "/" + i + ".txt", line.repeat(1 + random.nextInt(200)));
    }
    write(folder, RANDOM, bytes(random, RANDOM_BYTES));
    write(folder, FLOATS, floats(random, FLOAT_BYTES));
    write(folder, "table.parquet", parquet(random));
    write(folder, "empty.bin", new byte[0]);
    write(folder, "one.bin", new byte[1]);
    for (var name :
        List.of(
            "with space.bin",
            "hash#mark.bin",
            "ques?tion.bin",
            "per%20cent.bin",
            "ünïcödé-日本.bin")) {
      write(folder, name, bytes(random, 70_000));
    }
    write(folder, "README.md", "---\nlicense: mit\ntags: [a, b]\n---\n# A model\n");
    return folder;
  }

  private static void write(Path folder, String name, String text) throws IOException {
    write(folder, name, text.getBytes(StandardCharsets.UTF_8));
  }

  private static void write(Path folder, String name, byte[] bytes) throws IOException {
    var file = folder.resolve(name);
    Files.createDirectories(file.getParent());
    Files.write(file, bytes);
  }

  static byte[] bytes(Random random, int length) {
    var bytes = new byte[length];
    random.nextBytes(bytes);
    return bytes;
  }

  private static byte[] parquet(Random random) {
    var bytes = bytes(random, 300_008);
    var magic = "PAR1".getBytes(StandardCharsets.US_ASCII);
    System.arraycopy(magic, 0, bytes, 0, 4);
    System.arraycopy(magic, 0, bytes, bytes.length - 4, 4);
    return bytes;
  }

  /** Float32 values whose high bytes repeat, as those of weights do. */
  private static byte[] floats(Random random, int length) {
    var buffer = ByteBuffer.allocate(length).order(ByteOrder.LITTLE_ENDIAN);
    while (buffer.hasRemaining()) {
      buffer.putFloat((random.nextInt(1 << 12) - (1 << 11)) / 65536f);
    }
    return buffer.array();
  }

  /** Inverts one byte of a file. */
  static void flip(Path file, long position) throws IOException {
    try (var open = new RandomAccessFile(file.toFile(), "rw")) {
      open.seek(position);
      int old = open.read();
      open.seek(position);
      open.write(old ^ 0xff);
    }
  }

  /** The SHA-256 of every file by its path; what clients keep for themselves is left out. */
  static Map<String, String> hashes(Path folder) throws IOException {
    var hashes = new TreeMap<String, String>();
    try (var files = Files.walk(folder)) {
      files
          .filter(Files::isRegularFile)
          .forEach(file -> hashes.put(folder.relativize(file).toString(), hash(file)));
    }
    hashes.keySet().removeIf(name -> name.startsWith(".cache/") || name.equals(".gitattributes"));
    return hashes;
  }

  private static String hash(Path file) {
    try (var in = Files.newInputStream(file)) {
      var digest = MessageDigest.getInstance("SHA-256");
      var buffer = new byte[1 << 16];
      for (int n = in.read(buffer); n >= 0; n = in.read(buffer)) {
        digest.update(buffer, 0, n);
      }
      return HexFormat.of().formatHex(digest.digest());
    } catch (IOException e) {
      throw new UncheckedIOException(e);
    } catch (NoSuchAlgorithmException e) {
      throw new IllegalStateException(e);
    }
  }
}
