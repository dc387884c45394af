package dev.ashlar.chunker;

import static org.assertj.core.api.Assertions.assertThat;

import dev.ashlar.core.hash.Sha256;
import java.nio.charset.StandardCharsets;
import java.util.ArrayDeque;
import java.util.ArrayList;
import org.junit.jupiter.api.Test;

final class FileDigestTest {
  private final ArrayDeque<Runnable> pool = new ArrayDeque<>();
  private final FileDigest digest = new FileDigest(pool::add);
  private final ArrayList<String> done = new ArrayList<>();

  @Test
  void givenABusyPool_whenSomebodyHelps_thenOtherWorkIsDoneByThemAndTheDigestWaits() {
    var step = digest.update(text("a"), 0, 1);
    digest.execute(() -> done.add("first"));
    digest.execute(() -> done.add("second"));

    assertThat(digest.help()).isTrue();
    assertThat(digest.help()).isTrue();
    assertThat(digest.help()).isFalse();

    assertThat(done).containsExactly("first", "second");
    assertThat(step).isNotDone();
    assertThat(pool).hasSize(1);
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
