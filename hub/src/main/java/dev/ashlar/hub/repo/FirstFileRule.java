package dev.ashlar.hub.repo;

import java.util.Map;

/**
 * Decides whether a repository may begin with some files; those who commit later know the rules.
 */
@FunctionalInterface
public interface FirstFileRule {
  /**
   * Refuses files, given by their paths, that no commit could bring.
   *
   * @throws dev.ashlar.core.problem.ProblemException if one of them may not be
   */
  void check(Map<String, byte[]> files);
}
