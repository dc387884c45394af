package dev.ashlar.hub.commit;

/**
 * The first line of a commit request.
 *
 * @param parentCommit the beginning of the id that the branch must have; empty for any
 */
public record CommitHeader(String summary, String description, String parentCommit) {
  /** The message of the commit. */
  public String message() {
    return description.isBlank() ? summary : summary + "\n\n" + description;
  }
}
