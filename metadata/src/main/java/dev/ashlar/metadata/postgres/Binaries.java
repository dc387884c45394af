package dev.ashlar.metadata.postgres;

import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.nio.file.StandardCopyOption;
import org.tukaani.xz.XZInputStream;

/** The PostgreSQL programs, unpacked once from the class path into a folder named by version. */
final class Binaries {
  private static final String VERSION = "18.6.0";

  private Binaries() {}

  /** The folder that holds {@code bin}, {@code lib} and {@code share}. */
  static Path unpackedIn(Path parent) {
    String archive = "postgres-linux-" + machine() + ".txz";
    Path folder = parent.resolve("bin-" + VERSION + "-" + machine());
    if (!Files.isDirectory(folder)) {
      unpack(archive, folder);
    }
    return folder;
  }

  private static void unpack(String archive, Path folder) {
    Path part = folder.resolveSibling(folder.getFileName() + ".part");
    PrivateFiles.delete(part);
    try (var packed = Binaries.class.getResourceAsStream("/" + archive)) {
      if (packed == null) {
        throw new PostgresFailed("This build carries no PostgreSQL for this machine: " + archive);
      }
      Files.createDirectories(part);
      Tar.unpack(new XZInputStream(packed), part);
      Files.move(part, folder, StandardCopyOption.ATOMIC_MOVE);
    } catch (IOException failed) {
      throw new PostgresFailed("PostgreSQL cannot be unpacked to " + folder + ".", failed);
    }
  }

  private static String machine() {
    String system = System.getProperty("os.name");
    if (!system.equals("Linux")) {
      throw new PostgresFailed(
          "The embedded PostgreSQL runs on Linux only: give --database-url on " + system + ".");
    }
    return switch (System.getProperty("os.arch")) {
      case "amd64", "x86_64" -> "x86_64";
      case "aarch64", "arm64" -> "arm_64";
      case String other ->
          throw new PostgresFailed(
              "There is no embedded PostgreSQL for " + other + ": give --database-url.");
    };
  }
}
