package dev.ashlar.hub.tree;

import dev.ashlar.core.problem.Problem.Invalid;
import dev.ashlar.core.problem.ProblemException;
import dev.ashlar.web.Exchange;

/** Reads flags and numbers of a query. */
public final class Queries {
  private Queries() {}

  /** Whether a flag is given as true or 1. */
  public static boolean flag(Exchange exchange, String name) {
    return exchange.query(name).map(Queries::isTrue).orElse(false);
  }

  /** Whether a text means yes. */
  static boolean isTrue(String text) {
    return text.equalsIgnoreCase("true") || text.equals("1");
  }

  /** A number from {@code min} to {@code max}; greater ones are cut to {@code max}. */
  public static int number(Exchange exchange, String name, int min, int max, int otherwise) {
    var text = exchange.query(name).orElse("");
    if (text.isEmpty()) {
      return otherwise;
    }
    if (!text.matches("[0-9]{1,18}") || Long.parseLong(text) < min) {
      throw new ProblemException(new Invalid(name, "a number from " + min + " on is needed"));
    }
    return (int) Math.min(max, Long.parseLong(text));
  }
}
