package dev.ashlar.web;

import java.util.Map;
import java.util.TreeMap;
import java.util.concurrent.ConcurrentHashMap;
import java.util.function.DoubleSupplier;
import java.util.regex.Pattern;

/**
 * Counters, gauges and histograms of one process, printed as Prometheus text. Names are {@code
 * area_thing_unit[_total]}; labels come as name and value in turn and must have few values.
 */
public final class Metrics {
  private static final Pattern NAME = Pattern.compile("[a-z][a-z0-9_]*");
  private static final int SERIES_MAX = 1_000;

  private record Family(String help, String type, Map<String, Series> series) {}

  private final Map<String, Family> families = new ConcurrentHashMap<>();

  /** The counter of these labels, made at first use. */
  public Counter counter(String name, String help, String... labels) {
    return series(name, help, "counter", labels, Counter.class, new Counter());
  }

  /** Shows a value that is asked for at each print. */
  public void gauge(String name, String help, DoubleSupplier value, String... labels) {
    var _ = series(name, help, "gauge", labels, Gauge.class, new Gauge(value));
  }

  /** The histogram of these labels, with these upper bounds in ascending order. */
  public Histogram histogram(String name, String help, double[] bounds, String... labels) {
    return series(name, help, "histogram", labels, Histogram.class, new Histogram(bounds));
  }

  private <S extends Series> S series(
      String name, String help, String type, String[] labels, Class<S> kind, S fresh) {
    var family =
        families.computeIfAbsent(
            checked(name), _ -> new Family(help, type, new ConcurrentHashMap<>()));
    var key = labels(labels);
    if (!family.series.containsKey(key) && family.series.size() >= SERIES_MAX) {
      throw new IllegalStateException(name + " has too many label values");
    }
    return kind.cast(family.series.computeIfAbsent(key, _ -> fresh));
  }

  /** Everything in Prometheus text format, version 0.0.4. */
  public String text() {
    var out = new StringBuilder();
    new TreeMap<>(families)
        .forEach(
            (name, family) -> {
              out.append("# HELP ").append(name).append(' ').append(family.help).append('\n');
              out.append("# TYPE ").append(name).append(' ').append(family.type).append('\n');
              new TreeMap<>(family.series)
                  .forEach((labels, series) -> series.print(name, labels, out));
            });
    return out.toString();
  }

  private static String labels(String[] labels) {
    if (labels.length % 2 != 0) {
      throw new IllegalArgumentException("labels are pairs of name and value");
    }
    var text = new StringBuilder();
    for (int i = 0; i < labels.length; i += 2) {
      text.append(i == 0 ? "" : ",").append(checked(labels[i])).append("=\"");
      text.append(labels[i + 1].replace("\\", "\\\\").replace("\"", "\\\"").replace("\n", "\\n"));
      text.append('"');
    }
    return text.toString();
  }

  private static String checked(String name) {
    if (!NAME.matcher(name).matches()) {
      throw new IllegalArgumentException("not a metric or label name: " + name);
    }
    return name;
  }
}
