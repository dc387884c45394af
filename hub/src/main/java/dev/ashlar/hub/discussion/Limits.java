package dev.ashlar.hub.discussion;

import dev.ashlar.core.problem.Problem.Forbidden;
import dev.ashlar.core.problem.Problem.OverLimit;
import dev.ashlar.core.problem.ProblemException;
import java.time.Duration;

/**
 * What one discussion can grow to: its details are one answer. Beyond what strangers can fill there
 * is room left, so that it can still be closed and merged.
 */
final class Limits {
  static final int TITLE_CHARS_MIN = 3;
  static final int TITLE_CHARS_MAX = 200;
  static final int COMMENT_BYTES_MAX = 64 << 10;
  static final int BODY_BYTES_MAX = 512 << 10;
  static final int TEXT_BYTES_MAX = 4 << 20;
  static final int EVENTS_MAX = 2_000;

  /** Comments, edits and new titles end here. */
  static final int TALK_EVENTS_MAX = 1_000;

  /** Different reactions to one comment, and named users of each. */
  static final int REACTIONS_MAX = 20;

  static final int REACTION_USERS_SHOWN = 50;

  /** What one user opens in one repository. */
  static final int OPEN_MAX = 100;

  static final int OPENINGS_MAX = 60;
  static final Duration OPENING_WINDOW = Duration.ofHours(1);

  private Limits() {}

  /** Passes a discussion that takes one more comment, edit or title. */
  static void requireTalk(Size size, long bytes) {
    if (size.events() >= TALK_EVENTS_MAX) {
      throw new ProblemException(
          new OverLimit("the number of events of a discussion", TALK_EVENTS_MAX));
    }
    if (size.textBytes() + bytes > TEXT_BYTES_MAX) {
      throw new ProblemException(
          new OverLimit("the bytes of all texts of a discussion", TEXT_BYTES_MAX));
    }
  }

  /** Passes a discussion that takes one more change of its status. */
  static void requireEvent(Size size) {
    if (size.events() >= EVENTS_MAX) {
      throw new ProblemException(new OverLimit("the number of events of a discussion", EVENTS_MAX));
    }
  }

  /** What a user has open in a repository, and has opened there lately. */
  record Opened(long open, long lately) {
    /** Passes a user who may have one more open. */
    void requireOpen() {
      if (open >= OPEN_MAX) {
        throw new ProblemException(
            new Forbidden(
                "You have %d open discussions and pull requests in this repository: that is the most."
                    .formatted(OPEN_MAX)));
      }
    }

    /** Passes a user who may open one more. */
    void requireRoom() {
      requireOpen();
      if (lately >= OPENINGS_MAX) {
        throw new ProblemException(
            new Forbidden(
                "At most %d discussions and pull requests an hour may be opened in a repository."
                    .formatted(OPENINGS_MAX)));
      }
    }
  }

  /** How large a discussion is. */
  record Size(int events, long textBytes) {}
}
