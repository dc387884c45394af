package dev.ashlar.web;

import java.util.concurrent.atomic.DoubleAdder;
import java.util.concurrent.atomic.LongAdder;
import java.util.stream.Stream;

/** How often a value fell below each of some bounds. */
public final class Histogram implements Series {
  private final double[] bounds;
  private final LongAdder[] counts;
  private final DoubleAdder sum = new DoubleAdder();

  Histogram(double[] bounds) {
    this.bounds = bounds.clone();
    this.counts =
        Stream.generate(LongAdder::new).limit(bounds.length + 1L).toArray(LongAdder[]::new);
  }

  /** Counts one value. */
  public void observe(double value) {
    int i = 0;
    while (i < bounds.length && value > bounds[i]) {
      i++;
    }
    counts[i].add(1);
    sum.add(value);
  }

  @Override
  public void print(String name, String labels, StringBuilder out) {
    var before = labels.isEmpty() ? "" : labels + ",";
    long below = 0;
    for (int i = 0; i < counts.length; i++) {
      below += counts[i].sum();
      double bound = i < bounds.length ? bounds[i] : Double.POSITIVE_INFINITY;
      var le = before + "le=\"" + Series.number(bound) + "\"";
      Series.line(out, name + "_bucket", le, (double) below);
    }
    Series.line(out, name + "_sum", labels, sum.sum());
    Series.line(out, name + "_count", labels, (double) below);
  }
}
