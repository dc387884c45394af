package dev.ashlar.objectstore;

import java.io.IOException;
import java.nio.channels.FileChannel;
import java.nio.file.Files;
import java.nio.file.Path;
import java.nio.file.StandardOpenOption;

/** Forces files and folders to the disk. */
final class Disk {
  private Disk() {}

  /**
   * Returns when the file's bytes, or the folder's entries, would survive a power loss. After a
   * failure the bytes count as lost: the kernel may have dropped them, and a second try on them
   * would wrongly succeed.
   */
  static void force(Path path) throws IOException {
    var option = Files.isDirectory(path) ? StandardOpenOption.READ : StandardOpenOption.WRITE;
    try (var channel = FileChannel.open(path, option)) {
      channel.force(true);
    }
  }
}
