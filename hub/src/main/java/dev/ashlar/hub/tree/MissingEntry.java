package dev.ashlar.hub.tree;

import dev.ashlar.core.problem.Kind;
import dev.ashlar.core.problem.Problem.Missing;
import dev.ashlar.web.Problems;
import dev.ashlar.web.Reply;

/** The answer for a path that a revision does not have. */
public final class MissingEntry {
  private MissingEntry() {}

  /** EntryNotFound, with the commit: clients remember that this commit lacks the path. */
  public static Reply reply(Revision revision, String path) {
    return Problems.reply(new Missing(Kind.ENTRY, path)).with("X-Repo-Commit", revision.commitId());
  }

  /**
   * A path whose LFS object was removed, or never came. No commit is named: clients would remember
   * for good that it lacks the path, though the object may come again.
   */
  public static Reply lost(String path, String oid) {
    return Problems.reply(
        new Missing(Kind.ENTRY, path + ", its object sha256:" + oid + " is not stored here"));
  }
}
