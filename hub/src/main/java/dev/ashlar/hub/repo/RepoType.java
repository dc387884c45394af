package dev.ashlar.hub.repo;

import dev.ashlar.core.problem.Problem.Invalid;
import dev.ashlar.core.problem.ProblemException;
import java.util.Locale;

/** The kinds of repositories. */
public enum RepoType {
  MODEL("models", ""),
  DATASET("datasets", "datasets/"),
  SPACE("spaces", "spaces/");

  private final String plural;
  private final String webPrefix;

  RepoType(String plural, String webPrefix) {
    this.plural = plural;
    this.webPrefix = webPrefix;
  }

  /** The word in requests, answers and tables: {@code model}, {@code dataset}, {@code space}. */
  public String word() {
    return name().toLowerCase(Locale.ROOT);
  }

  /** The word in paths below {@code /api/}. */
  public String plural() {
    return plural;
  }

  /** What stands before namespace and name in other paths; empty for models. */
  public String webPrefix() {
    return webPrefix;
  }

  /** Parses {@link #word}. */
  public static RepoType of(String word) {
    for (var type : values()) {
      if (type.word().equals(word)) {
        return type;
      }
    }
    throw new ProblemException(new Invalid("type", "it must be model, dataset or space"));
  }
}
