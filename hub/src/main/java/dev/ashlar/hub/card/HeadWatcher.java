package dev.ashlar.hub.card;

import dev.ashlar.hub.git.HubRepository;
import dev.ashlar.hub.git.RefWatcher;
import dev.ashlar.hub.repo.Repos;
import dev.ashlar.hub.weights.FileHeads;
import dev.ashlar.metadata.Database;
import io.helidon.dbclient.DbTransaction;
import java.io.IOException;
import java.time.InstantSource;
import java.util.Optional;
import java.util.function.Consumer;
import org.eclipse.jgit.lib.ObjectId;
import org.eclipse.jgit.revwalk.RevWalk;

/**
 * Keeps a repository's row in step with its default branch: the commit, the time, and what the card
 * says, in the very transaction that moves the branch.
 */
public final class HeadWatcher implements RefWatcher {
  private final InstantSource clock;
  private final HeadFacts facts;

  /** Notes the times of this clock, and what the headers of weight files say. */
  public HeadWatcher(InstantSource clock, Database database, FileHeads heads) {
    this.clock = clock;
    this.facts = new HeadFacts(database, heads);
  }

  @Override
  public Optional<Consumer<DbTransaction>> moving(
      HubRepository repository, String ref, ObjectId target) throws IOException {
    if (!ref.equals(repository.getFullBranch())) {
      return Optional.empty();
    }
    try (var reader = repository.newObjectReader();
        var walk = new RevWalk(reader)) {
      var root = Cards.rootFiles(reader, walk.parseCommit(target).getTree());
      long repoId = repository.repoId();
      var now = clock.instant();
      var more = facts.moving(repository, reader, root);
      return Optional.of(
          tx -> {
            Repos.byId(tx, repoId)
                .ifPresent(
                    repo ->
                        Repos.headMoved(
                            tx, repoId, target.name(), Cards.facts(repo.type(), root), now));
            more.ifPresent(work -> work.accept(tx));
          });
    }
  }
}
