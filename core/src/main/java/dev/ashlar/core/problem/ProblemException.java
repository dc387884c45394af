package dev.ashlar.core.problem;

/** Carries a {@link Problem} from where it is known to where it is answered. */
public final class ProblemException extends RuntimeException {
  private static final long serialVersionUID = 1;

  private final transient Problem problem;

  /** Wraps the problem; its text is the problem's own. */
  public ProblemException(Problem problem) {
    super(problem.toString());
    this.problem = problem;
  }

  /** What went wrong. */
  public Problem problem() {
    return problem;
  }
}
