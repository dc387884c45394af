package dev.ashlar.core.xorb;

import dev.ashlar.core.problem.Problem.Malformed;
import dev.ashlar.core.problem.ProblemException;
import java.util.Optional;

/** Runs what may be refused. Any other failure passes through and fails the test. */
final class Malformeds {
  private Malformeds() {}

  interface Work {
    void run() throws Exception;
  }

  /** The problem, or nothing when the work ended well. */
  static Optional<Malformed> of(Work work) throws Exception {
    try {
      work.run();
      return Optional.empty();
    } catch (ProblemException e) {
      if (e.problem() instanceof Malformed malformed) {
        return Optional.of(malformed);
      }
      throw e;
    }
  }
}
