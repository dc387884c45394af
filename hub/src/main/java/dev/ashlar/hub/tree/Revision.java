package dev.ashlar.hub.tree;

import java.util.Optional;
import org.eclipse.jgit.revwalk.RevCommit;

/**
 * A commit found for a name.
 *
 * @param asked the name as it was asked for
 * @param ref the full name of the ref, unless a commit id was asked for
 */
public record Revision(String asked, RevCommit commit, Optional<String> ref) {
  /** The commit's 40 hex digits. */
  public String commitId() {
    return commit.name();
  }
}
