package dev.ashlar.casserver.intake;

import dev.ashlar.casserver.dedup.StoredChunks;
import dev.ashlar.core.fault.CrashPoints;
import dev.ashlar.core.hash.MerkleHash;
import dev.ashlar.core.xorb.XorbIndex;
import dev.ashlar.metadata.Database;
import dev.ashlar.metadata.DedupIndex;
import dev.ashlar.metadata.NewXorb;
import dev.ashlar.metadata.StoredXorb;
import dev.ashlar.metadata.UploadIntents;
import dev.ashlar.metadata.XorbGrants;
import dev.ashlar.metadata.Xorbs;
import dev.ashlar.objectstore.ObjectKey;
import dev.ashlar.objectstore.ObjectStore;
import dev.ashlar.objectstore.Staging;
import io.helidon.dbclient.DbTransaction;
import java.io.IOException;
import java.time.Duration;
import java.util.List;
import java.util.Optional;

/**
 * Publishes checked xorbs: intent row, bytes under a key that was never used, then one transaction.
 *
 * <p>Whatever moment the process dies at, the key stands in the intent row, and the xorb is visible
 * either wholly or not at all.
 */
final class XorbPublisher {
  /** Longer than any upload takes; an expired intent lets its key be collected. */
  private static final Duration INTENT = Duration.ofHours(24);

  private static final String KEY_KIND = "xorb";

  private final Database database;
  private final ObjectStore objects;
  private final Staging staging;
  private final UploadIntents intents;
  private final StoredChunks chunks;

  XorbPublisher(
      Database database,
      ObjectStore objects,
      Staging staging,
      UploadIntents intents,
      StoredChunks chunks) {
    this.database = database;
    this.objects = objects;
    this.staging = staging;
    this.intents = intents;
    this.chunks = chunks;
  }

  /** Records a fresh key and opens a file for its bytes. */
  XorbDraft open() throws IOException {
    var key = ObjectKey.fresh(KEY_KIND);
    intents.open(key.text(), UploadIntents.Kind.XORB, INTENT);
    CrashPoints.pass("xorb.intent");
    return new XorbDraft(key, staging.newFile(), intents);
  }

  /**
   * Makes the draft's bytes, which have this index, the xorb of this hash; when the store has the
   * xorb already, its bytes stay and the draft is dropped. Either way the caller may use it now.
   */
  XorbReceipt publish(XorbDraft draft, long callerId, MerkleHash hash, XorbIndex index)
      throws IOException {
    var eligible = index.eligible();
    var known = reuse(draft.key(), callerId, hash, eligible);
    if (known.isPresent()) {
      chunks.added(eligible);
      draft.settle();
      return new XorbReceipt(known.get(), false);
    }
    draft.seal(hash, index);
    objects.publish(draft.key(), draft.file());
    CrashPoints.pass("xorb.published");
    var xorb =
        new NewXorb(
            hash, draft.key().text(), index.bodyBytes(), index.rawBytes(), index.chunkCount());
    var receipt = database.transact(tx -> insert(tx, callerId, xorb, eligible));
    chunks.added(eligible);
    draft.settle();
    CrashPoints.pass("xorb.committed");
    return receipt;
  }

  /** Most xorbs are new: a look tells so for less than a transaction that locks. */
  private Optional<StoredXorb> reuse(
      ObjectKey key, long callerId, MerkleHash hash, List<MerkleHash> eligible) {
    if (database.look(db -> Xorbs.find(db, hash)).isEmpty()) {
      return Optional.empty();
    }
    return database.transact(tx -> reuse(tx, key, callerId, hash, eligible));
  }

  private Optional<StoredXorb> reuse(
      DbTransaction tx, ObjectKey key, long callerId, MerkleHash hash, List<MerkleHash> eligible) {
    var known = Optional.ofNullable(Xorbs.lockForUse(tx, List.of(hash)).get(hash));
    known.ifPresent(
        xorb -> {
          grant(tx, callerId, xorb, eligible);
          intents.close(tx, key.text());
        });
    return known;
  }

  private XorbReceipt insert(
      DbTransaction tx, long callerId, NewXorb xorb, List<MerkleHash> eligible) {
    var published = Xorbs.publish(tx, xorb);
    grant(tx, callerId, published.xorb(), eligible);
    intents.close(tx, xorb.storageKey());
    return new XorbReceipt(published.xorb(), published.inserted());
  }

  private static void grant(
      DbTransaction tx, long callerId, StoredXorb xorb, List<MerkleHash> eligible) {
    XorbGrants.uploaded(tx, callerId, xorb.id());
    if (!eligible.isEmpty()) {
      DedupIndex.add(tx, eligible, xorb.id());
    }
  }
}
