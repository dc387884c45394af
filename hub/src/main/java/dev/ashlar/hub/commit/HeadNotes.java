package dev.ashlar.hub.commit;

import dev.ashlar.hub.repo.Visit;
import java.io.IOException;
import org.eclipse.jgit.lib.ObjectId;
import org.eclipse.jgit.lib.ObjectReader;
import org.eclipse.jgit.lib.Repository;

/** What is noted about a repository, in the same transaction, when its default branch moves. */
@FunctionalInterface
public interface HeadNotes {
  /** Notes nothing. */
  HeadNotes NONE = (_, _, _, _, _) -> {};

  /** Prepares the note for the commit and its tree, which {@code reader} can read already. */
  void take(Repository repo, Visit visit, ObjectReader reader, ObjectId commit, ObjectId tree)
      throws IOException;
}
