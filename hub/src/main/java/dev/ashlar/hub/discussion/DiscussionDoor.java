package dev.ashlar.hub.discussion;

import dev.ashlar.core.problem.Kind;
import dev.ashlar.core.problem.Problem.Missing;
import dev.ashlar.core.problem.ProblemException;
import dev.ashlar.hub.access.Action;
import dev.ashlar.hub.repo.RepoDoor;
import dev.ashlar.hub.repo.RepoType;
import dev.ashlar.hub.repo.Visit;
import dev.ashlar.metadata.Database;
import dev.ashlar.web.Exchange;

/** Where requests about one discussion enter. */
final class DiscussionDoor {
  /** A visitor at a discussion. */
  record Call(Visit visit, Discussion discussion) {
    long repoId() {
      return visit.repo().id();
    }

    long userId() {
      return visit.caller().id();
    }
  }

  private final Database database;
  private final RepoDoor door;

  DiscussionDoor(Database database, RepoDoor door) {
    this.database = database;
    this.door = door;
  }

  /** Admits the caller to the repository, for the action, and finds the discussion. */
  Call enter(Exchange exchange, RepoType type, Action action) {
    var visit = door.enter(exchange, type, action);
    int num = num(exchange.param("num"));
    return new Call(
        visit, database.<Discussion>read(db -> DiscussionRows.require(db, visit.repo().id(), num)));
  }

  /** Admits the discussion's author, and those who may write. */
  Call enterToChange(Exchange exchange, RepoType type) {
    var call = enter(exchange, type, Action.DISCUSS);
    requireOwn(call, call.discussion().isBy(call.userId()));
    return call;
  }

  /** Refuses a visitor who neither owns something in the discussion nor may write. */
  void requireOwn(Call call, boolean isOwn) {
    door.requireForDiscussion(call.visit(), Action.DISCUSS, isOwn);
  }

  private static int num(String text) {
    if (!text.matches("[1-9][0-9]{0,8}")) {
      throw new ProblemException(new Missing(Kind.DISCUSSION, text));
    }
    return Integer.parseInt(text);
  }
}
