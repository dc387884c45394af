package dev.ashlar.hub.repo;

import java.util.Optional;
import java.util.regex.Pattern;

/** The ref of a pull request's commits: {@code refs/pr/7}. */
public record PullRef(int number) {
  /** What the names of all of them begin with. */
  public static final String PREFIX = "refs/pr/";

  private static final Pattern NAME = Pattern.compile("refs/pr/([1-9][0-9]{0,8})");

  public PullRef {
    if (number < 1) {
      throw new IllegalArgumentException("pull request " + number);
    }
  }

  /** The pull request whose ref has this full name. */
  public static Optional<PullRef> of(String ref) {
    var found = NAME.matcher(ref);
    return found.matches()
        ? Optional.of(new PullRef(Integer.parseInt(found.group(1))))
        : Optional.empty();
  }

  /** The full name of the ref. */
  public String name() {
    return PREFIX + number;
  }
}
