package dev.ashlar.casserver.cli;

import dev.ashlar.core.problem.Problem.Invalid;
import dev.ashlar.core.problem.ProblemException;
import java.util.Arrays;
import java.util.function.Function;
import java.util.stream.Collectors;

/** Reads closed choices by the words that people type. */
final class Words {
  private Words() {}

  static <T> T choice(String option, String word, T[] choices, Function<T, String> wordOf) {
    for (var choice : choices) {
      if (wordOf.apply(choice).equals(word)) {
        return choice;
      }
    }
    var known = Arrays.stream(choices).map(wordOf).collect(Collectors.joining(", "));
    throw new ProblemException(new Invalid(option, word + " is none of " + known));
  }
}
