package dev.ashlar.casserver.xet;

import dev.ashlar.casserver.intake.Progress;
import dev.ashlar.web.Exchange;
import java.io.IOException;
import java.time.Duration;

/**
 * A client that waits for one answer at the end: all that can be seen of it is that it is there.
 */
final class AwaitedAnswer implements Progress {
  private static final long PAUSE_NANOS = Duration.ofSeconds(1).toNanos();

  private final Exchange exchange;
  private long lastNanos = System.nanoTime();

  AwaitedAnswer(Exchange exchange) {
    this.exchange = exchange;
  }

  @Override
  public void requireListener() throws IOException {
    if (System.nanoTime() - lastNanos >= PAUSE_NANOS) {
      exchange.requireClient();
      lastNanos = System.nanoTime();
    }
  }

  @Override
  public void validating(long verified, long total) {}

  @Override
  public void committing() {}
}
