package dev.ashlar.hub.discussion;

import dev.ashlar.hub.repo.Visit;
import java.io.IOException;
import org.eclipse.jgit.lib.ObjectId;
import org.eclipse.jgit.lib.Repository;

/** Opens pull requests. */
public interface Proposals {
  /**
   * What a pull request is to be.
   *
   * @param base the full name of the branch that it is for
   * @param from where its ref begins: the branch, or a new commit on top of it
   * @param isDraft whether it is opened later by hand
   */
  record Proposal(String title, String description, String base, ObjectId from, boolean isDraft) {
    /** What comes with a commit: its message may be anything, and people look at it at once. */
    public static Proposal ofCommit(
        String summary, String description, String base, ObjectId commit) {
      return new Proposal(Texts.line(summary), Texts.cut(description), base, commit, false);
    }
  }

  /**
   * Opens a pull request in the name of the visitor and returns its number. All that was written
   * into the repository object is published with it.
   */
  int open(Repository repo, Visit visit, Proposal proposal) throws IOException;
}
