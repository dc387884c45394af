package dev.ashlar.casserver.intake;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.catchThrowableOfType;

import dev.ashlar.core.problem.Problem.Busy;
import dev.ashlar.core.problem.ProblemException;
import dev.ashlar.web.Problems;
import java.io.Closeable;
import java.util.concurrent.CountDownLatch;
import java.util.concurrent.Semaphore;
import org.assertj.core.api.ThrowableAssert.ThrowingCallable;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.Timeout;

@Timeout(30)
final class CpuPoolTest {
  private static final int THREADS = 2;
  private static final int MORE_THAN_WAIT = 100_000;

  private final CountDownLatch release = new CountDownLatch(1);
  private final Semaphore done = new Semaphore(0);

  @Test
  void givenAFullQueue_whenMoreIsHandedOver_thenItIsRefusedAs503AndTheRestIsStillDone()
      throws Exception {
    try (var pool = new CpuPool(THREADS);
        Closeable _ = release::countDown) {
      int accepted = fill(pool);

      assertBusy(() -> pool.execute(this::work));
      assertBusy(() -> pool.hand(this::work));
      assertBusy(() -> pool.run(() -> "not done"));

      assertThat(done.availablePermits()).isZero();
      release.countDown();
      done.acquire(accepted);
      assertThat(pool.run(() -> "again")).isEqualTo("again");
    }
    assertThat(done.availablePermits()).as("done, and never accepted").isZero();
  }

  /** Hands work over until it is refused, and tells how much was not. */
  private int fill(CpuPool pool) {
    for (int accepted = 0; accepted < MORE_THAN_WAIT; accepted++) {
      try {
        pool.execute(this::work);
      } catch (ProblemException _) {
        assertThat(accepted).isGreaterThan(THREADS);
        return accepted;
      }
    }
    throw new AssertionError("any amount of work may wait");
  }

  private void work() {
    try {
      release.await();
      done.release();
    } catch (InterruptedException e) {
      throw new IllegalStateException(e);
    }
  }

  private static void assertBusy(ThrowingCallable call) {
    var refused = catchThrowableOfType(ProblemException.class, call);

    assertThat(refused).isNotNull();
    assertThat(refused.problem()).isInstanceOf(Busy.class);
    var reply = Problems.reply(refused.problem());
    assertThat(reply.status()).isEqualTo(503);
    assertThat(reply.headers()).containsEntry("Retry-After", "5");
  }
}
