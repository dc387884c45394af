package dev.ashlar.hub.tree;

import dev.ashlar.hub.access.Action;
import dev.ashlar.hub.repo.RepoType;
import dev.ashlar.hub.repo.Visit;
import dev.ashlar.web.Exchange;
import java.io.IOException;
import org.eclipse.jgit.lib.Repository;

/** Where requests enter a repository: who may not is refused here, before anything is read. */
public interface Door {
  /** Admits the caller to the repository of the path parameters {@code ns} and {@code name}. */
  Visit enter(Exchange exchange, RepoType type, Action action);

  /**
   * Admits the caller to change a revision: whoever may write, and the author of a pull request for
   * its own ref {@code refs/pr/N}.
   */
  Visit enterToChange(Exchange exchange, RepoType type, String revision);

  /** Opens the repository's objects and refs for one request; the caller closes it. */
  Repository open(Visit visit) throws IOException;
}
