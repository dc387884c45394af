package dev.ashlar.hub.discussion;

import dev.ashlar.hub.discussion.Discussion.Author;
import java.time.Instant;
import java.util.List;
import java.util.Optional;

/** Something that happened in a discussion. */
sealed interface Event {
  /** Unique among all repositories. */
  long id();

  /** Who did it; empty when the account is gone. */
  Optional<Author> author();

  Instant at();

  /** What somebody wrote, all versions of it, the latest last; a hidden one has no text left. */
  record Comment(
      long id,
      Optional<Author> author,
      Instant at,
      boolean isHidden,
      List<Version> versions,
      List<Reaction> reactions)
      implements Event {
    public Comment {
      reactions = List.copyOf(reactions);
      versions = List.copyOf(versions);
    }

    Version latest() {
      return versions.getLast();
    }
  }

  /** What a comment said, from that time on. */
  record Version(String raw, Instant at, Optional<Author> author) {}

  /** An emoji that users answered a comment with; the first of them are named. */
  record Reaction(String reaction, List<String> users, long count) {
    public Reaction {
      users = List.copyOf(users);
    }
  }

  /**
   * Everything else.
   *
   * @param kind as clients spell it
   * @param json what clients read of it
   */
  record Note(long id, Optional<Author> author, Instant at, String kind, String json)
      implements Event {}

  /** The 24 hex digits that clients know an event by. */
  static String hexId(long id) {
    return "%024x".formatted(id);
  }

  /** The id behind such digits; empty when they can be none of ours. */
  static Optional<Long> id(String hex) {
    return hex.matches("0{9}[0-9a-f]{15}")
        ? Optional.of(Long.parseLong(hex, 16)).filter(id -> id > 0)
        : Optional.empty();
  }
}
