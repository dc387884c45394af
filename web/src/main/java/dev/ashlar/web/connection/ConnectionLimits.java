package dev.ashlar.web.connection;

import java.time.Duration;

/**
 * How long a connection may keep the server waiting.
 *
 * @param silence a request body that brings nothing, or a reply that nobody takes, for so long is
 *     cut off
 * @param bodyRate bytes a second that a request body must bring on average, counting only the time
 *     that the server waits for it; looked at when it has waited for as long as a silence may last
 * @param head the time from a request's first byte to the end of its headers
 * @param idle how long a connection is kept between requests; longer than clients keep theirs, so
 *     that it is they who close
 */
public record ConnectionLimits(Duration silence, long bodyRate, Duration head, Duration idle) {
  /** What a server uses unless told otherwise. */
  public static final ConnectionLimits DEFAULT =
      new ConnectionLimits(
          Duration.ofSeconds(60), 1024, Duration.ofSeconds(30), Duration.ofMinutes(2));

  public ConnectionLimits {
    for (var limit : new Duration[] {silence, head, idle}) {
      if (limit.toMillis() < 1 || limit.compareTo(Duration.ofDays(1)) > 0) {
        throw new IllegalArgumentException("a limit lies between 1 ms and a day: " + limit);
      }
    }
    if (bodyRate < 0) {
      throw new IllegalArgumentException("a rate is not negative: " + bodyRate);
    }
  }

  /** The same with another silence and rate; 0 is no rate. */
  public ConnectionLimits with(Duration otherSilence, long otherRate) {
    return new ConnectionLimits(otherSilence, otherRate, head, idle);
  }
}
