package dev.ashlar.metadata;

import static dev.ashlar.metadata.Samples.file;
import static dev.ashlar.metadata.Samples.hash;
import static dev.ashlar.metadata.Samples.manifest;
import static dev.ashlar.metadata.Samples.xorb;
import static org.assertj.core.api.Assertions.assertThat;

import dev.ashlar.core.hash.MerkleHash;
import java.time.Instant;
import java.util.List;
import java.util.Map;
import java.util.Set;
import java.util.stream.Collectors;
import org.junit.jupiter.api.AfterAll;
import org.junit.jupiter.api.Test;

class VisibilityTest {
  private static final Database DATABASE = TestDatabase.open();
  private static final long OWNER = 1;
  private static final long STRANGER = 2;
  private static final long PRIVATE = 10;
  private static final long PUBLIC = 11;

  /** Everybody reads PUBLIC, only the owner PRIVATE. */
  private static final ReadableRepos REPOS =
      (_, caller, repos) ->
          repos.stream()
              .filter(repo -> repo == PUBLIC || caller == OWNER)
              .collect(Collectors.toSet());

  @AfterAll
  static void close() {
    DATABASE.close();
  }

  @Test
  void givenAnUploadedXorb_whenOthersAsk_thenOnlyTheUploaderMayUseIt() {
    var xorb = xorb(DATABASE, 1);
    DATABASE.change(tx -> XorbGrants.uploaded(tx, OWNER, xorb.id()));

    assertThat(usable(OWNER, xorb)).containsExactly(xorb.hash());
    assertThat(usable(STRANGER, xorb)).isEmpty();
  }

  @Test
  void givenAShownXorb_whenTheAnswerExpires_thenItMayNotBeUsed() {
    var xorb = xorb(DATABASE, 2);
    DATABASE.change(tx -> XorbGrants.shown(tx, STRANGER, List.of(xorb.id()), in(3600)));
    DATABASE.change(tx -> XorbGrants.shown(tx, OWNER, List.of(xorb.id()), in(-1)));

    assertThat(usable(STRANGER, xorb)).containsExactly(xorb.hash());
    assertThat(usable(OWNER, xorb)).isEmpty();
    assertThat(DATABASE.<Long>transact(XorbGrants::forgetExpired)).isEqualTo(1);
  }

  @Test
  void givenAnUploadedXorb_whenItIsShownToo_thenTheLastingGrantStays() {
    var xorb = xorb(DATABASE, 3);
    DATABASE.change(tx -> XorbGrants.shown(tx, OWNER, List.of(xorb.id()), in(-5)));
    DATABASE.change(tx -> XorbGrants.uploaded(tx, OWNER, xorb.id()));
    DATABASE.change(tx -> XorbGrants.shown(tx, OWNER, List.of(xorb.id()), in(-5)));

    assertThat(usable(OWNER, xorb)).containsExactly(xorb.hash());
  }

  @Test
  void givenXorbsOfAPrivateAndAPublicRepository_whenAStrangerAsks_thenOnlyThePublicOnesAreUsable() {
    var secret = xorb(DATABASE, 4);
    var open = xorb(DATABASE, 5);
    hold(PRIVATE, 50, in(3600), secret);
    hold(PUBLIC, 51, in(3600), open);

    assertThat(usable(STRANGER, secret, open)).containsExactly(open.hash());
    assertThat(usable(OWNER, secret, open)).containsExactlyInAnyOrder(secret.hash(), open.hash());
  }

  @Test
  void givenAHoldThatExpired_whenAsked_thenItsXorbsAreNotUsable() {
    var xorb = xorb(DATABASE, 6);
    hold(PUBLIC, 52, in(-1), xorb);

    assertThat(usable(STRANGER, xorb)).isEmpty();
  }

  @Test
  void givenAFileOfThreeXorbs_whenOneIsHit_thenItComesFirstAndTheOthersNewestFirst() {
    var a = xorb(DATABASE, 7);
    var b = xorb(DATABASE, 8);
    var c = xorb(DATABASE, 9);
    hold(PUBLIC, 53, in(3600), a, b, c);
    DATABASE.change(tx -> DedupIndex.add(tx, List.of(hash(70)), List.of(b.id())));
    DATABASE.change(tx -> DedupIndex.add(tx, List.of(hash(70), hash(71)), b.id()));

    assertThat(lookup(hash(70))).containsExactly(b.id());
    assertThat(neighbours(STRANGER, b)).containsExactly(b, c, a);
  }

  @Test
  void givenAXorbInAPrivateAndAPublicFile_whenAStrangerAsks_thenPrivateNeighboursStayHidden() {
    var shared = xorb(DATABASE, 20);
    var secret = xorb(DATABASE, 21);
    var open = xorb(DATABASE, 22);
    hold(PRIVATE, 54, in(3600), shared, secret);
    hold(PUBLIC, 55, in(3600), shared, open);

    assertThat(neighbours(STRANGER, shared)).containsExactly(shared, open);
    assertThat(neighbours(STRANGER, secret)).isEmpty();
    assertThat(neighbours(OWNER, shared)).containsExactly(shared, open, secret);
  }

  @Test
  void givenMoreThan64Neighbours_whenOneIsHit_thenTheNewest64Come() {
    var xorbs = new StoredXorb[80];
    for (int i = 0; i < xorbs.length; i++) {
      xorbs[i] = xorb(DATABASE, 1000 + i);
    }
    hold(PUBLIC, 56, in(3600), xorbs);

    var found = DATABASE.read(db -> DedupIndex.neighbours(db, STRANGER, xorbs[0].id(), REPOS));

    assertThat(found).hasSize(64).startsWith(xorbs[0], xorbs[79], xorbs[78]);
  }

  @Test
  void givenNothing_whenAskedForNothing_thenNothingComes() {
    DATABASE.change(tx -> DedupIndex.add(tx, List.of(), 1));
    DATABASE.change(tx -> XorbGrants.shown(tx, OWNER, List.of(), in(60)));

    assertThat(usable(OWNER)).isEmpty();
    Map<MerkleHash, StoredXorb> locked = DATABASE.transact(tx -> Xorbs.lockForUse(tx, List.of()));
    assertThat(locked).isEmpty();
  }

  @Test
  void givenAXorbThatIsGone_whenItIsShown_thenNoGrantIsLeft() {
    DATABASE.change(tx -> XorbGrants.shown(tx, OWNER, List.of(Long.MAX_VALUE), in(60)));

    assertThat(Samples.count(DATABASE, "xorb_grant where xorb_id = " + Long.MAX_VALUE)).isZero();
  }

  private static List<StoredXorb> neighbours(long caller, StoredXorb xorb) {
    return DATABASE.read(db -> DedupIndex.neighbours(db, caller, xorb.id(), REPOS));
  }

  private static List<Long> lookup(MerkleHash chunk) {
    return DATABASE.read(db -> DedupIndex.lookup(db, chunk));
  }

  private static Set<MerkleHash> usable(long caller, StoredXorb... xorbs) {
    var hashes = List.of(xorbs).stream().map(StoredXorb::hash).toList();
    return DATABASE.read(db -> XorbGrants.usable(db, caller, hashes, REPOS));
  }

  private static void hold(long repo, long seed, Instant expires, StoredXorb... xorbs) {
    DATABASE.change(tx -> Holds.upload(tx, repo, file(tx, manifest(seed, xorbs)).id(), expires));
  }

  private static Instant in(long seconds) {
    return Instant.now().plusSeconds(seconds);
  }
}
