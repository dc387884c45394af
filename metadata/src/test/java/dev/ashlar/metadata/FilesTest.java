package dev.ashlar.metadata;

import static dev.ashlar.metadata.Samples.count;
import static dev.ashlar.metadata.Samples.file;
import static dev.ashlar.metadata.Samples.hash;
import static dev.ashlar.metadata.Samples.manifest;
import static dev.ashlar.metadata.Samples.xorb;
import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import dev.ashlar.core.hash.MerkleHash;
import dev.ashlar.core.hash.Sha256;
import dev.ashlar.core.manifest.FileManifest;
import dev.ashlar.core.problem.ProblemException;
import java.time.Instant;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.Set;
import org.junit.jupiter.api.AfterAll;
import org.junit.jupiter.api.Test;

class FilesTest {
  private static final Database DATABASE = TestDatabase.open();
  private static final Sha256 DIGEST = new Sha256(1, 2, 3, 4);
  private static final Sha256 LAPSED = new Sha256(5, 6, 7, 8);

  @AfterAll
  static void close() {
    DATABASE.close();
  }

  @Test
  void givenARegisteredFile_whenReadBack_thenTheTermsAreTheSame() {
    var manifest = manifest(100, xorb(DATABASE, 1), xorb(DATABASE, 2), xorb(DATABASE, 1));

    var stored = DATABASE.transact(tx -> file(tx, manifest));

    assertThat(stored.bytes()).isEqualTo(6000);
    assertThat(stored.sha256()).isEmpty();
    assertThat(terms(hash(100))).contains(manifest);
  }

  @Test
  void givenTheEmptyFile_whenRegistered_thenItHasNoTerms() {
    var empty = new FileManifest(MerkleHash.ZERO, List.of());

    var stored = DATABASE.transact(tx -> file(tx, empty));

    assertThat(stored.bytes()).isZero();
    assertThat(terms(MerkleHash.ZERO)).contains(empty);
  }

  @Test
  void givenARegisteredFile_whenRegisteredWithOtherTerms_thenTheFirstTermsStay() {
    var first = manifest(101, xorb(DATABASE, 3));
    var second = manifest(101, xorb(DATABASE, 4));
    var stored = DATABASE.transact(tx -> file(tx, first));

    var again = DATABASE.transact(tx -> file(tx, second));

    assertThat(again).isEqualTo(stored);
    assertThat(terms(hash(101))).contains(first);
  }

  @Test
  void givenAFileWhoseXorbIsBeingDeleted_whenRegisteredAnew_thenTheNewTermsReplaceTheOld() {
    var gone = xorb(DATABASE, 5);
    var renewed = manifest(102, xorb(DATABASE, 6));
    var stored = DATABASE.transact(tx -> file(tx, manifest(102, gone)));
    delete(gone);

    var again = DATABASE.transact(tx -> file(tx, renewed));

    assertThat(again.id()).isEqualTo(stored.id());
    assertThat(terms(hash(102))).contains(renewed);
  }

  @Test
  void givenAFileWhoseXorbIsBeingDeleted_whenCommitted_thenItIsRefused() {
    var gone = xorb(DATABASE, 7);
    DATABASE.change(tx -> file(tx, manifest(103, gone)));
    delete(gone);

    assertThatThrownBy(() -> DATABASE.change(tx -> Holds.commit(tx, 1, List.of(hash(103)))))
        .isInstanceOf(ProblemException.class);
    assertThat(isHeld(1, hash(103))).isFalse();
  }

  @Test
  void givenAMissingXorb_whenAFileIsRegistered_thenNothingIsKept() {
    var missing = new StoredXorb(0, hash(8), "", 1, 1, 1);
    long before = count(DATABASE, "file");

    assertThatThrownBy(() -> DATABASE.change(tx -> file(tx, manifest(104, missing))))
        .isInstanceOf(ProblemException.class);

    assertThat(count(DATABASE, "file")).isEqualTo(before);
  }

  @Test
  void givenAFileWithoutSha256_whenItIsVerifiedLater_thenTheRepositoryFindsItByOid() {
    var manifest = manifest(105, xorb(DATABASE, 9));
    DATABASE.change(tx -> Holds.upload(tx, 5, file(tx, manifest).id(), soon()));
    assertThat(byDigest(5)).isEmpty();

    DATABASE.change(
        tx ->
            Manifests.register(
                tx, manifest, Optional.of(DIGEST), Xorbs.lockForUse(tx, List.of(hash(9)))));

    assertThat(byDigest(5)).containsKey(DIGEST);
    assertThat(byDigest(6)).isEmpty();
    assertThatThrownBy(
            () -> DATABASE.change(tx -> Manifests.verified(tx, hash(105), new Sha256(9, 9, 9, 9))))
        .isInstanceOf(IllegalStateException.class);
  }

  @Test
  void givenAnUploadedFile_whenTheHoldExpires_thenItIsNotHeld() {
    DATABASE.change(
        tx -> {
          long file = file(tx, manifest(106, xorb(DATABASE, 10))).id();
          Holds.upload(tx, 7, file, Instant.now().minusSeconds(1));
          Holds.upload(tx, 8, file, soon());
        });

    assertThat(isHeld(7, hash(106))).isFalse();
    assertThat(isHeld(8, hash(106))).isTrue();
  }

  @Test
  void givenACommittedFile_whenUploadedAgain_thenItStaysCommittedUntilTheRepositoryIsDropped() {
    var manifest = manifest(107, xorb(DATABASE, 11));
    DATABASE.change(tx -> Holds.upload(tx, 9, file(tx, manifest).id(), soon()));
    DATABASE.change(tx -> Holds.commit(tx, 9, List.of(hash(107), hash(107))));

    DATABASE.change(tx -> Holds.upload(tx, 9, file(tx, manifest).id(), soon()));

    assertThat(kind(9)).isEqualTo("COMMITTED");
    DATABASE.change(tx -> Holds.dropRepo(tx, 9));
    assertThat(isHeld(9, hash(107))).isFalse();
  }

  @Test
  void givenAProposedFile_whenItLapses_thenItIsHeldForAWhileUnlessItWasCommittedToo() {
    var manifest = manifest(108, xorb(DATABASE, 12));
    DATABASE.change(
        tx -> {
          Manifests.register(
              tx, manifest, Optional.of(LAPSED), Xorbs.lockForUse(tx, List.of(hash(12))));
          for (long repo = 20; repo < 25; repo++) {
            Holds.propose(tx, repo, List.of(hash(108)));
          }
          Holds.commit(tx, 21, List.of(hash(108)));
          Holds.commit(tx, 22, List.of(hash(108)));
          Holds.propose(tx, 22, List.of(hash(108)));
          Holds.settle(tx, 23);
          Holds.copy(tx, 20, 25, Set.of(LAPSED));
          Holds.copy(tx, 20, 26, Set.of());
          Holds.copy(tx, 21, 27, Set.of(LAPSED));
        });
    assertThat(proposed(20)).containsExactly(LAPSED);
    assertThat(proposed(21)).isEmpty();

    for (long repo = 20; repo < 28; repo++) {
      long id = repo;
      DATABASE.change(tx -> Holds.lapse(tx, id, Set.of(LAPSED), soon()));
    }

    assertThat(kind(20)).isEqualTo("UPLOADED");
    for (long lasting : new long[] {21, 22, 23, 26, 27}) {
      assertThat(kind(lasting)).as("repository " + lasting).isEqualTo("COMMITTED");
    }
    assertThat(isHeld(25, hash(108))).isFalse();
    DATABASE.change(tx -> Holds.propose(tx, 20, List.of(hash(108))));
    DATABASE.change(tx -> Holds.commit(tx, 24, List.of(hash(108))));
    assertThat(kind(20)).isEqualTo("COMMITTED");
    assertThat(kind(24)).isEqualTo("COMMITTED");
    assertThat(proposed(20)).containsExactly(LAPSED);
    assertThat(proposed(24)).isEmpty();
  }

  private static Set<Sha256> proposed(long repo) {
    var found = DATABASE.<Set<Sha256>>read(db -> Holds.proposed(db, repo, List.of(LAPSED, DIGEST)));
    assertThat(DATABASE.<Set<Sha256>>read(db -> Holds.proposed(db, repo, List.of(DIGEST))))
        .as("what was not asked for")
        .isEmpty();
    assertThat(DATABASE.<Boolean>read(db -> Holds.anyProposed(db, repo)))
        .isEqualTo(!found.isEmpty());
    return found;
  }

  private static Optional<FileManifest> terms(MerkleHash file) {
    return DATABASE.read(db -> Manifests.find(db, file));
  }

  private static boolean isHeld(long repo, MerkleHash file) {
    return DATABASE.read(db -> Holds.isHeld(db, repo, file));
  }

  private static Map<Sha256, StoredFile> byDigest(long repo) {
    return DATABASE.read(db -> Holds.bySha256(db, repo, List.of(DIGEST)));
  }

  private static String kind(long repo) {
    return DATABASE.read(
        db ->
            Columns.textOf(
                db.createGet("select kind from file_grant where repo_id = :repo")
                    .addParam("repo", repo)
                    .execute()
                    .orElseThrow(),
                "kind"));
  }

  private static void delete(StoredXorb xorb) {
    DATABASE.change(
        tx ->
            tx.createUpdate(
                    "update xorb set state = 'DELETING', condemned_at = now() where id = :id")
                .addParam("id", xorb.id())
                .execute());
  }

  private static Instant soon() {
    return Instant.now().plusSeconds(3600);
  }
}
