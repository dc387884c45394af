package dev.ashlar.casserver.intake;

import dev.ashlar.casserver.dedup.StoredChunks;
import dev.ashlar.chunker.KnownChunks;
import dev.ashlar.chunker.KnownXorb;
import dev.ashlar.core.hash.MerkleHash;
import dev.ashlar.core.hash.Sha256;
import dev.ashlar.core.manifest.FileManifest;
import dev.ashlar.core.xorb.XorbIndex;
import dev.ashlar.metadata.Database;
import dev.ashlar.metadata.DedupIndex;
import dev.ashlar.metadata.Holds;
import dev.ashlar.metadata.Manifests;
import dev.ashlar.metadata.ReadableRepos;
import dev.ashlar.metadata.StoredXorb;
import dev.ashlar.metadata.XorbGrants;
import dev.ashlar.metadata.Xorbs;
import dev.ashlar.objectstore.ObjectKey;
import dev.ashlar.objectstore.StoredXorbs;
import java.io.IOException;
import java.util.ArrayList;
import java.util.List;
import java.util.Optional;

/** What is stored already and the caller may use: asked while one file is being chunked. */
final class CallersChunks implements KnownChunks {
  private final Database database;
  private final StoredChunks chunks;
  private final StoredXorbs store;
  private final ReadableRepos readable;
  private final long callerId;
  private final long repoId;
  private final Optional<Sha256> oid;

  CallersChunks(
      Database database,
      StoredChunks chunks,
      StoredXorbs store,
      ReadableRepos readable,
      long callerId,
      long repoId,
      Optional<Sha256> oid) {
    this.database = database;
    this.chunks = chunks;
    this.store = store;
    this.readable = readable;
    this.callerId = callerId;
    this.repoId = repoId;
    this.oid = oid;
  }

  @Override
  public List<KnownXorb> near(MerkleHash chunk) throws IOException {
    var known = new ArrayList<KnownXorb>();
    for (var xorb : around(chunk)) {
      known.add(new KnownXorb(xorb.hash(), store.index(new ObjectKey(xorb.storageKey()))));
    }
    return known;
  }

  private List<StoredXorb> around(MerkleHash chunk) {
    return chunks.mayHold(chunk)
        ? database.read(db -> DedupIndex.around(db, callerId, chunk, readable))
        : List.of();
  }

  /** The file that the repository holds under the announced digest. */
  @Override
  public Optional<FileManifest> expected() {
    if (oid.isEmpty()) {
      return Optional.empty();
    }
    return database.read(
        db ->
            Holds.bySha256(db, repoId, List.of(oid.get())).values().stream()
                .findFirst()
                .flatMap(file -> Manifests.find(db, file.hash())));
  }

  @Override
  public Optional<XorbIndex> index(MerkleHash xorb) throws IOException {
    var rows =
        database.read(
            db -> Xorbs.find(db, XorbGrants.usable(db, callerId, List.of(xorb), readable)));
    var row = rows.get(xorb);
    return row == null
        ? Optional.empty()
        : Optional.of(store.index(new ObjectKey(row.storageKey())));
  }
}
