package dev.ashlar.web;

import java.util.function.DoubleSupplier;

/** A number asked for at each print. */
record Gauge(DoubleSupplier value) implements Series {
  @Override
  public void print(String name, String labels, StringBuilder out) {
    Series.line(out, name, labels, value.getAsDouble());
  }
}
