package dev.ashlar.hub.repo;

import dev.ashlar.core.problem.Problem.Invalid;
import dev.ashlar.core.problem.ProblemException;
import java.math.BigDecimal;
import java.math.RoundingMode;
import java.util.List;
import java.util.Locale;
import java.util.regex.Matcher;
import java.util.regex.Pattern;

/**
 * How many parameters a model may have, both bounds included. What is asked for by a range has a
 * number that is known; {@link #ANY} takes the others too.
 */
public record ParameterRange(long min, long max) {
  /** Every model, also those whose number is not known: 0 stands for that. */
  public static final ParameterRange ANY = new ParameterRange(0, Long.MAX_VALUE);

  private static final String NAME = "num_parameters";
  private static final int SHOWN_MAX = 100;
  private static final String NUMBER = "([0-9]{1,15}(?:\\.[0-9]{1,9})?)([kKmMbBtT]?)";
  private static final Pattern MIN = Pattern.compile("min:" + NUMBER);
  private static final Pattern MAX = Pattern.compile("max:" + NUMBER);

  public ParameterRange {
    if (min < 0 || max < min) {
      throw new IllegalArgumentException(min + ".." + max);
    }
  }

  /** Reads {@code min:6B,max:128B}, either part alone, or nothing. */
  public static ParameterRange of(String text) {
    if (text.isEmpty()) {
      return ANY;
    }
    var parts = List.of(text.split(",", -1));
    var mins = bounds(parts, MIN, RoundingMode.CEILING);
    var maxs = bounds(parts, MAX, RoundingMode.FLOOR);
    if (mins.size() > 1 || maxs.size() > 1 || mins.size() + maxs.size() != parts.size()) {
      throw refused(text);
    }
    long from = mins.isEmpty() ? 1 : Math.max(1, mins.getFirst());
    long to = maxs.isEmpty() ? Long.MAX_VALUE : maxs.getFirst();
    if (from > to) {
      throw refused(text);
    }
    return new ParameterRange(from, to);
  }

  private static List<Long> bounds(List<String> parts, Pattern form, RoundingMode rounding) {
    return parts.stream()
        .map(form::matcher)
        .filter(Matcher::matches)
        .map(match -> number(match, rounding))
        .toList();
  }

  private static long number(Matcher match, RoundingMode rounding) {
    int zeros =
        switch (match.group(2).toUpperCase(Locale.ROOT)) {
          case "K" -> 3;
          case "M" -> 6;
          case "B" -> 9;
          case "T" -> 12;
          default -> 0;
        };
    return new BigDecimal(match.group(1))
        .scaleByPowerOfTen(zeros)
        .setScale(0, rounding)
        .min(BigDecimal.valueOf(Long.MAX_VALUE))
        .longValueExact();
  }

  private static ProblemException refused(String text) {
    var shown = text.length() > SHOWN_MAX ? text.substring(0, SHOWN_MAX) + "…" : text;
    return new ProblemException(
        new Invalid(NAME, "\"" + shown + "\" is not a range such as min:6B,max:128B"));
  }
}
