package dev.ashlar.objectstore;

import java.nio.file.Path;

final class MemoryStoreTest extends ObjectStoreContract {
  @Override
  protected ObjectStore open(Path folder, Staging staging) {
    return new MemoryStore();
  }
}
