package dev.ashlar.casserver.dedup;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import dev.ashlar.core.hash.MerkleHash;
import dev.ashlar.metadata.Database;
import dev.ashlar.metadata.DatabaseConfig;
import dev.ashlar.metadata.DedupIndex;
import dev.ashlar.metadata.NewXorb;
import dev.ashlar.metadata.TestDatabase;
import dev.ashlar.metadata.Xorbs;
import dev.ashlar.web.Metrics;
import java.sql.Connection;
import java.sql.DriverManager;
import java.sql.SQLException;
import java.time.Duration;
import java.util.HexFormat;
import java.util.List;
import java.util.SplittableRandom;
import java.util.concurrent.atomic.AtomicLong;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.Timeout;

/** What a server may deny while others, and it, add to one PostgreSQL. */
final class ChunkWatchTest {
  private static final MerkleHash NOBODYS = chunk(0);

  private final AtomicLong nanos = new AtomicLong();
  private final DatabaseConfig config = TestDatabase.config();
  private final Database database = Database.open(config);
  private final ChunkWatch watch = watch(FilterSize.DEFAULT);
  private long xorb;

  private ChunkWatch watch(FilterSize size) {
    return new ChunkWatch(database, size, nanos::get);
  }

  @BeforeEach
  void publish() {
    var fresh = new NewXorb(chunk(-1), "xorb/one", 1000, 2000, 10);
    xorb = database.transact(tx -> Xorbs.publish(tx, fresh)).xorb().id();
  }

  @AfterEach
  void close() {
    database.close();
  }

  private static MerkleHash chunk(long seed) {
    var random = new SplittableRandom(seed);
    return new MerkleHash(
        random.nextLong(), random.nextLong(), random.nextLong(), random.nextLong());
  }

  /** What another server does. */
  private void add(MerkleHash chunk) {
    database.change(tx -> DedupIndex.add(tx, List.of(chunk), xorb));
  }

  private void addMany(int first, int count) {
    database.change(
        tx ->
            tx.update(
                "insert into dedup_chunk select sha256(cast(cast(i as text) as bytea)), "
                    + "%d from generate_series(%d, %d) i"
                        .formatted(xorb, first, first + count - 1)));
  }

  private Connection connect() throws SQLException {
    return DriverManager.getConnection(config.url(), config.user(), config.password());
  }

  private void pass(Duration time) {
    nanos.addAndGet(time.toNanos());
  }

  private void load(ChunkWatch one) {
    do {
      one.round();
    } while (one.isLoading());
  }

  @Test
  void givenAFilterThatIsNotLoaded_whenAsked_thenNothingIsDenied() {
    addMany(1, 10_000);

    assertThat(watch.mayHold(NOBODYS)).isTrue();
    watch.round();

    assertThat(watch.state()).as("a page is not all").isEqualTo(FilterState.LOADING);
    assertThat(watch.mayHold(NOBODYS)).isTrue();
    load(watch);
    assertThat(watch.mayHold(NOBODYS)).isFalse();
    assertThat(watch.state()).isEqualTo(FilterState.LOADED);
    assertThat(watch.chunks()).isBetween(9_900L, 10_000L);
  }

  @Test
  void givenChunksOfBefore_whenLoaded_thenTheyAreNotDenied() {
    add(chunk(1));
    database.change(tx -> tx.update("update dedup_chunk set added_in = null"));

    load(watch);

    assertThat(watch.mayHold(chunk(1))).isTrue();
    assertThat(watch.mayHold(NOBODYS)).isFalse();
  }

  @Test
  void givenTwoServers_whenOneAdds_thenItKnowsAtOnceAndTheOtherAfterItsNextLook() {
    var other = watch(FilterSize.DEFAULT);
    load(watch);
    load(other);

    add(chunk(1));
    watch.added(List.of(chunk(1)));

    assertThat(watch.mayHold(chunk(1))).isTrue();
    assertThat(other.mayHold(chunk(1))).isFalse();
    pass(ChunkWatch.LOOKS);
    other.round();
    assertThat(other.mayHold(chunk(1))).isTrue();
  }

  @Test
  void givenATransactionOpenDuringALook_whenItCommitsAfterAYoungerOne_thenItIsNotMissed()
      throws SQLException {
    load(watch);
    try (var open = connect();
        var insert = open.createStatement()) {
      open.setAutoCommit(false);
      insert.execute(insertion(chunk(1)));
      add(chunk(2));
      pass(ChunkWatch.LOOKS);
      watch.round();
      assertThat(watch.mayHold(chunk(2))).isTrue();
      assertThat(watch.mayHold(chunk(1))).isFalse();

      open.commit();
    }

    pass(ChunkWatch.LOOKS);
    watch.round();
    assertThat(watch.mayHold(chunk(1))).isTrue();
  }

  private String insertion(MerkleHash chunk) {
    return "insert into dedup_chunk values (%s, %d)".formatted(literal(chunk), xorb);
  }

  private static String literal(MerkleHash chunk) {
    return "'\\x" + HexFormat.of().formatHex(chunk.bytes()) + "'";
  }

  @Test
  void givenAFilterThatIsBeingLoaded_whenChunksCommitBehindItsPlace_thenItHasThem()
      throws SQLException {
    addMany(1, 30_000);
    var low = new MerkleHash(0, 1, 2, 3);
    var own = new MerkleHash(0, 4, 5, 6);
    try (var open = connect();
        var insert = open.createStatement()) {
      open.setAutoCommit(false);
      insert.execute(insertion(low));
      watch.round();
      add(own);
      watch.added(List.of(own));
      open.commit();
    }

    pass(ChunkWatch.LOOKS);
    load(watch);

    assertThat(watch.state()).isEqualTo(FilterState.LOADED);
    assertThat(watch.mayHold(low)).isTrue();
    assertThat(watch.mayHold(own)).isTrue();
    assertThat(watch.mayHold(NOBODYS)).isFalse();
  }

  @Test
  void givenMoreChunksThanTheLargestFilterTellsApart_whenLoaded_thenNothingIsDenied() {
    var small = watch(new FilterSize(64, 1 << 10));
    addMany(1, 1_000);

    load(small);

    assertThat(small.state()).isEqualTo(FilterState.TOO_MANY);
    assertThat(small.mayHold(NOBODYS)).isTrue();
    assertThat(small.bytes()).isZero();
    database.change(tx -> tx.update("delete from dedup_chunk"));
    pass(ChunkWatch.RENEWAL.plusSeconds(1));
    load(small);
    assertThat(small.state()).isEqualTo(FilterState.LOADED);
    assertThat(small.mayHold(NOBODYS)).isFalse();
  }

  @Test
  void givenALoadedFilter_whenTooManyAreAdded_thenItIsSwitchedOff() {
    var small = watch(new FilterSize(64, 1 << 10));
    load(small);
    assertThat(small.mayHold(NOBODYS)).isFalse();

    addMany(1, 1_000);
    pass(ChunkWatch.LOOKS);
    load(small);

    assertThat(small.state()).isEqualTo(FilterState.TOO_MANY);
    assertThat(small.mayHold(NOBODYS)).isTrue();
  }

  @Test
  void givenAFilterThatBecomesTight_whenLookedAt_thenALargerOneTakesItsPlace() {
    var growing = watch(new FilterSize(64, 1 << 20));
    load(growing);
    long before = growing.bytes();
    addMany(1, 1_000);
    add(chunk(1));

    pass(ChunkWatch.LOOKS);
    load(growing);

    assertThat(growing.bytes()).isGreaterThan(100 * before);
    assertThat(growing.chunks()).isBetween(990L, 1_001L);
    assertThat(growing.mayHold(chunk(1))).isTrue();
  }

  @Test
  void givenDeletedChunks_whenADayHasPassed_thenTheNewFilterDeniesThem() {
    add(chunk(1));
    add(chunk(2));
    load(watch);
    database.change(
        tx -> tx.update("delete from dedup_chunk where chunk_hash = " + literal(chunk(1))));
    pass(ChunkWatch.LOOKS);
    load(watch);
    assertThat(watch.mayHold(chunk(1))).isTrue();

    pass(ChunkWatch.RENEWAL);
    load(watch);

    assertThat(watch.mayHold(chunk(1))).isFalse();
    assertThat(watch.mayHold(chunk(2))).isTrue();
  }

  @Test
  void givenADatabaseThatCannotBeAsked_whenTimePasses_thenNothingIsDeniedUntilItCan()
      throws SQLException {
    load(watch);
    try (var other = connect();
        var statement = other.createStatement()) {
      statement.execute("alter table dedup_chunk rename to elsewhere");
      statement.execute(insertion(chunk(1)).replace("dedup_chunk", "elsewhere"));
      pass(ChunkWatch.TRUST.plusSeconds(1));
      assertThatThrownBy(watch::round).isInstanceOf(RuntimeException.class);

      assertThat(watch.state()).isEqualTo(FilterState.STALE);
      assertThat(watch.mayHold(NOBODYS)).isTrue();

      statement.execute("alter table elsewhere rename to dedup_chunk");
    }
    watch.round();
    assertThat(watch.state()).isEqualTo(FilterState.LOADED);
    assertThat(watch.mayHold(NOBODYS)).isFalse();
    assertThat(watch.mayHold(chunk(1))).isTrue();
  }

  @Test
  @Timeout(30)
  void givenAServer_whenAnotherAdds_thenItLearnsByItself() throws InterruptedException {
    var metrics = new Metrics();
    try (var chunks = new StoredChunks(database, metrics)) {
      while (chunks.mayHold(chunk(1))) {
        Thread.sleep(10);
      }
      assertThat(metrics.text())
          .contains("dedup_filter_state_info{state=\"loaded\"} 1")
          .contains("dedup_absent_chunks_total 1");

      add(chunk(1));

      while (!chunks.mayHold(chunk(1))) {
        Thread.sleep(10);
      }
      assertThat(metrics.text())
          .contains("dedup_filter_chunks_count 1")
          .contains("dedup_filter_bytes 8192");
    }
  }
}
