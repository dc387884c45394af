package dev.ashlar.hub.git;

import dev.ashlar.hub.git.HubPack.Location.Staged;
import dev.ashlar.hub.git.HubPack.Location.Stored;
import dev.ashlar.metadata.DeletionQueue;
import dev.ashlar.metadata.UploadIntents;
import dev.ashlar.objectstore.ObjectKey;
import dev.ashlar.objectstore.ObjectStore;
import io.helidon.dbclient.DbTransaction;
import java.io.IOException;
import java.lang.System.Logger.Level;
import java.time.Duration;
import java.util.List;

/** Brings the files of packs from local disk into the object store, each under a fresh key. */
final class PackUpload {
  private static final String KIND = "pack";
  private static final System.Logger LOG = System.getLogger(PackUpload.class.getName());
  private static final Duration INTENT = Duration.ofHours(6);
  private static final Duration READERS = Duration.ofHours(24);

  private final ObjectStore store;
  private final UploadIntents intents;

  PackUpload(ObjectStore store, UploadIntents intents) {
    this.store = store;
    this.intents = intents;
  }

  /** Returns when every file of the packs is durable; those that are already stay as they are. */
  void makeDurable(List<HubPack> packs) throws IOException {
    for (var pack : packs) {
      for (var file : pack.locations().entrySet()) {
        if (file.getValue() instanceof Staged(var path)) {
          StagedPacks.check(pack, file.getKey(), path);
          var key = ObjectKey.fresh(KIND);
          intents.open(key.text(), UploadIntents.Kind.GIT_PACK, INTENT);
          store.publish(key, path);
          pack.put(file.getKey(), new Stored(key));
        }
      }
    }
  }

  /** Ends the intents of a pack in the transaction that adds it. */
  void close(DbTransaction tx, HubPack pack) {
    for (var location : pack.locations().values()) {
      intents.close(tx, PackRows.storedKey(location).text());
    }
  }

  /**
   * Queues what was made durable of a pack that no update took along. After a commit of unknown
   * outcome this is safe too: an intent that the commit has ended is not there to be abandoned.
   */
  void abandon(HubPack pack) {
    for (var location : pack.locations().values()) {
      if (location instanceof Stored(var key)) {
        try {
          intents.abandon(key.text());
        } catch (RuntimeException e) {
          LOG.log(Level.WARNING, "pack stays until its upload intent expires", e);
        }
      }
    }
  }

  /**
   * Lets the object go, but not before whoever reads it now is done. One that another repository
   * uses as well stays.
   */
  static void discard(DbTransaction tx, ObjectKey key) {
    if (SharedObjects.release(tx, key)) {
      return;
    }
    DeletionQueue.add(tx, key.text(), DeletionQueue.Reason.SWEPT, READERS);
  }
}
