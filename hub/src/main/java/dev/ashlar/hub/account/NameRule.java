package dev.ashlar.hub.account;

import dev.ashlar.core.problem.Problem.Invalid;
import dev.ashlar.core.problem.ProblemException;
import java.util.Locale;
import java.util.Set;
import java.util.regex.Pattern;

/** Which names users and organisations may have. */
public final class NameRule {
  private static final Pattern NEW = Pattern.compile("(?=.{2,42}$)[A-Za-z0-9]+(-[A-Za-z0-9]+)*");

  /** What a URL and a client can carry, however odd it looks. */
  private static final Pattern SAFE =
      Pattern.compile("(?=.{1,96}$)(?!.*(\\.\\.|--))[A-Za-z0-9_]([A-Za-z0-9_.-]*[A-Za-z0-9_])?");

  private static final Set<String> RESERVED =
      Set.of(
          "api",
          "cas",
          "datasets",
          "models",
          "spaces",
          "kernels",
          "buckets",
          "org",
          "health",
          "v1",
          "v2",
          "metrics",
          "ready",
          "openapi");

  private NameRule() {}

  /** Passes a name for a new user or organisation. */
  public static String checkNew(String name) {
    if (!NEW.matcher(name).matches()) {
      throw invalid("letters, digits and single inner hyphens are allowed, 2 to 42 of them");
    }
    return unreserved(name);
  }

  /** Passes a name that somebody brings along from another hub. */
  public static String checkImported(String name) {
    if (!SAFE.matcher(name).matches() || name.toLowerCase(Locale.ROOT).endsWith(".git")) {
      throw invalid("up to 96 letters, digits, '_', '.' and inner '-' are allowed");
    }
    return unreserved(name);
  }

  private static String unreserved(String name) {
    if (RESERVED.contains(name.toLowerCase(Locale.ROOT))) {
      throw invalid("it is reserved");
    }
    return name;
  }

  private static ProblemException invalid(String reason) {
    return new ProblemException(new Invalid("name", reason));
  }
}
