package dev.ashlar.chunker;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import dev.ashlar.core.hash.Sha256;
import java.nio.charset.StandardCharsets;
import java.util.ArrayDeque;
import java.util.ArrayList;
import java.util.concurrent.CompletableFuture;
import org.junit.jupiter.api.Test;

final class FileDigestTest {
  private final ArrayDeque<Runnable> pool = new ArrayDeque<>();
  private final FileDigest digest = new FileDigest(pool::add);
  private final ArrayList<String> done = new ArrayList<>();

  @Test
  void givenABusyPool_whenOtherWorkIsWaitedFor_thenWhoWaitsDoesItAndTheDigestStays() {
    var step = digest.update(text("a"), 0, 1);
    digest.execute(() -> done.add("first"));
    var second = CompletableFuture.supplyAsync(() -> done.add("second"), digest);
    digest.execute(() -> done.add("third"));

    assertThat(digest.await(second)).isTrue();

    assertThat(done).containsExactly("first", "second");
    assertThat(step).isNotDone();
    assertThat(pool).hasSize(1);
  }

  @Test
  void givenManySteps_whenThePoolRuns_thenOthersOfThePoolHaveTheirTurnAfterSome() {
    for (int i = 0; i < 20; i++) {
      var _ = digest.update(text("a"), 0, 1).thenRun(() -> done.add("step"));
    }

    pool.remove().run();

    assertThat(done).hasSize(16);
    assertThat(pool).hasSize(1);
  }

  @Test
  void givenAPoolThatRefuses_whenSomethingIsWaitedFor_thenTheDigestFailsAndOtherWorkIsDone() {
    var refused = new IllegalStateException("no more room");
    var broken =
        new FileDigest(
            _ -> {
              throw refused;
            });
    var step = broken.update(text("a"), 0, 1);
    var other = CompletableFuture.supplyAsync(() -> "done", broken);
    var later = broken.update(text("b"), 0, 1);

    assertThat(broken.await(other)).isEqualTo("done");
    assertThatThrownBy(() -> broken.await(step)).isSameAs(refused);
    assertThatThrownBy(() -> broken.await(later)).isSameAs(refused);
    assertThatThrownBy(broken::finish).isSameAs(refused);
  }

  @Test
  void givenStepsAndOtherWork_whenThePoolRuns_thenTheDigestComesFirstAndOneTaskDoesAll() {
    digest.execute(() -> done.add("other"));
    var step = digest.update(text("abc"), 1, 2).thenRun(() -> done.add("step"));

    assertThat(pool).hasSize(1);
    pool.remove().run();

    assertThat(step).isCompleted();
    assertThat(done).containsExactly("step", "other");
    assertThat(pool).isEmpty();
    assertThat(digest.finish()).isEqualTo(Sha256.of(Sha256.begin().digest(text("bc"))));
  }

  private static byte[] text(String text) {
    return text.getBytes(StandardCharsets.US_ASCII);
  }
}
