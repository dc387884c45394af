package dev.ashlar.hub.discussion;

import java.time.Instant;
import java.util.Optional;
import org.eclipse.jgit.lib.ObjectId;

/**
 * A discussion as it is stored; a pull request has a {@link Pull} besides.
 *
 * @param author empty when the account is gone
 */
record Discussion(
    long id,
    int num,
    String title,
    Status status,
    Optional<Author> author,
    Instant createdAt,
    boolean isPinned,
    Optional<Pull> pull) {
  /** Who wrote something. */
  record Author(long id, String name) {}

  /**
   * The change that a pull request is about.
   *
   * @param base the full name of the branch it is for, which may be gone
   * @param head where refs/pr/N points
   */
  record Pull(String base, ObjectId head, Optional<Merged> merged) {}

  /** Where the branch pointed before a merge, and after. */
  record Merged(ObjectId onto, ObjectId commit) {}

  /** Whether a user wrote it. */
  boolean isBy(long userId) {
    return userId != 0 && author.map(who -> who.id() == userId).orElse(false);
  }
}
