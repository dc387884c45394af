package dev.ashlar.metadata;

import static dev.ashlar.metadata.Samples.hash;
import static dev.ashlar.metadata.Samples.manifest;
import static dev.ashlar.metadata.Samples.xorb;
import static org.assertj.core.api.Assertions.assertThat;

import dev.ashlar.core.hash.MerkleHash;
import dev.ashlar.core.hash.Sha256;
import java.time.Instant;
import java.util.List;
import java.util.Optional;
import java.util.Set;
import org.junit.jupiter.api.AfterAll;
import org.junit.jupiter.api.BeforeAll;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.TestInstance;

@TestInstance(TestInstance.Lifecycle.PER_CLASS)
class AwaitedFilesTest {
  private static final Sha256 DIGEST = new Sha256(1, 2, 3, 4);
  private static final MerkleHash FILE = hash(200);

  private final Database database = TestDatabase.open();
  private long file;

  @BeforeAll
  void register() {
    var manifest = manifest(200, xorb(database, 20));
    file =
        database
            .<StoredFile>transact(
                tx ->
                    Manifests.register(
                        tx, manifest, Optional.of(DIGEST), Xorbs.lockForUse(tx, List.of(hash(20)))))
            .id();
  }

  @AfterAll
  void close() {
    database.close();
  }

  private void upload(long repo) {
    database.change(tx -> Holds.upload(tx, repo, file, Instant.now().plusSeconds(600)));
  }

  private void commit(long repo) {
    database.change(tx -> Holds.commit(tx, repo, List.of(FILE)));
  }

  private void letGo(long repo) {
    database.change(tx -> AwaitedFiles.letGo(tx, repo, List.of(DIGEST)));
  }

  private void comesAgain(long repo) {
    database.change(tx -> AwaitedFiles.returned(tx, repo, List.of(FILE)));
  }

  private boolean isHeld(long repo) {
    return database.read(db -> Holds.isHeld(db, repo, FILE));
  }

  private boolean isLasting(long repo) {
    return database.read(
        db -> Holds.committedBySha256(db, repo, List.of(DIGEST)).containsKey(DIGEST));
  }

  private boolean isAwaited(long repo) {
    var files = database.<Set<MerkleHash>>read(db -> AwaitedFiles.among(db, repo, List.of(FILE)));
    var orHeld = database.<Set<Sha256>>read(db -> AwaitedFiles.orHeld(db, repo, List.of(DIGEST)));
    assertThat(orHeld.contains(DIGEST)).isEqualTo(files.contains(FILE) || isHeld(repo));
    return files.contains(FILE);
  }

  @Test
  void givenALastingHoldThatWasLetGo_whenTheFileComesAgain_thenItIsHeldLastinglyAtOnce() {
    commit(1);
    letGo(1);
    assertThat(isHeld(1)).isFalse();
    assertThat(isAwaited(1)).isTrue();
    assertThat(isAwaited(2)).isFalse();

    comesAgain(1);
    assertThat(isHeld(1)).as("what is not held does not become so").isFalse();
    assertThat(isAwaited(1)).isTrue();
    upload(1);
    upload(2);
    assertThat(isLasting(1)).isFalse();
    comesAgain(1);
    comesAgain(2);

    assertThat(isLasting(1)).isTrue();
    assertThat(isAwaited(1)).isFalse();
    assertThat(isHeld(2)).isTrue();
    assertThat(isLasting(2)).as("nobody awaits it there").isFalse();
  }

  @Test
  void givenAnAwaitedFile_whenItsNewHoldHasExpired_thenItStaysAwaited() {
    commit(3);
    letGo(3);
    database.change(tx -> Holds.upload(tx, 3, file, Instant.now().minusSeconds(1)));

    comesAgain(3);

    assertThat(isHeld(3)).isFalse();
    assertThat(isAwaited(3)).isTrue();
  }

  @Test
  void givenAFileThatWasCollectedMeanwhile_whenItComesAgainWithAnother_thenTheOtherIsHeldStill() {
    commit(11);
    letGo(11);
    upload(11);

    database.change(tx -> AwaitedFiles.returned(tx, 11, List.of(hash(299), FILE)));

    assertThat(isLasting(11)).isTrue();
    assertThat(isAwaited(11)).isFalse();
  }

  @Test
  void givenAHoldOfAnUpload_whenItIsLetGo_thenNothingIsAwaited() {
    upload(4);
    letGo(4);
    letGo(5);

    assertThat(isHeld(4)).isFalse();
    assertThat(isAwaited(4)).isFalse();
    assertThat(isAwaited(5)).isFalse();
  }

  @Test
  void givenAnAwaitedFile_whenItIsLetGoAgainOrDropped_thenOnlyDroppingForgetsIt() {
    commit(6);
    letGo(6);
    upload(6);
    letGo(6);
    assertThat(isHeld(6)).isFalse();
    assertThat(isAwaited(6)).isTrue();

    database.change(tx -> Holds.drop(tx, 6, List.of(DIGEST)));

    assertThat(isAwaited(6)).isFalse();
  }

  @Test
  void givenAnAwaitedFile_whenItIsProposedAndThenCommitted_thenTheCommitEndsTheWaiting() {
    commit(7);
    letGo(7);
    database.change(tx -> Holds.propose(tx, 7, List.of(FILE)));
    assertThat(isAwaited(7)).as("the proposal may end").isTrue();

    commit(7);

    assertThat(isAwaited(7)).isFalse();
    assertThat(isLasting(7)).isTrue();
  }

  @Test
  void givenAnAwaitedFileThatIsProposed_whenItComesAgain_thenItEndsWithNoPullRequest() {
    commit(8);
    letGo(8);
    database.change(tx -> Holds.propose(tx, 8, List.of(FILE)));

    comesAgain(8);

    assertThat(isLasting(8)).isTrue();
    assertThat(database.<Boolean>read(db -> Holds.anyProposed(db, 8))).isFalse();
  }

  @Test
  void givenAnAwaitedFile_whenTheRepositoryIsCopiedAndDropped_thenTheCopyAwaitsIt() {
    commit(9);
    letGo(9);

    database.change(tx -> Holds.copy(tx, 9, 10, Set.of()));
    database.change(tx -> Holds.dropRepo(tx, 9));

    assertThat(isHeld(10)).isFalse();
    assertThat(isAwaited(10)).isTrue();
    assertThat(isAwaited(9)).isFalse();
  }
}
