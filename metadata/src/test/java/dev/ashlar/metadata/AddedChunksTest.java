package dev.ashlar.metadata;

import static dev.ashlar.metadata.Samples.hash;
import static dev.ashlar.metadata.Samples.xorb;
import static org.assertj.core.api.Assertions.assertThat;

import dev.ashlar.core.hash.MerkleHash;
import java.sql.SQLException;
import java.util.ArrayList;
import java.util.HexFormat;
import java.util.List;
import java.util.stream.IntStream;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;

/** What a server learns of additions to the dedup index, against a real PostgreSQL. */
class AddedChunksTest {
  private static final String INSERT =
      "insert into dedup_chunk (chunk_hash, xorb_id) values (?, ?)";

  private final DatabaseConfig config = TestDatabase.config();
  private final Database database = Database.open(config);
  private long xorb;

  @BeforeEach
  void publish() {
    xorb = xorb(database, 1).id();
  }

  @AfterEach
  void close() {
    database.close();
  }

  private void add(MerkleHash... chunks) {
    database.change(tx -> DedupIndex.add(tx, List.of(chunks), xorb));
  }

  private long horizon() {
    return database.look(DedupIndex::horizon);
  }

  private List<MerkleHash> addedSince(long horizon) {
    return database.look(db -> DedupIndex.added(db, AddedChunk.before(horizon), 100)).stream()
        .map(AddedChunk::chunk)
        .toList();
  }

  @Test
  void givenAHorizon_whenChunksAreAdded_thenOnlyTheyComeFromThere() {
    add(hash(1));
    long horizon = horizon();
    add(hash(2), hash(3));

    assertThat(addedSince(horizon)).containsExactlyInAnyOrder(hash(2), hash(3));
    assertThat(addedSince(horizon())).isEmpty();
  }

  @Test
  void givenATransactionThatIsOpenDuringALook_whenItCommitsBehindAYoungerOne_thenItIsNotMissed()
      throws SQLException {
    try (var open = config.connect()) {
      open.setAutoCommit(false);
      try (var insert = open.prepareStatement(INSERT)) {
        insert.setBytes(1, hash(1).bytes());
        insert.setLong(2, xorb);
        insert.execute();
      }
      add(hash(2));
      long horizon = horizon();
      assertThat(addedSince(horizon)).containsExactly(hash(2));

      open.commit();

      assertThat(addedSince(horizon)).containsExactlyInAnyOrder(hash(1), hash(2));
      assertThat(addedSince(horizon())).isEmpty();
    }
  }

  @Test
  void givenMoreThanAPage_whenAskedPageByPage_thenEachIsSeen() {
    var first = IntStream.range(0, 7).mapToObj(Samples::hash).toArray(MerkleHash[]::new);
    var second = IntStream.range(7, 14).mapToObj(Samples::hash).toArray(MerkleHash[]::new);
    long horizon = horizon();
    add(first);
    add(second);

    var added = new ArrayList<MerkleHash>();
    var place = AddedChunk.before(horizon);
    for (var page = added(place); !page.isEmpty(); page = added(page.getLast())) {
      page.forEach(one -> added.add(one.chunk()));
    }
    var all = new ArrayList<MerkleHash>();
    for (var page = all(MerkleHash.ZERO); !page.isEmpty(); page = all(page.getLast())) {
      all.addAll(page);
    }

    assertThat(added)
        .hasSize(14)
        .contains(first)
        .contains(second)
        .containsExactlyInAnyOrderElementsOf(all);
  }

  private List<AddedChunk> added(AddedChunk after) {
    return database.look(db -> DedupIndex.added(db, after, 3));
  }

  private List<MerkleHash> all(MerkleHash after) {
    return database.look(db -> DedupIndex.all(db, after, 3));
  }

  @Test
  void givenRowsOfBeforeAndRowsOfAnotherCluster_whenLookedFor_thenNeitherIsAnAddition() {
    long horizon = horizon();
    add(hash(1), hash(2), hash(3));
    database.change(tx -> tx.update("update dedup_chunk set added_in = null where " + is(1)));
    database.change(
        tx -> tx.update("update dedup_chunk set added_in = '9000000000' where " + is(2)));

    assertThat(addedSince(horizon)).containsExactly(hash(3));
    assertThat(all(MerkleHash.ZERO)).hasSize(3);
  }

  private static String is(int seed) {
    return "chunk_hash = '\\x" + HexFormat.of().formatHex(hash(seed).bytes()) + "'";
  }

  @Test
  void givenManyRows_whenAnalyzed_thenTheirNumberIsKnownRoughly() {
    database.change(
        tx ->
            tx.update(
                "insert into dedup_chunk select sha256(cast(cast(i as text) as bytea)), 1"
                    + " from generate_series(1, 5000) i"));
    assertThat(database.look(DedupIndex::roughSize)).isZero();

    database.change(tx -> tx.createNamedDmlStatement("analyze", "analyze dedup_chunk").execute());

    assertThat(database.look(DedupIndex::roughSize)).isBetween(4_000L, 6_000L);
  }
}
