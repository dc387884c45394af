package dev.ashlar.web;

import java.math.BigDecimal;

/** One line, or one group of lines, of printed metrics. */
sealed interface Series permits Counter, Gauge, Histogram {
  void print(String name, String labels, StringBuilder out);

  static void line(StringBuilder out, String name, String labels, double value) {
    out.append(name);
    if (!labels.isEmpty()) {
      out.append('{').append(labels).append('}');
    }
    out.append(' ').append(number(value)).append('\n');
  }

  static String number(double value) {
    if (Double.isInfinite(value)) {
      return value > 0 ? "+Inf" : "-Inf";
    }
    return Double.isNaN(value)
        ? "NaN"
        : new BigDecimal(Double.toString(value)).stripTrailingZeros().toPlainString();
  }
}
