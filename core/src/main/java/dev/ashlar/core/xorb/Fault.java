package dev.ashlar.core.xorb;

import dev.ashlar.core.problem.Problem.Malformed;
import dev.ashlar.core.problem.ProblemException;

/** Makes the one problem of this package. */
final class Fault {
  private Fault() {}

  /** A xorb whose first wrong byte is the one at {@code offset}. */
  static ProblemException at(long offset, String reason) {
    return new ProblemException(new Malformed("xorb", offset, reason));
  }
}
