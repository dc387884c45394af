package dev.ashlar.objectstore;

import dev.ashlar.core.manifest.ByteRange;
import java.io.IOException;
import java.nio.charset.StandardCharsets;
import java.nio.file.FileAlreadyExistsException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.Arrays;

/** Shows at start, with one small object, that a store keeps its promises on this medium. */
final class StoreProbe {
  private StoreProbe() {}

  static void check(ObjectStore store, Staging staging) throws IOException {
    var key = ObjectKey.fresh("probe");
    var content = key.text().getBytes(StandardCharsets.US_ASCII);
    try {
      store.publish(key, staged(staging, content));
      var back = new byte[content.length];
      store.read(key, new ByteRange(0, content.length), back, 0);
      require(Arrays.equals(content, back), "it does not read back what was written");
      requireNoReplacing(store, staging, key);
      try (var keys = store.keys()) {
        require(keys.anyMatch(key::equals), "it does not list what was written");
      }
    } finally {
      store.delete(key);
    }
    require(store.bytes(key).isEmpty(), "it does not delete");
  }

  private static void requireNoReplacing(ObjectStore store, Staging staging, ObjectKey key)
      throws IOException {
    var second = staged(staging, new byte[1]);
    try {
      store.publish(key, second);
      throw new IOException("the object store cannot be used: it replaces objects");
    } catch (FileAlreadyExistsException _) {
      // just what is wanted
    } finally {
      Files.deleteIfExists(second);
    }
  }

  private static Path staged(Staging staging, byte[] content) throws IOException {
    return Files.write(staging.newFile(), content);
  }

  private static void require(boolean held, String otherwise) throws IOException {
    if (!held) {
      throw new IOException("the object store cannot be used: " + otherwise);
    }
  }
}
