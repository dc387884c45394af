package dev.ashlar.hub.tree;

import static org.assertj.core.api.Assertions.assertThat;

import dev.ashlar.core.hash.MerkleHash;
import dev.ashlar.core.hash.Sha256;
import dev.ashlar.core.manifest.FileManifest;
import dev.ashlar.hub.tree.HeldFiles.HeldFile;
import dev.ashlar.metadata.Holds;
import dev.ashlar.metadata.Manifests;
import dev.ashlar.metadata.TestDatabase;
import java.time.Instant;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.stream.LongStream;
import org.junit.jupiter.api.Test;

final class StoredHoldsTest {
  private static final int ASKED_AT_ONCE = 10_000;

  private static Sha256 oid(long i) {
    return new Sha256(0, 0, 0, i);
  }

  private static HeldFile file(long i) {
    return new HeldFile(new MerkleHash(i, 0, 0, 0), 0);
  }

  @Test
  void givenMoreFilesThanOneStatementAsksFor_whenFound_thenThoseOfEveryStatementAreThere() {
    long most = 2 * ASKED_AT_ONCE + 1;
    var oids = LongStream.rangeClosed(1, most).mapToObj(StoredHoldsTest::oid).toList();
    var stored = List.of(1L, (long) ASKED_AT_ONCE, ASKED_AT_ONCE + 1L, most);
    try (var database = TestDatabase.open()) {
      database.change(
          tx -> {
            for (long i : stored) {
              var manifest = new FileManifest(file(i).hash(), List.of());
              var file = Manifests.register(tx, manifest, Optional.of(oid(i)), Map.of());
              Holds.upload(tx, 1, file.id(), Instant.now().plusSeconds(600));
            }
            Holds.commit(tx, 1, List.of(file(1).hash(), file(most).hash()));
          });
      var held = new StoredHolds(database);

      assertThat(held.find(1, oids))
          .hasSize(stored.size())
          .containsEntry(oid(1), file(1))
          .containsEntry(oid(ASKED_AT_ONCE), file(ASKED_AT_ONCE))
          .containsEntry(oid(ASKED_AT_ONCE + 1L), file(ASKED_AT_ONCE + 1L))
          .containsEntry(oid(most), file(most));
      assertThat(held.findLasting(1, oids)).containsOnlyKeys(oid(1), oid(most));
      assertThat(held.find(2, oids)).isEmpty();
      assertThat(held.find(1, List.of())).isEmpty();
    }
  }
}
