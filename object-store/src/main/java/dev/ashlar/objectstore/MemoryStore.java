package dev.ashlar.objectstore;

import dev.ashlar.core.manifest.ByteRange;
import java.io.ByteArrayInputStream;
import java.io.IOException;
import java.io.InputStream;
import java.nio.ByteBuffer;
import java.nio.file.FileAlreadyExistsException;
import java.nio.file.Files;
import java.nio.file.NoSuchFileException;
import java.nio.file.Path;
import java.util.OptionalLong;
import java.util.concurrent.ConcurrentHashMap;
import java.util.stream.Stream;

/** Objects in memory, for tests and trials; it keeps the same contract as every other store. */
public final class MemoryStore implements ObjectStore {
  private final ConcurrentHashMap<ObjectKey, byte[]> objects = new ConcurrentHashMap<>();

  @Override
  public void publish(ObjectKey key, Path staged) throws IOException {
    if (objects.putIfAbsent(key, Files.readAllBytes(staged)) != null) {
      throw new FileAlreadyExistsException(key.text());
    }
    Files.delete(staged);
  }

  @Override
  public OptionalLong bytes(ObjectKey key) {
    var object = objects.get(key);
    return object == null ? OptionalLong.empty() : OptionalLong.of(object.length);
  }

  @Override
  public InputStream open(ObjectKey key, ByteRange range) throws IOException {
    var object = find(key);
    FileStore.requireInside(key, range, object.length);
    return new ByteArrayInputStream(object, (int) range.start(), (int) range.bytes());
  }

  @Override
  public void read(ObjectKey key, ByteRange range, ByteBuffer target) throws IOException {
    var object = find(key);
    FileStore.requireInside(key, range, object.length);
    target.put(object, (int) range.start(), (int) range.bytes());
  }

  @Override
  public void delete(ObjectKey key) {
    objects.remove(key);
  }

  @Override
  public Stream<ObjectKey> keys() {
    return objects.keySet().stream();
  }

  private byte[] find(ObjectKey key) throws IOException {
    var object = objects.get(key);
    if (object == null) {
      throw new NoSuchFileException(key.text());
    }
    return object;
  }
}
