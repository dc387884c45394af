package dev.ashlar.casserver.intake;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import java.io.IOException;
import java.util.ArrayList;
import java.util.Collections;
import java.util.List;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.Timeout;

@Timeout(30)
final class FairBudgetTest {
  private final List<String> served = Collections.synchronizedList(new ArrayList<>());

  private Thread waiting(FairBudget budget, long caller, int permits, String name)
      throws InterruptedException {
    var thread =
        Thread.ofVirtual()
            .start(
                () -> {
                  try (var _ = budget.take(caller, permits, Progress.NONE)) {
                    served.add(name);
                  } catch (IOException e) {
                    throw new IllegalStateException(e);
                  }
                });
    while (thread.getState() != Thread.State.TIMED_WAITING) {
      Thread.sleep(1);
    }
    return thread;
  }

  @Test
  void givenManyRequestsOfOneCaller_whenOthersCome_thenTheyAreServedInTurn() throws Exception {
    var budget = new FairBudget(2);
    var held = budget.take(9, 2, Progress.NONE);
    var threads =
        List.of(
            waiting(budget, 1, 2, "1a"),
            waiting(budget, 1, 2, "1b"),
            waiting(budget, 1, 2, "1c"),
            waiting(budget, 2, 2, "2a"),
            waiting(budget, 3, 2, "3a"),
            waiting(budget, 2, 2, "2b"));

    held.close();
    for (var thread : threads) {
      thread.join();
    }

    assertThat(served).containsExactly("1a", "2a", "3a", "1b", "2b", "1c");
  }

  @Test
  void givenOneWhoNeedsAll_whenSmallRequestsGoOnComing_thenTheyDoNotOvertake() throws Exception {
    var budget = new FairBudget(4);
    var held = budget.take(1, 1, Progress.NONE);
    var big = waiting(budget, 2, 4, "big");
    var small = waiting(budget, 3, 1, "small");

    assertThat(served).isEmpty();
    held.close();
    big.join();
    small.join();

    assertThat(served).containsExactly("big", "small");
  }

  @Test
  void givenAWaiterWhoLeaves_whenPermitsComeBack_thenTheNextGetsThem() throws Exception {
    var budget = new FairBudget(1);
    var held = budget.take(1, 1, Progress.NONE);
    var gone =
        new Progress() {
          @Override
          public void requireListener() throws IOException {
            throw new IOException("gone");
          }

          @Override
          public void validating(long verified, long total) {}

          @Override
          public void committing() {}
        };

    assertThatThrownBy(() -> budget.take(1, 1, gone)).hasMessage("gone");
    held.close();

    budget.take(2, 1, Progress.NONE).close();
  }
}
