package dev.ashlar.objectstore;

import dev.ashlar.core.manifest.ByteRange;
import java.io.EOFException;
import java.io.IOException;
import java.io.InputStream;
import java.io.UncheckedIOException;
import java.nio.ByteBuffer;
import java.nio.channels.FileChannel;
import java.nio.file.Files;
import java.nio.file.NoSuchFileException;
import java.nio.file.NotDirectoryException;
import java.nio.file.Path;
import java.nio.file.StandardOpenOption;
import java.util.List;
import java.util.OptionalLong;
import java.util.Set;
import java.util.concurrent.ConcurrentHashMap;
import java.util.stream.Stream;

/**
 * Objects as files below one folder, {@code kind/xx/hex}.
 *
 * <p>Publishing never shows half an object and never replaces one: the staged file is forced to the
 * disk, linked under its key (a hard link fails where a rename would replace), and the folder is
 * forced, together with every parent that was new. Only then does the staged name go. A crash at
 * any point leaves either nothing or the whole object under the key, and at most one staged file.
 */
public final class FileStore implements ObjectStore {
  private final Path root;
  private final Set<Path> durable = ConcurrentHashMap.newKeySet();

  private FileStore(Path root) {
    this.root = root;
  }

  /**
   * Opens the folder, making it when needed, and proves with a throw-away object that the
   * filesystem does what publishing relies on.
   */
  public static FileStore open(Path root, Staging staging) throws IOException {
    Files.createDirectories(root);
    Files.createDirectories(staging.folder());
    Disk.force(root);
    var store = new FileStore(root.toRealPath());
    StoreProbe.check(store, staging);
    return store;
  }

  /** Opens an existing folder for a process that only reads: nothing is made or tried out. */
  public static FileStore forReading(Path root) throws IOException {
    return new FileStore(root.toRealPath());
  }

  @Override
  public void publish(ObjectKey key, Path staged) throws IOException {
    var target = path(key);
    Disk.force(staged);
    var folder = durableFolder(key);
    Files.createLink(target, staged);
    Disk.force(folder);
    Files.delete(staged);
  }

  /**
   * Makes the two folders of a key and forces each entry into its parent, once a folder and
   * process: that another thread made the folder does not mean that it is durable yet.
   */
  private Path durableFolder(ObjectKey key) throws IOException {
    var names = key.text().split("/", -1);
    var folder = root;
    for (var name : List.of(names[0], names[1])) {
      var parent = folder;
      folder = folder.resolve(name);
      if (!durable.contains(folder)) {
        Files.createDirectories(folder);
        Disk.force(parent);
        durable.add(folder);
      }
    }
    return folder;
  }

  @Override
  public OptionalLong bytes(ObjectKey key) throws IOException {
    try {
      return OptionalLong.of(Files.size(path(key)));
    } catch (NoSuchFileException _) {
      return OptionalLong.empty();
    }
  }

  @Override
  public InputStream open(ObjectKey key, ByteRange range) throws IOException {
    var file = FileChannel.open(path(key), StandardOpenOption.READ);
    try {
      requireInside(key, range, file.size());
      return new RangeInput(file, key, range);
    } catch (IOException | RuntimeException e) {
      file.close();
      throw e;
    }
  }

  @Override
  public void read(ObjectKey key, ByteRange range, ByteBuffer target) throws IOException {
    int length = Math.toIntExact(range.bytes());
    var part = target.slice(target.position(), length);
    try (var file = FileChannel.open(path(key), StandardOpenOption.READ)) {
      while (part.hasRemaining()) {
        if (file.read(part, range.start() + part.position()) < 0) {
          throw new EOFException(key + " ends before byte " + range.end());
        }
      }
      requireInside(key, range, length == 0 ? file.size() : range.end());
    }
    target.position(target.position() + length);
  }

  @Override
  public void delete(ObjectKey key) throws IOException {
    Files.deleteIfExists(path(key));
  }

  @Override
  public Stream<ObjectKey> keys() {
    return list(root).stream()
        .flatMap(kind -> list(kind).stream())
        .flatMap(folder -> list(folder).stream())
        .map(path -> root.relativize(path).toString())
        .filter(ObjectKey::isKey)
        .map(ObjectKey::new);
  }

  /** The folder's entries; none where it is no folder or went away meanwhile. */
  private static List<Path> list(Path folder) {
    try (var entries = Files.list(folder)) {
      return entries.toList();
    } catch (NotDirectoryException | NoSuchFileException _) {
      return List.of();
    } catch (IOException e) {
      throw new UncheckedIOException(e);
    }
  }

  static void requireInside(ObjectKey key, ByteRange range, long bytes) throws EOFException {
    if (range.end() > bytes) {
      throw new EOFException(key + " has " + bytes + " bytes, not " + range.end());
    }
  }

  private Path path(ObjectKey key) {
    return root.resolve(key.text());
  }
}
