package dev.ashlar.metadata;

import dev.ashlar.core.hash.MerkleHash;
import dev.ashlar.core.manifest.ChunkRange;
import dev.ashlar.core.manifest.FileManifest;
import dev.ashlar.core.manifest.Term;
import io.helidon.dbclient.DbTransaction;
import java.util.List;
import java.util.Optional;
import java.util.SplittableRandom;
import java.util.UUID;
import java.util.stream.Stream;

/** Content rows for tests. */
final class Samples {
  private Samples() {}

  static MerkleHash hash(long seed) {
    var random = new SplittableRandom(seed);
    return new MerkleHash(
        random.nextLong(), random.nextLong(), random.nextLong(), random.nextLong());
  }

  static NewXorb newXorb(long seed) {
    return new NewXorb(hash(seed), UUID.randomUUID().toString(), 1000, 2000, 10);
  }

  static StoredXorb xorb(Database database, long seed) {
    return database.transact(tx -> Xorbs.publish(tx, newXorb(seed))).xorb();
  }

  static FileManifest manifest(long seed, StoredXorb... xorbs) {
    return new FileManifest(
        hash(seed),
        Stream.of(xorbs).map(xorb -> new Term(xorb.hash(), new ChunkRange(0, 10), 2000)).toList());
  }

  static StoredFile file(DbTransaction tx, FileManifest manifest) {
    List<MerkleHash> xorbs = manifest.terms().stream().map(Term::xorb).toList();
    return Manifests.register(tx, manifest, Optional.empty(), Xorbs.lockForUse(tx, xorbs));
  }

  static long count(Database database, String table) {
    return database.read(
        db -> Columns.longOf(db.get("select count(*) as n from " + table).orElseThrow(), "n"));
  }
}
