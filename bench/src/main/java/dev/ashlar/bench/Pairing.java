package dev.ashlar.bench;

import java.util.Arrays;

/**
 * Times two pieces of work in one process, in rounds of the order A B B A, so that a machine whose
 * speed drifts slows both. The figure is the ratio of their speeds in each round.
 */
final class Pairing {
  private static final long TURN_NANOS = 20_000_000;
  private static final double STEADY = 0.05;
  private static final long WARM_NANOS = 2_000_000_000;

  private final int rounds;

  Pairing(int rounds) {
    this.rounds = rounds;
  }

  /**
   * The ratio of speeds, candidate to yardstick: the median of all rounds, and the band that holds
   * the middle 80 % of them.
   */
  record Ratio(double median, double low, double high) {
    /** Of one ratio a round; there must be one. */
    static Ratio of(double[] perRound) {
      var sorted = perRound.clone();
      Arrays.sort(sorted);
      return new Ratio(at(sorted, 0.5), at(sorted, 0.1), at(sorted, 0.9));
    }

    /** Interpolates between the two values next to the place. */
    private static double at(double[] sorted, double part) {
      double place = part * (sorted.length - 1);
      int below = (int) Math.floor(place);
      int above = Math.min(below + 1, sorted.length - 1);
      return sorted[below] + (place - below) * (sorted[above] - sorted[below]);
    }

    /** Of one thing beside itself: whether what is timed beside it can be believed. */
    boolean isSteady() {
      return Math.abs(median - 1) <= STEADY;
    }

    /** Met when the median reaches the target, missed when most rounds do not come near it. */
    String verdict(double target, boolean steady) {
      if (!steady) {
        return "inconclusive";
      }
      if (median >= target) {
        return "met";
      }
      return high < target ? "missed" : "inconclusive";
    }
  }

  /** Both do the same amount of work at each call. */
  Ratio ratio(Runnable candidate, Runnable yardstick) {
    warm(candidate);
    nanosPerCall(yardstick);
    var perRound = new double[rounds];
    for (int round = 0; round < rounds; round++) {
      double a = nanosPerCall(candidate);
      double b = nanosPerCall(yardstick) + nanosPerCall(yardstick);
      a += nanosPerCall(candidate);
      perRound[round] = b / a;
    }
    return Ratio.of(perRound);
  }

  /** Until the virtual machine has compiled the work. */
  static void warm(Runnable work) {
    long warm = System.nanoTime() + WARM_NANOS;
    while (System.nanoTime() < warm) {
      nanosPerCall(work);
    }
  }

  private static double nanosPerCall(Runnable work) {
    long began = System.nanoTime();
    long calls = 0;
    long took = 0;
    while (took < TURN_NANOS) {
      work.run();
      calls++;
      took = System.nanoTime() - began;
    }
    return (double) took / calls;
  }
}
