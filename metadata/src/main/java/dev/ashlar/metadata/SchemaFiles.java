package dev.ashlar.metadata;

import java.io.BufferedReader;
import java.io.IOException;
import java.io.InputStream;
import java.io.InputStreamReader;
import java.io.UncheckedIOException;
import java.net.JarURLConnection;
import java.net.URI;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.List;
import java.util.Map;
import java.util.TreeMap;
import java.util.zip.CRC32;

/** The migrations of this program: version and checksum, as Flyway computes it. */
final class SchemaFiles {
  private static final String FOLDER = "/db/migration";

  private SchemaFiles() {}

  static Map<String, Integer> checksums() {
    var checksums = new TreeMap<String, Integer>();
    try {
      for (var name : names()) {
        if (name.startsWith("V") && name.endsWith(".sql")) {
          checksums.put(name.substring(1, name.indexOf("__")), checksum(name));
        }
      }
    } catch (IOException failed) {
      throw new UncheckedIOException(failed);
    }
    return checksums;
  }

  private static List<String> names() throws IOException {
    var folder = SchemaFiles.class.getResource(FOLDER);
    if (folder == null) {
      throw new IllegalStateException("this build has no migrations");
    }
    if (folder.openConnection() instanceof JarURLConnection jar) {
      String prefix = FOLDER.substring(1) + "/";
      return jar.getJarFile().stream()
          .map(entry -> entry.getName())
          .filter(name -> name.startsWith(prefix))
          .map(name -> name.substring(prefix.length()))
          .toList();
    }
    try (var files = Files.list(Path.of(URI.create(folder.toString())))) {
      return files.map(file -> file.getFileName().toString()).toList();
    }
  }

  /** CRC-32 of the lines without their ends, so that a checkout's line ends do not matter. */
  private static int checksum(String name) throws IOException {
    var crc = new CRC32();
    try (InputStream in = SchemaFiles.class.getResourceAsStream(FOLDER + "/" + name)) {
      if (in == null) {
        throw new IllegalStateException("migration " + name + " is missing");
      }
      var lines = new BufferedReader(new InputStreamReader(in, StandardCharsets.UTF_8));
      for (var line = lines.readLine(); line != null; line = lines.readLine()) {
        crc.update(line.getBytes(StandardCharsets.UTF_8));
      }
    }
    return (int) crc.getValue();
  }
}
