package dev.ashlar.hub.repo;

import dev.ashlar.core.problem.Problem.Invalid;
import dev.ashlar.core.problem.ProblemException;
import dev.ashlar.hub.access.Visibility;
import java.util.Locale;

/** The kinds of repositories. */
public enum RepoType {
  MODEL("models", ""),
  DATASET("datasets", "datasets/"),
  SPACE("spaces", "spaces/"),
  KERNEL("kernels", "kernels/");

  private final String plural;
  private final String webPrefix;

  RepoType(String plural, String webPrefix) {
    this.plural = plural;
    this.webPrefix = webPrefix;
  }

  /** The word in requests, answers and tables: {@code model}, {@code dataset} and so on. */
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

  /** Passes a visibility that repositories of this type can have. */
  Visibility check(Visibility visibility) {
    if (visibility == Visibility.PROTECTED && this != SPACE) {
      throw new ProblemException(new Invalid("visibility", "only spaces can be protected"));
    }
    return visibility;
  }

  /** Parses {@link #word}. */
  public static RepoType of(String word) {
    for (var type : values()) {
      if (type.word().equals(word)) {
        return type;
      }
    }
    throw new ProblemException(new Invalid("type", "it must be model, dataset, space or kernel"));
  }
}
