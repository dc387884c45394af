package dev.ashlar.metadata;

import static dev.ashlar.metadata.Samples.hash;
import static dev.ashlar.metadata.Samples.newXorb;
import static dev.ashlar.metadata.Samples.xorb;
import static org.assertj.core.api.Assertions.assertThat;

import java.util.ArrayList;
import java.util.List;
import java.util.concurrent.CountDownLatch;
import java.util.concurrent.Executors;
import java.util.concurrent.TimeUnit;
import java.util.stream.Stream;
import org.junit.jupiter.api.AfterAll;
import org.junit.jupiter.api.Test;

class XorbsTest {
  private static final Database DATABASE = TestDatabase.open();

  @AfterAll
  static void close() {
    DATABASE.close();
  }

  @Test
  void givenAStoredXorb_whenItIsPublishedAgain_thenTheFirstStaysAndTheSecondObjectIsQueued() {
    var first = newXorb(1);
    var second = newXorb(1);
    DATABASE.transact(tx -> Xorbs.publish(tx, first));

    var published = DATABASE.transact(tx -> Xorbs.publish(tx, second));

    assertThat(published.inserted()).isFalse();
    assertThat(published.xorb().storageKey()).isEqualTo(first.storageKey());
    assertThat(isQueued(second.storageKey())).isTrue();
    assertThat(isQueued(first.storageKey())).isFalse();
  }

  @Test
  void givenACommitOfUnknownOutcome_whenTheSameObjectIsPublishedAgain_thenItIsNotQueued() {
    var xorb = newXorb(2);
    DATABASE.transact(tx -> Xorbs.publish(tx, xorb));

    var again = DATABASE.transact(tx -> Xorbs.publish(tx, xorb));

    assertThat(again.xorb().storageKey()).isEqualTo(xorb.storageKey());
    assertThat(isQueued(xorb.storageKey())).isFalse();
  }

  @Test
  void givenEightUploadsOfOneXorb_whenTheyPublishAtOnce_thenOneIsKeptAndSevenAreQueued()
      throws Exception {
    var xorbs = Stream.generate(() -> newXorb(3)).limit(8).toList();
    var start = new CountDownLatch(1);

    List<Published> published;
    try (var lanes = Executors.newVirtualThreadPerTaskExecutor()) {
      var runs =
          xorbs.stream()
              .map(
                  xorb ->
                      lanes.submit(
                          () -> {
                            start.await();
                            return DATABASE.transact(tx -> Xorbs.publish(tx, xorb));
                          }))
              .toList();
      start.countDown();
      published = new ArrayList<>();
      for (var run : runs) {
        published.add(run.get(20, TimeUnit.SECONDS));
      }
    }

    assertThat(published).filteredOn(Published::inserted).hasSize(1);
    assertThat(published)
        .extracting(each -> each.xorb().storageKey())
        .hasSameElementsAs(List.of(published.getFirst().xorb().storageKey()));
    assertThat(xorbs).filteredOn(xorb -> isQueued(xorb.storageKey())).hasSize(7);
  }

  @Test
  void givenADeletingXorb_whenItIsPublished_thenItGetsTheNewKeyAndTheNextGeneration() {
    var old = xorb(DATABASE, 4);
    state(old, "DELETING");
    var renewed = newXorb(4);

    var before = DATABASE.read(db -> Xorbs.find(db, old.hash()));
    var published = DATABASE.transact(tx -> Xorbs.publish(tx, renewed));

    assertThat(before).isEmpty();
    assertThat(published.inserted()).isTrue();
    assertThat(published.xorb().storageKey()).isEqualTo(renewed.storageKey());
    assertThat(isQueued(renewed.storageKey())).isFalse();
    assertThat(text(old, "cast(generation as text)")).isEqualTo("2");
  }

  @Test
  void givenACondemnedXorb_whenItIsLockedForUse_thenItIsReadyAndProtectedAgain() {
    var condemned = xorb(DATABASE, 5);
    state(condemned, "CONDEMNED");

    var locked = DATABASE.transact(tx -> Xorbs.lockForUse(tx, List.of(condemned.hash())));

    assertThat(locked).containsKey(condemned.hash());
    assertThat(text(condemned, "state")).isEqualTo("READY");
    assertThat(text(condemned, "cast(protected_until > now() + interval '27 days' as text)"))
        .isEqualTo("true");
  }

  @Test
  void givenDeletingAndUnknownXorbs_whenLockedForUse_thenTheyAreMissing() {
    var deleting = xorb(DATABASE, 6);
    var ready = xorb(DATABASE, 7);
    state(deleting, "DELETING");

    var locked =
        DATABASE.transact(
            tx -> Xorbs.lockForUse(tx, List.of(deleting.hash(), ready.hash(), hash(8))));

    assertThat(locked).containsOnlyKeys(ready.hash());
  }

  @Test
  void givenAUseThatIsNotCommitted_whenASweeperComes_thenItWaitsAndSeesTheUse() throws Exception {
    var xorb = xorb(DATABASE, 9);
    state(xorb, "CONDEMNED");
    var locked = new CountDownLatch(1);
    var finish = new CountDownLatch(1);

    try (var lanes = Executors.newVirtualThreadPerTaskExecutor()) {
      var use =
          lanes.submit(
              () ->
                  DATABASE.transact(
                      tx -> {
                        var map = Xorbs.lockForUse(tx, List.of(xorb.hash()));
                        locked.countDown();
                        await(finish);
                        return map.size();
                      }));
      locked.await();
      var sweep =
          lanes.submit(
              () ->
                  DATABASE.transact(
                      tx -> {
                        tx.createGet("select id from xorb where id = :id for update")
                            .addParam("id", xorb.id())
                            .execute();
                        return tx.createUpdate(
                                "update xorb set state = 'DELETING' where id = :id"
                                    + " and state = 'CONDEMNED'")
                            .addParam("id", xorb.id())
                            .execute();
                      }));

      Thread.sleep(100);
      assertThat(sweep.isDone()).isFalse();
      finish.countDown();

      assertThat(use.get(10, TimeUnit.SECONDS)).isEqualTo(1);
      assertThat(sweep.get(10, TimeUnit.SECONDS)).isZero();
    }
  }

  @Test
  void givenAQuietXorb_whenTwoUseIt_thenNeitherWaits() throws Exception {
    var xorb = xorb(DATABASE, 10);

    int second =
        DATABASE.transact(
            tx -> {
              Xorbs.lockForUse(tx, List.of(xorb.hash()));
              return DATABASE.transact(
                  other -> {
                    other.dml("set local lock_timeout = '2s'");
                    return Xorbs.lockForUse(other, List.of(xorb.hash())).size();
                  });
            });

    assertThat(second).isEqualTo(1);
  }

  private static void await(CountDownLatch latch) {
    try {
      latch.await();
    } catch (InterruptedException stop) {
      throw new IllegalStateException(stop);
    }
  }

  private static void state(StoredXorb xorb, String state) {
    DATABASE.change(
        tx ->
            tx.createUpdate(
                    "update xorb set state = :state, condemned_at = now(),"
                        + " protected_until = now() where id = :id")
                .addParam("state", state)
                .addParam("id", xorb.id())
                .execute());
  }

  private static String text(StoredXorb xorb, String expression) {
    return DATABASE.read(
        db ->
            Columns.textOf(
                db.createGet("select " + expression + " as value from xorb where id = :id")
                    .addParam("id", xorb.id())
                    .execute()
                    .orElseThrow(),
                "value"));
  }

  private static boolean isQueued(String key) {
    return DATABASE.read(
        db ->
            db.createGet("select storage_key from deletion where storage_key = :key")
                .addParam("key", key)
                .execute()
                .isPresent());
  }
}
