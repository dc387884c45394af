package dev.ashlar.hub.lfs;

import dev.ashlar.core.hash.Sha256;
import dev.ashlar.core.problem.Problem.Invalid;
import dev.ashlar.core.problem.ProblemException;
import java.time.Instant;
import java.util.regex.Pattern;

/**
 * An LFS object of a repository.
 *
 * @param filename one of the paths that it had
 * @param ref the ref in whose history it was found first
 * @param pushedAt the time of the first commit that has it
 */
record LfsFile(Sha256 oid, long bytes, String filename, String ref, Instant pushedAt) {

  /** Where a page of a list ends. */
  record Place(Instant pushedAt, Sha256 oid) {
    private static final Pattern FORM = Pattern.compile("([0-9]{1,12})-([0-9a-f]{64})");

    /** Before everything: later than any commit can be. */
    static final Place START =
        new Place(Instant.parse("9999-01-01T00:00:00Z"), Sha256.parse("f".repeat(64)));

    static Place parse(String cursor) {
      if (cursor.isEmpty()) {
        return START;
      }
      var parts = FORM.matcher(cursor);
      if (!parts.matches()) {
        throw new ProblemException(new Invalid("cursor", "it is not one of this list"));
      }
      return new Place(
          Instant.ofEpochSecond(Long.parseLong(parts.group(1))), Sha256.parse(parts.group(2)));
    }

    String text() {
      return pushedAt.getEpochSecond() + "-" + oid;
    }
  }

  Place place() {
    return new Place(pushedAt, oid);
  }
}
