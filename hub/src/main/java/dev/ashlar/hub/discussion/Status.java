package dev.ashlar.hub.discussion;

import dev.ashlar.core.problem.Problem.Conflict;
import dev.ashlar.core.problem.Problem.Invalid;
import dev.ashlar.core.problem.ProblemException;
import java.util.Locale;

/** Where a discussion stands. Only pull requests are drafts or merged; merged is final. */
enum Status {
  DRAFT,
  OPEN,
  CLOSED,
  MERGED;

  /** The word for it in tables, requests and answers. */
  String word() {
    return name().toLowerCase(Locale.ROOT);
  }

  static Status of(String word) {
    return valueOf(word.toUpperCase(Locale.ROOT));
  }

  /** The status that somebody asks for by hand. */
  static Status asked(String word) {
    return switch (word) {
      case "open" -> OPEN;
      case "closed" -> CLOSED;
      default -> throw new ProblemException(new Invalid("status", "it must be open or closed"));
    };
  }

  /** Passes a change by hand: open what is not, close what is not, and let merged be. */
  void requireChangeTo(Status next) {
    if (this == MERGED) {
      throw new ProblemException(new Conflict("It is merged: that is final."));
    }
    if (this == next) {
      throw new ProblemException(new Conflict("It is " + word() + " already."));
    }
  }

  /** Passes what is not over yet. */
  void requireOpen() {
    if (this == CLOSED || this == MERGED) {
      throw new ProblemException(new Conflict("The pull request is " + word() + "."));
    }
  }

  /** Passes what may be merged. */
  void requireMergeable() {
    switch (this) {
      case OPEN -> {}
      case DRAFT ->
          throw new ProblemException(
              new Conflict("The pull request is a draft: open it before it is merged."));
      case CLOSED ->
          throw new ProblemException(
              new Conflict("The pull request is closed: open it before it is merged."));
      case MERGED -> throw new ProblemException(new Conflict("It is merged already."));
    }
  }
}
