package dev.ashlar.hub.git;

import io.helidon.dbclient.DbTransaction;
import java.io.IOException;
import java.util.ArrayList;
import java.util.Optional;
import java.util.function.Consumer;
import org.eclipse.jgit.lib.ObjectId;

/** Wants to know of every ref that is moved, whichever way the update came. */
@FunctionalInterface
public interface RefWatcher {
  /** Watches nothing. */
  RefWatcher NONE = (_, _, _) -> Optional.empty();

  /**
   * Called before an update, outside of its transaction; the repository's readers see the new
   * objects already. What it answers runs inside the transaction, after the hooks of {@link
   * HubRepository#whenPublished}, if this ref was indeed moved.
   */
  Optional<Consumer<DbTransaction>> moving(HubRepository repository, String ref, ObjectId target)
      throws IOException;

  /** A watcher that stands for several, in this order. */
  static RefWatcher all(RefWatcher... watchers) {
    return (repository, ref, target) -> {
      var work = new ArrayList<Consumer<DbTransaction>>();
      for (var watcher : watchers) {
        watcher.moving(repository, ref, target).ifPresent(work::add);
      }
      return work.isEmpty()
          ? Optional.empty()
          : Optional.of(tx -> work.forEach(part -> part.accept(tx)));
    };
  }
}
