package dev.ashlar.metadata.postgres;

import static java.nio.file.StandardOpenOption.CREATE;
import static java.nio.file.StandardOpenOption.WRITE;

import java.io.IOException;
import java.io.UncheckedIOException;
import java.nio.channels.FileChannel;
import java.nio.file.Path;
import java.util.Set;
import java.util.concurrent.ConcurrentHashMap;

/**
 * Exclusive use of a data folder, by a lock on {@code DIR/lock} that ends with the process however
 * it ends.
 *
 * <p>POSIX locks belong to the process: closing any descriptor of the file would drop the lock that
 * another part of the same process holds. So a folder that this process holds is found in a set,
 * and the file is never opened twice.
 */
public final class FolderLock implements AutoCloseable {
  private static final Set<Path> HELD = ConcurrentHashMap.newKeySet();

  private final Path folder;
  private final FileChannel channel;

  private FolderLock(Path folder, FileChannel channel) {
    this.folder = folder;
    this.channel = channel;
  }

  /** Takes the folder, which is made (mode 0700) if it is missing. */
  public static FolderLock acquire(Path dataFolder) {
    Path folder = PrivateFiles.folder(dataFolder);
    if (!HELD.add(folder)) {
      throw new DataFolderBusy(folder);
    }
    try {
      return new FolderLock(folder, lock(folder));
    } catch (IOException | RuntimeException failed) {
      HELD.remove(folder);
      if (failed instanceof DataFolderBusy busy) {
        throw busy;
      }
      throw new PostgresFailed("The data folder " + folder + " cannot be locked.", failed);
    }
  }

  private static FileChannel lock(Path folder) throws IOException {
    var channel = FileChannel.open(folder.resolve("lock"), CREATE, WRITE);
    if (channel.tryLock() == null) {
      channel.close();
      throw new DataFolderBusy(folder);
    }
    return channel;
  }

  /** The real path of the locked folder. */
  public Path folder() {
    return folder;
  }

  @Override
  public void close() {
    try {
      if (channel.isOpen()) {
        channel.close();
        HELD.remove(folder);
      }
    } catch (IOException failed) {
      throw new UncheckedIOException(failed);
    }
  }
}
