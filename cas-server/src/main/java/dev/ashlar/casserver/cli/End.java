package dev.ashlar.casserver.cli;

import dev.ashlar.core.problem.Problem.Invalid;
import dev.ashlar.core.problem.ProblemException;
import java.time.DateTimeException;
import java.time.Duration;
import java.time.Instant;
import java.time.LocalDate;
import java.time.ZoneOffset;
import java.util.Locale;

/** Reads the moment at which something ends, as people type it. */
final class End {
  private End() {}

  static Instant of(String text) {
    var now = Instant.now();
    Instant end;
    try {
      end = parse(text.strip().toUpperCase(Locale.ROOT), now);
    } catch (DateTimeException | ArithmeticException _) {
      throw new ProblemException(
          new Invalid("--expires", text + " is none of P30D, PT12H, 2027-01-31 and the like"));
    }
    if (!end.isAfter(now) || end.isAfter(Instant.parse("9999-01-01T00:00:00Z"))) {
      throw new ProblemException(new Invalid("--expires", text + " is not in the years to come"));
    }
    return end;
  }

  private static Instant parse(String text, Instant now) {
    if (text.startsWith("P")) {
      return now.plus(Duration.parse(text));
    }
    return text.contains("T")
        ? Instant.parse(text)
        : LocalDate.parse(text).atStartOfDay(ZoneOffset.UTC).toInstant();
  }
}
