package dev.ashlar.hub.lfs;

import dev.ashlar.core.hash.MerkleHash;
import dev.ashlar.hub.access.Action;
import dev.ashlar.hub.repo.RepoDoor;
import dev.ashlar.hub.repo.Visit;
import dev.ashlar.metadata.AwaitedFiles;
import dev.ashlar.metadata.Database;
import dev.ashlar.metadata.StoredFile;
import java.util.Collection;
import java.util.Set;

/**
 * Objects that were taken away, are named by commits still, and were sent again by somebody who may
 * not write: they are held for a while. Once somebody who may write offers to send one, or asks
 * whether it has arrived, it is held for good, as it would be had he sent it.
 */
record ReturnedObjects(Database database, RepoDoor door) {
  /** Keeps those of the files, which the repository holds, that are such. */
  void keep(Visit visit, Collection<StoredFile> held) {
    if (held.isEmpty()) {
      return;
    }
    long repoId = visit.repo().id();
    var files = held.stream().map(StoredFile::hash).toList();
    Set<MerkleHash> awaited = database.read(db -> AwaitedFiles.among(db, repoId, files));
    if (!awaited.isEmpty() && door.allows(visit, Action.WRITE)) {
      database.change(tx -> AwaitedFiles.returned(tx, repoId, awaited));
    }
  }
}
