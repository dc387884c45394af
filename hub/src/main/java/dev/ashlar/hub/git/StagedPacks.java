package dev.ashlar.hub.git;

import java.io.BufferedInputStream;
import java.io.IOException;
import java.io.InputStream;
import java.nio.file.Files;
import java.nio.file.Path;
import java.security.MessageDigest;
import java.util.Arrays;
import org.eclipse.jgit.internal.storage.pack.PackExt;
import org.eclipse.jgit.lib.Constants;

/** Checks that the files of a pack on local disk are what was written. */
final class StagedPacks {
  private static final int CHECKSUM_BYTES = 20;

  private StagedPacks() {}

  /** Fails unless the file has its declared length and, for a pack and its index, its checksum. */
  static void check(HubPack pack, PackExt ext, Path file) throws IOException {
    var bytes = Files.size(file);
    if (bytes != pack.getFileSize(ext) || bytes < CHECKSUM_BYTES) {
      throw new IOException(pack.getFileName(ext) + " has " + bytes + " bytes on disk");
    }
    if (ext == PackExt.PACK || ext == PackExt.INDEX) {
      checkSum(pack.getFileName(ext), file, bytes - CHECKSUM_BYTES);
    }
  }

  private static void checkSum(String name, Path file, long summedBytes) throws IOException {
    var digest = Constants.newMessageDigest();
    try (var in = new BufferedInputStream(Files.newInputStream(file), 1 << 16)) {
      update(digest, in, summedBytes);
      if (!Arrays.equals(digest.digest(), in.readNBytes(CHECKSUM_BYTES))) {
        throw new IOException(name + " has another checksum on disk than it was written with");
      }
    }
  }

  private static void update(MessageDigest digest, InputStream in, long bytes) throws IOException {
    var block = new byte[1 << 16];
    for (var left = bytes; left > 0; ) {
      int n = in.read(block, 0, (int) Math.min(block.length, left));
      if (n < 0) {
        return;
      }
      digest.update(block, 0, n);
      left -= n;
    }
  }
}
