package dev.ashlar.casserver.lfs;

import dev.ashlar.metadata.Database;
import dev.ashlar.metadata.DeletionQueue;
import dev.ashlar.metadata.LfsUploads;
import dev.ashlar.metadata.UploadIntents;
import dev.ashlar.objectstore.ObjectKey;
import dev.ashlar.objectstore.ObjectStore;
import java.io.IOException;
import java.util.List;

/**
 * Removes parts that nobody needs any more. Only their upload ever refers to them, so they can go
 * at once, unlike other objects: first the rows, then the bytes, and last the note that these shall
 * go. Whatever moment the process dies at, the next round finishes.
 */
final class PartSweep {
  private static final int AT_ONCE = 100;
  private static final int ROUNDS_MAX = 50;

  private final Database database;
  private final ObjectStore objects;

  PartSweep(Database database, ObjectStore objects) {
    this.database = database;
    this.objects = objects;
  }

  /** One round: forgets what has expired and deletes what is due. */
  void run() throws IOException {
    for (int round = 0; round < ROUNDS_MAX; round++) {
      int uploads = database.transact(tx -> LfsUploads.expire(tx, AT_ONCE));
      int intents =
          database.transact(tx -> UploadIntents.expire(tx, UploadIntents.Kind.LFS_PART, AT_ONCE));
      if (uploads < AT_ONCE && intents < AT_ONCE) {
        break;
      }
    }
    deleteDue();
  }

  /** Deletes the bytes of parts that are due. */
  void deleteDue() throws IOException {
    for (int round = 0; round < ROUNDS_MAX; round++) {
      List<String> keys = database.read(db -> DeletionQueue.dueParts(db, AT_ONCE));
      for (var key : keys) {
        objects.delete(new ObjectKey(key));
      }
      if (!keys.isEmpty()) {
        database.change(tx -> DeletionQueue.done(tx, keys));
      }
      if (keys.size() < AT_ONCE) {
        return;
      }
    }
  }
}
