package dev.ashlar.hub.tree;

import dev.ashlar.hub.access.Action;
import dev.ashlar.hub.git.GitRepositories;
import dev.ashlar.hub.repo.RepoDoor;
import dev.ashlar.hub.repo.RepoType;
import dev.ashlar.hub.repo.Visit;
import dev.ashlar.web.Exchange;
import org.eclipse.jgit.lib.Repository;

/** The door to the repositories that are stored here. */
public final class StoredDoor implements Door {
  private final RepoDoor door;
  private final GitRepositories repositories;

  /** Admission by {@code door}, objects and refs from {@code repositories}. */
  public StoredDoor(RepoDoor door, GitRepositories repositories) {
    this.door = door;
    this.repositories = repositories;
  }

  @Override
  public Visit enter(Exchange exchange, RepoType type, Action action) {
    return door.enter(exchange, type, action);
  }

  @Override
  public Visit enterToChange(Exchange exchange, RepoType type, String revision) {
    return door.enterToChange(exchange, type, revision);
  }

  @Override
  public Repository open(Visit visit) {
    return repositories.open(visit.repo().id()).movedBy(visit.caller().id());
  }
}
