package dev.ashlar.bench;

import com.sun.management.ThreadMXBean;
import java.lang.management.ManagementFactory;
import java.util.Arrays;
import java.util.Locale;
import java.util.function.LongSupplier;

/** The lines of {@code bench/yardstick}: a figure each, with its target and verdict. */
final class Figures {
  private static final double ALLOCATED_KIB_MAX = 1;
  private static final int CALLS_MIN = 3;
  private static final int MEBIBYTES_MIN = 100;

  private static final String ALLOCATED = "KiB allocated per MiB, ";
  private static final ThreadMXBean THREADS = (ThreadMXBean) ManagementFactory.getThreadMXBean();

  private final Pairing pairing;
  private final String only;

  /** Those whose names contain {@code only}. */
  Figures(Pairing pairing, String only) {
    this.pairing = pairing;
    this.only = only;
  }

  static void same(String title, byte[] ours, byte[] theirs) {
    if (!Arrays.equals(ours, theirs)) {
      throw new IllegalStateException(title + ": the results differ");
    }
  }

  /** Times a figure's yardstick beside itself: unless that is steady, it is not conclusive. */
  private boolean isSteady(String name, Runnable yardstick) {
    var ratio = pairing.ratio(yardstick, yardstick);
    int slash = name.lastIndexOf(" / ");
    var title = "a/a, %s (%s)".formatted(name.substring(slash + 3), name.substring(0, slash));
    line(title, ratio, "", ratio.isSteady() ? "steady" : "inconclusive");
    return ratio.isSteady();
  }

  boolean isWanted(String name) {
    return name.contains(only);
  }

  /** The same of what {@link #allocated(String, int, Runnable)} prints. */
  boolean isAllocationWanted(String what) {
    return isWanted(ALLOCATED + what);
  }

  /** The ratio of speeds of two things that do the same work at each call. */
  void compare(String name, double target, Runnable candidate, Runnable yardstick) {
    if (isWanted(name)) {
      boolean isConclusive = isSteady(name, yardstick);
      var ratio = pairing.ratio(candidate, yardstick);
      line(name, ratio, number(target), ratio.verdict(target, isConclusive));
    }
  }

  /** What a warm call allocates on this thread, for each MiB that it works on. */
  void allocated(String what, int mebibytes, Runnable work) {
    var name = ALLOCATED + what;
    if (isWanted(name)) {
      double kib = allocated(THREADS::getCurrentThreadAllocatedBytes, mebibytes, work);
      var verdict = kib <= ALLOCATED_KIB_MAX ? "met" : "missed";
      line(name, number(kib), "", "", number(ALLOCATED_KIB_MAX), verdict);
    }
  }

  /** The same for all threads together, without a target. */
  void allocatedByAll(String what, int mebibytes, Runnable work) {
    var name = ALLOCATED + what;
    if (isWanted(name)) {
      double kib = allocated(THREADS::getTotalThreadAllocatedBytes, mebibytes, work);
      line(name, number(kib), "", "", "", "");
    }
  }

  private static double allocated(LongSupplier sum, int mebibytes, Runnable work) {
    int calls = Math.max(CALLS_MIN, MEBIBYTES_MIN / mebibytes);
    Pairing.warm(work);
    long before = sum.getAsLong();
    for (int i = 0; i < calls; i++) {
      work.run();
    }
    return (sum.getAsLong() - before) / 1024.0 / calls / mebibytes;
  }

  void skipped(String name, double target, String why) {
    if (isWanted(name)) {
      line(name, "", "", "", number(target), "skipped: " + why);
    }
  }

  private static void line(String name, Pairing.Ratio ratio, String target, String verdict) {
    line(name, number(ratio.median()), number(ratio.low()), number(ratio.high()), target, verdict);
  }

  private static void line(String... fields) {
    System.out.println(String.join("\t", fields));
  }

  private static String number(double value) {
    return String.format(Locale.ROOT, "%.2f", value);
  }
}
