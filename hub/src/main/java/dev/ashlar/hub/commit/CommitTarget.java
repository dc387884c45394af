package dev.ashlar.hub.commit;

import java.io.IOException;
import org.eclipse.jgit.lib.ObjectId;

/** Where a new commit goes. */
interface CommitTarget {
  /** The commit to build on, the zero id before the first; asked again after a lost race. */
  ObjectId head(CommitHeader header) throws IOException;

  /** Publishes a commit that was built on that head; false when another one came first. */
  boolean publish(CommitHeader header, ObjectId head, ObjectId commit) throws IOException;

  /** The problem when others always come first. */
  RuntimeException lostRace();
}
