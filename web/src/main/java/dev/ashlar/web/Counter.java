package dev.ashlar.web;

import java.util.concurrent.atomic.LongAdder;

/** A number that only grows. */
public final class Counter implements Series {
  private final LongAdder value = new LongAdder();

  /** Adds what must not be negative. */
  public void add(long more) {
    if (more < 0) {
      throw new IllegalArgumentException("a counter only grows");
    }
    value.add(more);
  }

  /** The sum so far. */
  public long value() {
    return value.sum();
  }

  @Override
  public void print(String name, String labels, StringBuilder out) {
    Series.line(out, name, labels, (double) value());
  }
}
