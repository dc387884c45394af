package dev.ashlar.hub.repo;

import dev.ashlar.core.problem.Problem.Invalid;
import dev.ashlar.core.problem.ProblemException;
import java.util.Locale;
import java.util.regex.Pattern;

/** Which names repositories may have. */
final class RepoName {
  private static final Pattern ALLOWED =
      Pattern.compile("(?=.{1,96}$)(?!.*(\\.\\.|--))[A-Za-z0-9_]([A-Za-z0-9_.-]*[A-Za-z0-9_])?");

  private RepoName() {}

  static String check(String namespace, String name) {
    var lower = name.toLowerCase(Locale.ROOT);
    if (!ALLOWED.matcher(name).matches() || lower.endsWith(".git")) {
      throw new ProblemException(
          new Invalid(
              "name",
              "up to 96 letters, digits, '_', '.' and inner '-' are allowed, without '--', '..' or"
                  + " a last '.git'"));
    }
    if (namespace.equalsIgnoreCase("admin") && lower.equals("api")) {
      throw new ProblemException(new Invalid("name", "admin/api is reserved"));
    }
    return name;
  }
}
